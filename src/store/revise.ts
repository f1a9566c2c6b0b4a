// Revisions: the earlier wording of an article that its publisher changed.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { bodyOf } from './article-text.ts'
import type { Db } from './connection.ts'
import type { KnownArticle } from './known-article.ts'

/** The revisions' part of the articles' store. */
export function createRevise(db: Db) {
  const keep =
    db.prepare(`insert into revision (article_id, seen_at, old_title, new_title, old_summary, new_summary, old_url, new_url, corrected, because)
    values (@articleId, @seenAt, @oldTitle, @newTitle, @oldSummary, @newSummary, @oldUrl, @newUrl, @corrected, @because)`)
  const update =
    db.prepare(`update article set title = @newTitle, summary = @newSummary, body = @body, url = coalesce(@newUrl, url),
    url_key = coalesce(@urlKey, url_key), updated_at = @updatedAt where id = @articleId`)
  /** Keeps the old wording with its time and lets the article say the new one. */
  return (
    known: KnownArticle,
    item: Item,
    change: {
      readonly urlKey?: string
      readonly seenAt: Instant
      readonly corrected: boolean
      readonly because?: string // how it is known to be the same article
    },
  ): void => {
    const values = {
      articleId: known.articleId,
      seenAt: change.seenAt,
      oldTitle: known.title,
      newTitle: item.title ?? '',
      oldSummary: known.summary,
      newSummary: item.summary,
      oldUrl: known.url ?? null,
      newUrl: item.url ?? null,
      corrected: change.corrected ? 1 : 0,
      because: change.because ?? null,
      body: bodyOf(item),
      urlKey: change.urlKey ?? null,
      updatedAt: item.updatedAt ?? change.seenAt,
    }
    keep.run(values)
    update.run(values)
  }
}
