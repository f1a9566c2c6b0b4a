// Full-text search over the folded shadow columns. Only folded words go in and only folded words are asked for.
import type { Instant } from '../model/time.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
import type { Db } from './connection.ts'
import { withoutNulls } from './row.ts'
import { type Condition, conditionSql, registerSearchFunctions, type SqlPart } from './search-condition.ts'

/** One article's folded text, as src/text/fold.ts writes it: as strings, or as the UTF-8 that SQLite would make of them. */
export type FoldedText = {
  readonly articleId: number
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly author: string
}

/** Conditions on metadata; every one given must hold. */
export type SearchFilter = {
  readonly since?: Instant
  readonly until?: Instant
  readonly where?: readonly Condition[]
  readonly limit: number
  readonly order?: 'newest' | 'best' // newest when absent
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

const hitColumns = `a.id as articleId, a.title, a.url, s.name as sourceName, a.language,
  a.first_seen_at as firstSeenAt, a.published_at as publishedAt, a.summary`

function conditionsOf(filter: Omit<SearchFilter, 'limit'>): readonly SqlPart[] {
  const parts = (filter.where ?? []).map(conditionSql)
  if (filter.since !== undefined) parts.push({ sql: 'a.first_seen_at >= ?', values: [filter.since] })
  if (filter.until !== undefined) parts.push({ sql: 'a.first_seen_at <= ?', values: [filter.until] })
  return parts
}

/**
 * Newest first unless the best are asked for: row ids grow with time. The word index leads (`cross join` keeps SQLite from turning the loops round) and
 * hands out its rows in falling order, so that the search ends with the last hit shown instead of sorting all of them.
 */
function searchSql(
  columns: string,
  expression: string,
  filter: Omit<SearchFilter, 'limit'>,
  oldestId: number | undefined,
): SqlPart {
  const byWords = expression !== ''
  const rowId = byWords ? 't.rowid' : 'a.id'
  const parts: readonly SqlPart[] = [
    ...(byWords ? [{ sql: 'article_text match ?', values: [expression] }] : []),
    ...(oldestId === undefined ? [] : [{ sql: `${rowId} >= ?`, values: [oldestId] }]),
    ...conditionsOf(filter),
  ]
  const from = byWords ? 'article_text t cross join article a on a.id = t.rowid' : 'article a'
  const where = parts.length === 0 ? '' : `where ${parts.map((part) => part.sql).join(' and ')}`
  const found = `from ${from} cross join source s on s.id = a.source_id ${where} order by ${rowId} desc`
  const sql = byWords && filter.order === 'best' ? ranked(columns, found) : `select ${columns} ${found}`
  return { sql, values: parts.flatMap((part) => part.values) }
}

const RANKED_MOST = 10_000 // newest articles that are weighed: each costs some 30 us, and a topic may have a hundred thousand

function ranked(columns: string, found: string): string {
  const weighed = `select t.rowid as id, bm25(article_text, 4, 2, 1, 1) as weight ${found} limit ${RANKED_MOST}`
  return `select ${columns} from (${weighed}) best cross join article a on a.id = best.id
    cross join source s on s.id = a.source_id order by best.weight, best.id desc`
}

const WALKED_MOST = 500 // hits of all times: they take half a millisecond, as the times of ten thousand articles do

/**
 * The first id of a window: the word index knows ids, not times, and without it a search would walk the whole archive. To find it
 * every article of the window is looked at, so that the few hits of a rare word are rather looked at one by one: then undefined.
 */
function findOldestId(db: Db) {
  const another = db
    .prepare('select 1 from article_text where article_text match ? order by rowid desc limit 1 offset ?')
    .pluck()
  const oldest = db
    .prepare('select min(id) from article indexed by article_by_first_seen where first_seen_at >= ?')
    .pluck()
  return (expression: string, since: Instant | undefined): number | undefined => {
    if (since === undefined) return undefined
    if (expression !== '' && another.get(expression, WALKED_MOST) === undefined) return undefined
    return (oldest.get(since) as number | null) ?? Number.MAX_SAFE_INTEGER // null: nothing is that new
  }
}

/** Search's part of the store. */
export function createSearchStore(db: Db) {
  registerSearchFunctions(db)
  const add = db.prepare(
    'insert into article_text (rowid, title, summary, body, author) values (?, ?, ?, ?, ?)', // by place, as articles are
  )
  const index = ({ articleId, title, summary, body, author }: FoldedText): void =>
    void add.run(articleId, title, summary, body, author)
  const drop = db.prepare('delete from article_text where rowid = ?')
  const archived = db.prepare(
    `select ${taggableColumns} from article a join source s on s.id = a.source_id where a.id = +?`,
  )
  const hit = db.prepare(
    `select ${hitColumns} from article a join source s on s.id = a.source_id where a.id = +?`,
  )
  const oldestId = findOldestId(db)
  return {
    indexText: index,
    reindexText: (text: FoldedText): void => {
      drop.run(text.articleId)
      index(text)
    },
    /** The articles that match, at most `limit`. `expression` is FTS5, '' for all. */
    search: (expression: string, filter: SearchFilter): readonly SearchHit[] => {
      const { sql, values } = searchSql(hitColumns, expression, filter, oldestId(expression, filter.since))
      return db
        .prepare(`${sql} limit ?`)
        .all(...values, filter.limit)
        .map(withoutNulls<SearchHit>)
    },
    /** The same, of the articles that `test` accepts: it sees each as topics do. Reads no more of them than it must. */
    searchTested: (
      expression: string,
      filter: SearchFilter,
      test: (article: ArchivedArticle) => boolean,
    ): readonly SearchHit[] => {
      const isRanked = filter.order === 'best' // sorting ids is cheap, sorting whole articles is not
      const columns = isRanked ? 'a.id as articleId' : taggableColumns
      const { sql, values } = searchSql(columns, expression, filter, oldestId(expression, filter.since))
      const hits: SearchHit[] = []
      for (const row of db.prepare<unknown[], { readonly articleId: number }>(sql).iterate(...values)) {
        if (hits.length === filter.limit) break
        if (test(toArchived(isRanked ? archived.get(row.articleId) : row)))
          hits.push(withoutNulls<SearchHit>(hit.get(row.articleId)))
      }
      return hits
    },
    /**
     * Merges what the index is made of where there are many pieces, in proportion to the articles that came, and writes some 16 MiB at
     * most. Otherwise one of the next commits does so, which may be that of a single article.
     */
    mergeSegments: (newArticles: number): void =>
      void db.prepare(mergeSegments).run(Math.min(mergedPagesMax, Math.ceil(newArticles * mergedPagesEach))),
    /** The words of the index that begin so, in order. */
    wordsBeginning: (beginning: string): readonly string[] => wordsFrom(db, beginning),
  }
}

const mergedPagesMax = 4_000
// The words of an article fill an eighth of a page, and each is written once at every step of a merge; an archive of a million needs four.
const mergedPagesEach = 0.5
// FTS5 takes its commands as rows: https://sqlite.org/fts5.html#the_merge_command
const mergeSegments = "insert into article_text (article_text, rank) values ('merge', ?)"

/** Reads on past every place of these words: a few microseconds a word and the more, the more often it occurs. */
function wordsFrom(db: Db, beginning: string): readonly string[] {
  db.exec("create virtual table if not exists temp.index_word using fts5vocab('main', 'article_text', 'row')")
  return db
    .prepare<[string, string], string>('select term from temp.index_word where term >= ? and term < ?')
    .pluck()
    .all(beginning, `${beginning}\u{10ffff}`)
}
