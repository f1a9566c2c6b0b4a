// How many articles of a day match a topic: kept up to date with every match, so that baselines cost no walk over the archive.
import type { Db } from './connection.ts'

/** Counts an article for the UTC day it was first seen: 1 when it begins to match, -1 when it no longer does. */
export function createDayCounts(db: Db) {
  const count = db.prepare(`insert into topic_day (topic_id, day, articles)
    select @topicId, first_seen_at / 86400000, @change from article where id = @articleId
    on conflict (topic_id, day) do update set articles = articles + excluded.articles`)
  return (articleId: number, topicId: string, was: boolean, is: boolean): -1 | 0 | 1 => {
    if (was === is) return 0
    const change = is ? 1 : -1
    count.run({ articleId, topicId, change })
    return change
  }
}
