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

/** Counts over the archive; the lists cover articles first seen since `since`. */
export function readStats(db: Db, since: Instant): Stats {
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get() ?? 0)
  const newest = db.prepare('select max(first_seen_at) from article').pluck().get()
  return {
    sources: count('select count(*) from source where active = 1'),
    feeds: count('select count(*) from feed where active = 1'),
    articles: count('select count(*) from article'),
    sightings: count('select count(*) from sighting'),
    revisions: count('select count(*) from revision'),
    stories: count('select count(*) from story'),
    matches: count('select count(*) from topic_match'),
    editions: count('select count(*) from edition'),
    ...(typeof newest === 'number' ? { newestAt: newest } : {}),
    byDay: db
      .prepare(`select strftime('%Y-%m-%d', first_seen_at / 1000, 'unixepoch') as day, count(*) as articles
      from article where first_seen_at >= ? group by day order by day`)
      .all(since) as Stats['byDay'],
    byTopic: db
      .prepare(`select m.topic_id as topicId, count(distinct m.article_id) as articles
      from topic_match m join article a on a.id = m.article_id where a.first_seen_at >= ? group by m.topic_id order by articles desc`)
      .all(since) as Stats['byTopic'],
    bySource: db
      .prepare(
        `select source_id as sourceId, count(*) as articles from article where first_seen_at >= ? group by source_id order by articles desc`,
      )
      .all(since) as Stats['bySource'],
  }
}
