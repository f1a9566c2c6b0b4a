// Forgets the log of old fetches. Articles, sightings, revisions, editions and deliveries are the archive: nothing removes them.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** The part of the store that forgets; each call is one short transaction. */
export function createRetention(db: Db) {
  const oldest = db.prepare(`delete from fetch where id in (
      select id from fetch where at < @before order by at limit @limit)`)
  const pauses = db.prepare('delete from host_pause where until < ?')
  return {
    /** Removes up to `limit` fetches that began before `before`, the oldest first, and says how many. */
    forgetFetches: (before: Instant, limit: number): number => oldest.run({ before, limit }).changes,
    /** Removes pauses that are over. */
    forgetPauses: (now: Instant): number => pauses.run(now).changes,
  }
}
