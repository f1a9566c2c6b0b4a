// What was put off by a clock that was ahead, and is due long before its written time once the clock is right.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

// More than two machines of one desk may differ, and more than a lease or the wait between two tries of a delivery lasts.
const toleranceMs = 2 * 3_600_000

const putOff = `(next_fetch_at > @now and last_attempt_at > @now + ${toleranceMs}) or lease_until > @now + ${toleranceMs}`
const putOffDelivery = `state in ('pending', 'uncertain') and next_try_at > @now + ${toleranceMs}`

/** The part of the store that recovers from such a clock. */
export function createClockAhead(db: Db) {
  const isAny = db
    .prepare(
      `select exists (select 1 from feed where ${putOff}) or exists (select 1 from delivery where ${putOffDelivery})`,
    )
    .pluck()
  const feeds = db.prepare(
    `update feed set next_fetch_at = min(next_fetch_at, @now), lease_until = null where ${putOff}`,
  )
  const deliveries = db.prepare(`update delivery set next_try_at = @now where ${putOffDelivery}`)
  const bringForward = db.transaction((now: Instant): number => {
    return feeds.run({ now }).changes + deliveries.run({ now }).changes
  })
  return {
    /** Makes due at `now` the feeds that were polled, and the deliveries that were tried, hours after now. Returns how many. */
    bringForward: (now: Instant): number => (isAny.get({ now }) === 1 ? bringForward.immediate(now) : 0),
  }
}
