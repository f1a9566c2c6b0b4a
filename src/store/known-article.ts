// An article we keep, as those see it who decide about the next one.
import type { Instant } from '../model/time.ts'

/** What deciding about an incoming item needs to know of an article we keep. */
export type KnownArticle = {
  readonly articleId: number
  readonly sourceId: string
  readonly feedId: number
  readonly guid?: string
  readonly url?: string
  readonly urlKey?: string
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly language?: string
  readonly publishedAt?: Instant
  readonly firstSeenAt: Instant
  readonly storyId: number
}

/** The columns of a KnownArticle, from `article`. */
export const knownColumns = `id as articleId, source_id as sourceId, feed_id as feedId, guid, url, url_key as urlKey, title, summary, body,
  language, published_at as publishedAt, first_seen_at as firstSeenAt, story_id as storyId`
