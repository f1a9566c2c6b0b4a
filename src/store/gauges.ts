// What a monitor asks of the store every few seconds: each answer from an index, or from a bounded number of rows.
import { statSync } from 'node:fs'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import type { DeliveryRow } from './deliveries.ts'
import { selectPolledInstead } from './feed-row.ts'

/** How feeds are doing as far as one look at their rows tells. What only their past tells (lossy) counts as ok. */
const feedStates = [
  'ok',
  'failing',
  'gone',
  'silent',
  'flooding',
  'moved',
  'duplicate',
  'never-fetched',
] as const
const deliveryStates = [
  'pending',
  'sending',
  'sent',
  'failed',
  'uncertain',
] as const satisfies readonly DeliveryRow['state'][]

export type Gauges = {
  readonly feeds: Readonly<Record<(typeof feedStates)[number], number>>
  readonly feedsDue: number // those being fetched at this moment included
  readonly overdueMs: number // how long the feed has been due that waits longest
  readonly deliveries: Readonly<Record<DeliveryRow['state'], number>> // of the latest 5,000
  readonly deliveryOverdueMs: number // since the end of the oldest window of which a delivery still waits, of the latest 5,000
  /** When something of each digest last arrived; an edition that was skipped because it was empty counts. */
  readonly deliveredAt: ReadonlyMap<string, Instant>
  readonly databaseBytes: number
  readonly walBytes: number
}

const feedsByState = `select case
    when exists (${selectPolledInstead}) then 'duplicate'
    when gone_at is not null then 'gone'
    when last_attempt_at is null then 'never-fetched'
    when failures > 0 then 'failing'
    when told in ('silent', 'flooding') then told
    when told glob 'moved *' then 'moved'
    else 'ok' end as state, count(*)
  from feed f where active = 1 group by state`

// A lease does not make a feed less due. Feeds never fetched, or made due by hand, have no time of their own.
const due = `select count(*) as feedsDue, min(iif(next_fetch_at > 0, next_fetch_at, null)) as since
  from feed f where active = 1 and gone_at is null and next_fetch_at <= @now and not exists (${selectPolledInstead})`

const recent = 'select edition_id, state, sent_at from delivery order by id desc limit 5000'

const oldestOpen = `select min(e.window_until) from (${recent}) r join edition e on e.id = r.edition_id
  where r.state in ('pending', 'sending', 'uncertain')`

const arrived = `with recent as materialized (${recent}),
    sent as (select e.digest_id, max(r.sent_at) as at from recent r join edition e on e.id = r.edition_id group by e.digest_id),
    skipped as (select digest_id, created_at as at, max(id) as id from edition group by digest_id)
  select d.id, max(d.registered_at, coalesce(s.at, 0), coalesce(k.at, 0))
  from digest d left join sent s on s.digest_id = d.id
    left join skipped k on k.digest_id = d.id and k.id not in (select edition_id from recent)`

/** Every state has its number, 0 where there is none: an alert must see the difference between none and no answer. */
function counted<S extends string>(states: readonly S[], rows: unknown): Readonly<Record<S, number>> {
  const found = new Map(rows as readonly (readonly [string, number])[]) // two columns: state and count
  return Object.fromEntries(states.map((state) => [state, found.get(state) ?? 0])) as Record<S, number> // one per state
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Returns the function that reads all gauges at `now`. */
export function createGauges(db: Db, path: string): (now: Instant) => Gauges {
  const feeds = db.prepare(feedsByState).raw()
  const waiting = db.prepare(due)
  const deliveries = db
    .prepare(`with recent as (${recent}) select state, count(*) from recent group by state`)
    .raw()
  const oldest = db.prepare(oldestOpen).pluck()
  const latest = db.prepare(arrived).raw()
  return (now) => {
    const { feedsDue, since } = waiting.get({ now }) as { feedsDue: number; since: number | null } // the columns named above
    return {
      feeds: counted(feedStates, feeds.all()),
      feedsDue,
      overdueMs: since === null ? 0 : now - since,
      deliveries: counted(deliveryStates, deliveries.all()),
      deliveryOverdueMs: now - Number(oldest.get() ?? now),
      deliveredAt: new Map(latest.all() as readonly [string, number][]), // the columns named above
      databaseBytes: bytesOf(path),
      walBytes: bytesOf(`${path}-wal`),
    }
  }
}
