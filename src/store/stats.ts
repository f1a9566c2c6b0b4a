// Counts for `presslark stats` and `doctor`.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

export type Stats = {
  readonly sources: number
  readonly feeds: number
  readonly articles: number
  readonly sightings: number
  readonly revisions: number
  readonly stories: number
  readonly matches: number
  readonly editions: number
  readonly newestAt?: Instant
  readonly byDay: readonly { readonly day: string; readonly articles: number }[]
  readonly byTopic: readonly { readonly topicId: string; readonly articles: number }[]
  readonly bySource: readonly { readonly sourceId: string; readonly articles: number }[]
}

/** Each walks the articles of the window by their time (`indexed by`, `cross join`), not the archive by its topics or sources. */
const byDay = `select strftime('%Y-%m-%d', first_seen_at / 1000, 'unixepoch') as day, count(*) as articles
  from article indexed by article_by_first_seen where first_seen_at >= ? group by day order by day`
const byTopic = `select m.topic_id as topicId, count(distinct m.article_id) as articles
  from article a indexed by article_by_first_seen cross join current_match m on m.article_id = a.id
  where a.first_seen_at >= ? group by m.topic_id order by articles desc, topicId`
const bySource = `select source_id as sourceId, count(*) as articles
  from article indexed by article_by_first_seen where first_seen_at >= ? group by source_id order by articles desc, sourceId`

/** Counts over the archive; the lists cover articles first seen since `since`. */
export function readStats(db: Db, since: Instant): Stats {
  const count = (table: string): number => Number(db.prepare(`select count(*) from ${table}`).pluck().get())
  const newest: unknown = db.prepare('select max(first_seen_at) from article').pluck().get()
  return {
    sources: count('source where active = 1'),
    feeds: count('feed where active = 1'),
    articles: count('article'),
    sightings: count('sighting'),
    revisions: count('revision'),
    stories: count('story'),
    matches: count('topic_match'),
    editions: count('edition'),
    ...(typeof newest === 'number' ? { newestAt: newest } : {}),
    byDay: db.prepare(byDay).all(since) as Stats['byDay'], // the columns named above
    byTopic: db.prepare(byTopic).all(since) as Stats['byTopic'],
    bySource: db.prepare(bySource).all(since) as Stats['bySource'],
  }
}
