// Sightings: every appearance of an article in a feed.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** One appearance of an article in a feed. */
export type NewSighting = {
  readonly articleId: number
  readonly feedId: number
  readonly itemKey: string
  readonly contentHash: string
  readonly item: Item
  readonly seenAt: Instant
  readonly because: string
}

/** The sightings' part of the articles' store. */
export function createSightings(db: Db) {
  const find = db.prepare(
    'select article_id as articleId, content_hash as contentHash from sighting where feed_id = ? and item_key = ?',
  )
  const add =
    db.prepare(`insert into sighting (article_id, feed_id, item_key, content_hash, url, title, published_at, seen_at, because)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (feed_id, item_key) do update set article_id = excluded.article_id, content_hash = excluded.content_hash,
      url = excluded.url, title = excluded.title, because = excluded.because`)
  const touch = db.prepare(
    'update sighting set content_hash = ?, title = ?, url = ? where feed_id = ? and item_key = ?',
  )
  return {
    findSighting: (feedId: number, itemKey: string) =>
      find.get(feedId, itemKey) as { readonly articleId: number; readonly contentHash: string } | undefined, // the two columns named above
    addSighting: (sighting: NewSighting): void => {
      const { articleId, feedId, itemKey, contentHash, item, seenAt, because } = sighting
      const { url = null, title = '', publishedAt = null } = item
      add.run(articleId, feedId, itemKey, contentHash, url, title, publishedAt, seenAt, because)
    },
    /** The same entry now says something else. False when this feed had no such entry yet. */
    touchSighting: (feedId: number, itemKey: string, contentHash: string, item: Item): boolean =>
      touch.run(contentHash, item.title ?? '', item.url ?? null, feedId, itemKey).changes === 1,
  }
}
