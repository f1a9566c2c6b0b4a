// Which feed was in hand when a process died, and how often that was the same one.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** A feed that was being read or stored when its process died; `deaths` in a row, this one included. */
export type FeedDeath = { readonly feedId: number; readonly deaths: number }

/** How the process before ended: `hasDied` with something in hand, and of which feed, where that one has not been written down since. */
export type LastEnd = { readonly hasDied: boolean; readonly feed?: FeedDeath }

type InHand = { readonly feedId: number; readonly isClaimed: 0 | 1; readonly deathsBefore: number }

/** A feed whose last fetch was written down is claimed no more: its process died of something else. A success begins a new count. */
const selectInHand = `select h.feed_id as feedId, f.lease_until is not null as isClaimed,
    iif(coalesce(f.last_success_at, 0) > coalesce(d.last_at, 0), 0, coalesce(d.deaths, 0)) as deathsBefore
  from feed_in_hand h join feed f on f.id = h.feed_id left join feed_death d on d.feed_id = h.feed_id`

function createSettle(db: Db) {
  const inHand = db.prepare(selectInHand)
  const letGo = db.prepare('delete from feed_in_hand')
  const note = db.prepare(`insert into feed_death (feed_id, deaths, last_at) values (@feedId, @deaths, @now)
    on conflict (feed_id) do update set deaths = excluded.deaths, last_at = excluded.last_at`)
  return db.transaction((now: Instant): LastEnd => {
    const row = inHand.get() as InHand | undefined // as selected
    letGo.run()
    if (row === undefined || row.isClaimed === 0) return { hasDied: row !== undefined }
    const death = { feedId: row.feedId, deaths: row.deathsBefore + 1 }
    note.run({ ...death, now })
    return { hasDied: true, feed: death }
  })
}

/** The part of the feeds' store that a process without a queue server keeps, so that the next one knows what killed it. */
export function createFeedDeaths(db: Db) {
  const take = db.prepare(
    'insert into feed_in_hand (id, feed_id) values (1, ?) on conflict (id) do update set feed_id = excluded.feed_id',
  )
  const letGo = db.prepare('delete from feed_in_hand')
  const settle = createSettle(db)
  return {
    /** This feed is about to be read or stored, and no other is. */
    takeInHand: (feedId: number): void => void take.run(feedId),
    /** Nothing is in hand: the process ends as it should. */
    letGo: (): void => void letGo.run(),
    /** Call it at the start: whether the process before died, and what of. */
    settleDeath: (now: Instant): LastEnd => settle.immediate(now),
  }
}
