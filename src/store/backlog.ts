// What waits or was given up, as the schedule and the outbox tell it: for a person who looks.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { type DeliveryRow, selectDeliveries, toRow } from './deliveries.ts'
import { selectPolledInstead } from './feed-row.ts'

export type Backlog = {
  readonly feedsDue: number
  readonly feedsClaimed: number // by a fetcher that has not answered yet
  /** Deliveries that are not sent; of those given up the ones of the last week. The newest first, 500 at most. */
  readonly deliveries: readonly DeliveryRow[]
}

const weekMs = 7 * 86_400_000

/** Returns the function that reads the backlog at `now`. */
export function createBacklog(db: Db): (now: Instant) => Backlog {
  const feeds = db.prepare(`select count(*) filter (where coalesce(lease_until, 0) <= @now) as feedsDue,
      count(*) filter (where lease_until > @now) as feedsClaimed
    from feed f where active = 1 and gone_at is null and next_fetch_at <= @now and not exists (${selectPolledInstead})`)
  const deliveries = db.prepare(`${selectDeliveries}
    where d.id > (select max(id) from delivery) - 5000 and (d.state in ('pending', 'sending', 'uncertain')
      or d.state = 'failed' and d.next_try_at > @since)
    order by d.id desc limit 500`)
  return (now) => ({
    ...(feeds.get({ now }) as { feedsDue: number; feedsClaimed: number }), // the columns named above
    deliveries: deliveries.all({ since: now - weekMs }).map(toRow),
  })
}
