// Tests of an article's metadata: language, source, country, kind, address, tags.
import type { MetaField, Taggable } from '../model/topic.ts'
import { fitsGlob } from '../text/glob.ts'

/** Whether the metadata has one of the values, compared whole and in lower case; `*` stands for anything. A missing value never matches. */
export function hasMeta(article: Taggable, field: MetaField, values: readonly string[]): boolean {
  return valuesOf(article, field).some((value) => values.some((wanted) => fits(field, wanted, value)))
}

/** Whether the article's language is unknown. */
export function lacksLanguage(article: Taggable): boolean {
  return article.lang === undefined || article.lang === '' || article.lang === 'und'
}

function valuesOf(article: Taggable, field: MetaField): readonly string[] {
  const values = field === 'tag' ? (article.tags ?? []) : [article[field] ?? '']
  return values.filter((value) => value !== '').map((value) => value.toLowerCase())
}

function fits(field: MetaField, wanted: string, value: string): boolean {
  if (field === 'url' && !wanted.includes('*')) return value.includes(wanted)
  if (field === 'lang' && /^[-_]/.test(value.slice(wanted.length)) && value.startsWith(wanted)) return true
  return fitsGlob(wanted, value, '*')
}
