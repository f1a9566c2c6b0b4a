// The articles that the full-text index names for one of several expressions: for whoever would otherwise read the whole archive.
import type { Instant } from '../model/time.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
import type { Db } from './connection.ts'

/** How many there are, and the articles themselves, oldest first, as they come by first sight and id. */
export type ArticleCandidates = {
  readonly count: number
  readonly articles: () => Generator<ArchivedArticle>
}

/**
 * Articles first seen since then that one of the FTS5 `expressions` finds. Their ids are kept in a table of this connection until it
 * is asked again: eight bytes each. Do not await between two of them.
 */
export function findCandidates(db: Db, expressions: readonly string[], since: Instant): ArticleCandidates {
  db.exec('create temp table if not exists candidate (id integer primary key); delete from temp.candidate')
  const add = db.prepare(
    'insert or ignore into temp.candidate select rowid from article_text where article_text match ?',
  )
  for (const expression of expressions) add.run(expression)
  const wanted = 'a.first_seen_at >= ? and a.id in (select id from temp.candidate)'
  const from = 'article a indexed by article_by_first_seen' // which tells id and time: of other articles no row is read
  const count = db.prepare<[number], number>(`select count(*) from ${from} where ${wanted}`).pluck()
  const read = db.prepare(`select ${taggableColumns} from ${from} cross join source s on s.id = a.source_id
    where ${wanted} order by a.first_seen_at, a.id`)
  return {
    count: count.get(since) ?? 0,
    *articles() {
      for (const row of read.iterate(since)) yield toArchived(row)
    },
  }
}
