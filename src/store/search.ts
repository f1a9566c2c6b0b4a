// Full-text search over the folded shadow columns. Only folded words go in and only folded words are asked for.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** One article's folded text, as src/text/fold.ts writes it. */
export type FoldedText = {
  readonly articleId: number
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly author: string
}

/** Conditions on metadata; every one given must hold. Globs are SQLite GLOB patterns on lower-cased values. */
export type SearchFilter = {
  readonly since?: Instant
  readonly until?: Instant
  readonly where?: readonly {
    readonly field: 'lang' | 'source' | 'country' | 'kind' | 'url' | 'tag'
    readonly values: readonly string[]
    readonly not?: boolean
  }[]
  readonly limit: number
}

export type SearchHit = {
  readonly articleId: number
  readonly title: string
  readonly url?: string
  readonly sourceName: string
  readonly language?: string
  readonly firstSeenAt: Instant
  readonly publishedAt?: Instant
  readonly summary: string
}

export type SearchStore = ReturnType<typeof createSearchStore>

const columnOf = {
  lang: "lower(coalesce(a.language, ''))",
  source: 'a.source_id',
  country: "lower(coalesce(s.country, ''))",
  kind: 's.kind',
  url: "lower(coalesce(a.url, ''))",
  tag: 'lower(a.categories)',
} as const

type Condition = NonNullable<SearchFilter['where']>[number]

function patternFor(field: Condition['field'], value: string): string {
  const literal = value.toLowerCase().replace(/[[\]?]/g, (char) => `[${char}]`)
  if (field === 'tag') return `*"${literal}"*`
  return field === 'url' && !value.includes('*') ? `*${literal}*` : literal
}

function conditionSql(condition: Condition): { readonly sql: string; readonly values: readonly string[] } {
  const column = columnOf[condition.field]
  const alternatives = condition.values.map(() =>
    condition.field === 'lang' ? `${column} glob ? or ${column} glob ? || '-*'` : `${column} glob ?`,
  )
  const values = condition.values.flatMap((value) => {
    const pattern = patternFor(condition.field, value)
    return condition.field === 'lang' ? [pattern, pattern] : [pattern]
  })
  return { sql: `${condition.not ? 'not ' : ''}(${alternatives.join(' or ')})`, values }
}

function toHit(row: unknown): SearchHit {
  return Object.fromEntries(Object.entries(row as object).filter(([, value]) => value !== null)) as SearchHit // strict columns
}

/** Search's part of the store. */
export function createSearchStore(db: Db) {
  const add = db.prepare(
    'insert into article_text (rowid, title, summary, body, author) values (@articleId, @title, @summary, @body, @author)',
  )
  const drop = db.prepare('delete from article_text where rowid = ?')
  return {
    indexText: (text: FoldedText): void => void add.run(text),
    reindexText: (text: FoldedText): void => {
      drop.run(text.articleId)
      add.run(text)
    },
    /** Newest first (row ids grow with time, and ordering by them is what keeps this fast). `expression` is FTS5, '' for all. */
    search: (expression: string, filter: SearchFilter): readonly SearchHit[] => {
      const conditions = (filter.where ?? []).map(conditionSql)
      const values: (string | number)[] = []
      const parts: string[] = []
      const require = (sql: string, ...given: readonly (string | number)[]) => {
        parts.push(sql)
        values.push(...given)
      }
      if (expression !== '')
        require('a.id in (select rowid from article_text where article_text match ?)', expression)
      if (filter.since !== undefined) require('a.first_seen_at >= ?', filter.since)
      if (filter.until !== undefined) require('a.first_seen_at <= ?', filter.until)
      for (const { sql, values: given } of conditions) require(sql, ...given)
      const statement =
        db.prepare(`select a.id as articleId, a.title, a.url, s.name as sourceName, a.language,
        a.first_seen_at as firstSeenAt, a.published_at as publishedAt, a.summary
        from article a join source s on s.id = a.source_id
        where ${parts.length > 0 ? parts.join(' and ') : '1'} order by a.id desc limit ?`)
      return statement.all(...values, filter.limit).map(toHit)
    },
  }
}
