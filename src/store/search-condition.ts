// One condition on the metadata of an article, as SQL with its values apart. `*` stands for anything; nothing else is special.
import type { Db } from './connection.ts'

/** True when the field equals one of `values`; with `not`, when it equals none. A language also covers its regions: en, en-GB. */
export type Condition = {
  readonly field: 'lang' | 'source' | 'country' | 'kind' | 'url' | 'tag'
  readonly values: readonly string[]
  readonly not?: boolean
}

export type SqlPart = { readonly sql: string; readonly values: readonly (string | number)[] }

/** SQLite's lower() knows ASCII only; tags come in any script. */
export function registerSearchFunctions(db: Db): void {
  db.function('lower_any', { deterministic: true, directOnly: true }, (text: unknown) =>
    String(text).toLowerCase(),
  )
}

/** A GLOB pattern in which only `*` is special. */
function globOf(value: string): string {
  return value.toLowerCase().replace(/[[\]?]/g, (char) => `[${char}]`)
}

function compare(column: string, value: string): SqlPart {
  return value.includes('*')
    ? { sql: `${column} glob ?`, values: [globOf(value)] }
    : { sql: `${column} = ?`, values: [value.toLowerCase()] }
}

function compareLanguage(value: string): SqlPart {
  const exact = compare("lower(coalesce(a.language, ''))", value)
  const region = compare("lower(coalesce(a.language, ''))", `${value}-*`)
  return { sql: `${exact.sql} or ${region.sql}`, values: [...exact.values, ...region.values] }
}

function compareTag(value: string): SqlPart {
  const tag = compare('lower_any(tag.value)', value)
  return { sql: `exists (select 1 from json_each(a.categories) tag where ${tag.sql})`, values: tag.values }
}

const comparisons: Readonly<Record<Condition['field'], (value: string) => SqlPart>> = {
  lang: compareLanguage,
  source: (value) => compare('a.source_id', value),
  country: (value) => compare("lower(coalesce(s.country, ''))", value),
  kind: (value) => compare('s.kind', value),
  // An address without a star is looked for anywhere in the URL: url:example.org/sport
  url: (value) => compare("lower(coalesce(a.url, ''))", value.includes('*') ? value : `*${value}*`),
  tag: compareTag,
}

/** The condition over `article a` and `source s`. Without values nothing equals one of them. */
export function conditionSql({ field, values, not }: Condition): SqlPart {
  const parts = values.map(comparisons[field])
  const any = parts.length === 0 ? 'false' : parts.map((part) => part.sql).join(' or ')
  return { sql: `${not ? 'not ' : ''}(${any})`, values: parts.flatMap((part) => part.values) }
}
