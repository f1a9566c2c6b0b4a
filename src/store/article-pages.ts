// The archive in pages, in the order in which articles came: for whoever reads much of it beside a running service.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { type KnownArticle, knownColumns } from './known-article.ts'
import { withoutNulls } from './row.ts'

/** The paging part of the articles' store. */
export function createArticlePages(db: Db) {
  const firstSince = db.prepare('select min(id) from article where first_seen_at >= ?').pluck()
  const lastId = db.prepare('select coalesce(max(id), 0) from article').pluck()
  const page = db.prepare(`select ${knownColumns} from article where id >= ? order by id limit ?`)
  const count = db.prepare('select count(*) from article where id >= ?').pluck()
  return {
    /** The first article first seen since then; beyond the last when there is none. */
    firstIdSince: (from: Instant): number => Number(firstSince.get(from) ?? Number(lastId.get()) + 1),
    countFrom: (articleId: number): number => Number(count.get(articleId)),
    /** Articles with this id and later ones, `limit` at most. */
    page: (articleId: number, limit: number): readonly KnownArticle[] =>
      page.all(articleId, limit).map(withoutNulls<KnownArticle>),
  }
}
