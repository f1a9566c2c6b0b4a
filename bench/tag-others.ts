// Other ways to look for a list of terms, as one would write them by hand: what tagging is compared with.
import Database from 'better-sqlite3'
import type { Taggable } from '../src/model/topic.ts'
import { foldText } from '../src/text/fold.ts'

/** How many hits a way finds in one article. */
export type Way = (article: Taggable) => number

const textOf = ({ title = '', body = '' }: Taggable): string => `${title}\n${body}`
const escaped = (term: string): string => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A word boundary that knows all scripts, which `\b` does not. */
function bounded(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${pattern}(?![\\p{L}\\p{M}\\p{N}])`, 'giu')
}

const byExpression = (expression: RegExp): Way => {
  return (article) => textOf(article).match(expression)?.length ?? 0
}

/** The words alone, without looking for anything. */
export const cutWords: Way = byExpression(/[\p{L}\p{M}\p{N}]+/gu)

/** One alternation of the terms as they are written. */
export const alternation = (terms: readonly string[]): Way =>
  byExpression(bounded(`(?:${terms.map(escaped).join('|')})`))

/** The same with a group for each term, so that a match says which term it is. */
export function grouped(terms: readonly string[]): Way {
  const expression = bounded(`(?:${terms.map((term) => `(${escaped(term)})`).join('|')})`)
  return (article) => [...textOf(article).matchAll(expression)].length
}

const PREFIXES = '(?:و|ف|ب|ل|ك|ال|وال|فال|بال|كال|لل|ولل|فلل|وب|ول|وك|فب|فل)?'
const FORMS = [
  'اأإآٱ',
  'يىیئ',
  'كک',
  'هةۀہ',
  'وؤ',
  'aàáâãäåā',
  'eèéêëē',
  'iìíîïīı',
  'oòóôõöøō',
  'uùúûüū',
  'sş',
  'cç',
  'gğ',
]
const CLASSES = new Map(FORMS.flatMap((group) => Array.from(group, (letter) => [letter, `[${group}]`])))
const MARKS = '[\\u064b-\\u065f\\u0670\\u0640\\u0300-\\u036f]*'

function anySpelling(word: string): string {
  const letters = Array.from(word.toLowerCase(), (letter) => (CLASSES.get(letter) ?? escaped(letter)) + MARKS)
  return (/^[\u0600-\u06ff]{3,}$/.test(word) ? PREFIXES : '') + letters.join('')
}

/** One alternation that finds what tagging finds: letter forms, vowel signs, attached prefixes, any gap between words. */
export function anySpellings(terms: readonly string[]): Way {
  const patterns = terms.map((term) =>
    term
      .split(/[ \u200c-]/)
      .map(anySpelling)
      .join('[^\\p{L}\\p{M}\\p{N}]+'),
  )
  return byExpression(bounded(`(?:${patterns.join('|')})`))
}

/** Each term in the text put into lower case once. Finds parts of words too. */
export function included(terms: readonly string[]): Way {
  const lower = terms.map((term) => term.toLowerCase())
  return (article) => {
    const text = textOf(article).toLowerCase()
    return lower.filter((term) => text.includes(term)).length
  }
}

/** The same as keyword filters are often written: the text is put into lower case for each term. */
export const includedEach =
  (terms: readonly string[]): Way =>
  (article) => {
    const text = textOf(article)
    return terms.filter((term) => text.toLowerCase().includes(term.toLowerCase())).length
  }

/** A full-text index of a batch of articles in memory, asked for each term; both sides folded by us. Hits in the batch. */
export function indexed(terms: readonly string[]): (batch: readonly Taggable[]) => number {
  const db = new Database(':memory:')
  db.exec("create virtual table words using fts5 (text, content = '', tokenize = 'ascii')")
  const add = db.prepare('insert into words (rowid, text) values (?, ?)')
  const clear = db.prepare("insert into words (words) values ('delete-all')")
  const find = db.prepare('select count(*) from words where words match ?').pluck()
  const phrases = terms.map((term) => `"${foldText(term)}"`)
  const fill = db.transaction((batch: readonly Taggable[]) => {
    clear.run()
    for (const [row, article] of batch.entries()) add.run(row + 1, foldText(textOf(article)))
  })
  return (batch) => {
    fill(batch)
    return phrases.reduce((sum, phrase) => sum + Number(find.get(phrase)), 0)
  }
}
