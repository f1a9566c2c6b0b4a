// Sources and feeds: what the configuration says, when each feed is due, and how its last fetch ended.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { createFeedDeaths } from './feed-deaths.ts'
import { createMoves } from './feed-move.ts'
import { createRecord, createRecordAside } from './feed-record.ts'
import { type FeedRow, selectFeeds, selectPolledInstead, toFeedRow } from './feed-row.ts'
import { createSync } from './feed-sync.ts'

function createClaim(db: Db) {
  const due = `active = 1 and gone_at is null and next_fetch_at <= @now and coalesce(lease_until, 0) <= @now
        and not exists (${selectPolledInstead})`
  const claim = db
    .prepare(`update feed set lease_until = @leaseUntil where id in (
      select id from feed f where ${due} order by next_fetch_at, id limit @limit)
    returning id`)
    .pluck()
  const claimThese = db
    .prepare(`update feed as f set lease_until = @leaseUntil
    where id in (select value from json_each(@ids)) and ${due}
    returning id`)
    .pluck()
  const select = db.prepare(`${selectFeeds} where f.id in (select value from json_each(?))`)
  return db.transaction((now: Instant, leaseMs: number, wanted: number | readonly number[]) => {
    const lease = { now, leaseUntil: now + leaseMs }
    const claimed =
      typeof wanted === 'number'
        ? claim.all({ ...lease, limit: wanted })
        : claimThese.all({ ...lease, ids: JSON.stringify(wanted) })
    return select
      .all(JSON.stringify(claimed))
      .map(toFeedRow)
      .toSorted((a, b) => a.nextFetchAt - b.nextFetchAt || a.id - b.id) // `returning` promises no order
  })
}

function createPauses(db: Db) {
  const list = db.prepare('select host, until from host_pause where until > ?').raw()
  const pause = db.prepare(
    'insert into host_pause (host, until) values (?, ?) on conflict (host) do update set until = max(until, excluded.until)',
  )
  return {
    /** Asks nothing of this host, or of the feed with this address, until then; a longer pause stays. */
    pause: (scope: string, until: Instant): void => void pause.run(scope, until),
    pauses: (now: Instant): ReadonlyMap<string, Instant> =>
      new Map(list.all(now) as readonly [string, number][]), // the two columns named above
  }
}

/** The feeds' part of the store. */
export function createFeedStore(db: Db) {
  const claim = createClaim(db)
  const all = db.prepare(`${selectFeeds} where f.active = 1 order by f.id`)
  const everyId = db.prepare('select id from feed where active = 1 order by id').pluck()
  const one = db.prepare(`${selectFeeds} where f.id = +?`)
  const due =
    db.prepare(`update feed set next_fetch_at = 0, lease_until = null, gone_at = iif(@revive, null, gone_at)
    where id in (select value from json_each(@ids))`)
  const forget = db.prepare(
    'update feed set etag = null, last_modified = null, validators_url = null, body_hash = null where id = ?',
  )
  const told = db.prepare('update feed set told = ? where id = ?')
  const release = db.prepare('update feed set lease_until = null, next_fetch_at = ? where id = ?')
  return {
    /** Makes the tables say what sources.yaml says; feeds that left it stay, inactive, with their articles. */
    sync: createSync(db),
    /**
     * Claims due feeds until `now + leaseMs`: nobody else gets them, and a crashed fetch is due again. `wanted` is how many at most, or
     * which: those that are due.
     */
    claimDue: (now: Instant, leaseMs: number, wanted: number | readonly number[]): readonly FeedRow[] =>
      claim.immediate(now, leaseMs, wanted),
    /** Writes what a fetch said about its feed; call inside the transaction that writes its articles. */
    record: createRecord(db),
    /** The same for entries that came otherwise than by a poll. */
    recordAside: createRecordAside(db),
    list: (): readonly FeedRow[] => all.all().map(toFeedRow),
    ids: (): readonly number[] => everyId.all() as readonly number[], // the one column named above
    find: (id: number): FeedRow | undefined => {
      const row = one.get(id)
      return row === undefined ? undefined : toFeedRow(row)
    },
    /** Makes feeds due at once; `revive` also lifts the stop of a 410. */
    makeDue: (ids: readonly number[], revive = false): void =>
      void due.run({ ids: JSON.stringify(ids), revive: revive ? 1 : 0 }),
    /** Drops the validators: the next request is unconditional. */
    forgetValidators: (id: number): void => void forget.run(id),
    /** Gives a claimed feed back, due again at `at`. */
    postpone: (id: number, at: Instant): void => void release.run(at, id),
    /** Remembers which trouble of a feed was told; undefined when there is none. */
    setTold: (id: number, trouble: string | undefined): void => void told.run(trouble ?? null, id),
    ...createMoves(db),
    ...createFeedDeaths(db),
    ...createPauses(db),
  }
}
