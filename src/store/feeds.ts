// Sources and feeds: what the configuration says, when each feed is due, and how its last fetch ended.
import type { FeedRef } from '../model/job.ts'
import type { FetchOutcome, Validators } from '../model/outcome.ts'
import type { FeedSettings, Source } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** A feed as the store keeps it. `schedule` is what pipeline/schedule.ts remembers, opaque here. */
export type FeedRow = {
  readonly id: number
  readonly sourceId: string
  readonly sourceName: string
  readonly url: string
  readonly settings: FeedSettings
  readonly language?: string
  readonly validators: Validators
  readonly bodyHash?: string
  readonly schedule: unknown
  readonly nextFetchAt: Instant
  readonly lastAttemptAt?: Instant
  readonly lastSuccessAt?: Instant
  readonly lastOutcome?: string
  readonly lastDetail?: string
  readonly failures: number
  readonly failingSince?: Instant
  readonly goneAt?: Instant
}

/** What one fetch changed about its feed; written in the same transaction as its articles. */
export type FeedUpdate = {
  readonly feedId: number
  readonly outcome: FetchOutcome
  readonly schedule: unknown
  readonly nextFetchAt: Instant
  readonly failures: number
  readonly counts: FetchCounts
}
export type FetchCounts = {
  readonly items: number
  readonly new: number
  readonly duplicates: number
  readonly revisions: number
  readonly skipped: number
  readonly overflow: boolean
}

export type FeedStore = ReturnType<typeof createFeedStore>

const columns = `f.id, f.source_id as sourceId, s.name as sourceName, f.url, f.settings, s.language,
  f.etag, f.last_modified as lastModified, f.validators_url as validatorsUrl, f.body_hash as bodyHash, f.schedule, f.next_fetch_at as nextFetchAt,
  f.last_attempt_at as lastAttemptAt, f.last_success_at as lastSuccessAt, f.last_outcome as lastOutcome,
  f.last_detail as lastDetail, f.failures, f.failing_since as failingSince, f.gone_at as goneAt`

type Raw = Record<string, unknown> // a row of `columns`, as SQLite returns it

function withoutNulls(row: Raw): Raw {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}

function withoutUndefined(row: Raw): Raw {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
}

function toFeedRow(row: Raw): FeedRow {
  const { etag, lastModified, validatorsUrl, settings, schedule, ...rest } = withoutNulls(row)
  return {
    ...rest,
    settings: JSON.parse(String(settings)),
    schedule: JSON.parse(String(schedule)),
    validators: withoutUndefined({ etag, lastModified, url: validatorsUrl }),
  } as FeedRow // the columns are typed by the strict schema
}

/** What a fetcher needs of a feed, without a database. */
export function toFeedRef(row: FeedRow): FeedRef {
  return {
    feedId: row.id,
    settings: row.settings,
    validators: row.validators,
    ...(row.language === undefined ? {} : { language: row.language }),
    ...(row.bodyHash === undefined ? {} : { bodyHash: row.bodyHash }),
  }
}

function createSync(db: Db) {
  const upsertSource =
    db.prepare(`insert into source (id, name, country, language, family, kind, grade, active)
    values (@id, @name, @country, @language, @family, @kind, @grade, 1)
    on conflict (id) do update set name = excluded.name, country = excluded.country, language = excluded.language,
      family = excluded.family, kind = excluded.kind, grade = excluded.grade, active = 1`)
  const upsertFeed =
    db.prepare(`insert into feed (source_id, url, settings) values (@sourceId, @url, @settings)
    on conflict (url) do update set source_id = excluded.source_id, settings = excluded.settings, active = 1`)
  const retire = db.prepare('update feed set active = 0')
  const retireSources = db.prepare('update source set active = 0')
  return db.transaction((sources: readonly Source[]) => {
    retire.run()
    retireSources.run()
    for (const source of sources) {
      upsertSource.run({ ...source, country: source.country ?? null, language: source.language ?? null })
      for (const feed of source.feeds) {
        upsertFeed.run({ sourceId: source.id, url: feed.url, settings: JSON.stringify(feed) })
      }
    }
  })
}

function createRecord(db: Db) {
  const log = db.prepare(`insert into fetch
    (feed_id, at, duration_ms, outcome, reason, status, bytes, items, new_articles, duplicates, revisions, skipped, overflow)
    values (@feedId, @at, @durationMs, @outcome, @reason, @status, @bytes, @items, @new, @duplicates, @revisions, @skipped, @overflow)`)
  const heard = db.prepare(`update feed set etag = @etag, last_modified = @lastModified,
    validators_url = @validatorsUrl, body_hash = coalesce(@bodyHash, body_hash),
    last_success_at = @at, failures = 0, failing_since = null, last_new_at = case when @new > 0 then @at else last_new_at end
    where id = @feedId`)
  const failed =
    db.prepare(`update feed set failures = @failures, failing_since = coalesce(failing_since, @at),
    gone_at = case when @outcome = 'gone' then @at else gone_at end where id = @feedId`)
  const unconditional = db.prepare(
    'update feed set etag = null, last_modified = null, body_hash = null where id = ?',
  )
  const scheduled =
    db.prepare(`update feed set schedule = @schedule, next_fetch_at = @nextFetchAt, lease_until = null,
    last_attempt_at = @at, last_outcome = @outcome, last_detail = @detail where id = @feedId`)
  return (update: FeedUpdate): void => {
    const { outcome } = update
    const values = {
      feedId: update.feedId,
      at: outcome.at,
      durationMs: Math.round(outcome.durationMs),
      outcome: outcome.kind,
      reason:
        outcome.kind === 'failed' ? outcome.reason : outcome.kind === 'not-modified' ? outcome.because : null,
      status: 'status' in outcome ? (outcome.status ?? null) : null,
      detail: outcome.kind === 'failed' ? outcome.detail : null,
      bytes: outcome.kind === 'fetched' ? outcome.bytes : 0,
      ...update.counts,
      overflow: update.counts.overflow ? 1 : 0,
    }
    log.run(values)
    if (outcome.kind === 'fetched' || outcome.kind === 'not-modified') {
      const { etag, lastModified, url } = outcome.validators
      const bodyHash = outcome.kind === 'fetched' ? outcome.bodyHash : null
      heard.run({
        ...values,
        etag: etag ?? null,
        lastModified: lastModified ?? null,
        validatorsUrl: url ?? null,
        bodyHash,
      })
    } else {
      failed.run({ ...values, failures: update.failures })
      if (outcome.kind === 'failed' && outcome.reason === 'unexpected-not-modified')
        unconditional.run(update.feedId)
    }
    scheduled.run({
      ...values,
      schedule: JSON.stringify(update.schedule),
      nextFetchAt: Math.round(update.nextFetchAt),
    })
  }
}

function createClaim(db: Db) {
  const claim = db.prepare(`update feed set lease_until = @leaseUntil where id in (
      select f.id from feed f join source s on s.id = f.source_id
      where f.active = 1 and f.gone_at is null and f.next_fetch_at <= @now and coalesce(f.lease_until, 0) <= @now
      order by f.next_fetch_at, f.id limit @limit)
    returning id`)
  const select = db.prepare(
    `select ${columns} from feed f join source s on s.id = f.source_id where f.id = ?`,
  )
  /** Claims up to `limit` due feeds until `now + leaseMs`: nobody else gets them, and a crashed fetch is due again. */
  return db.transaction((now: Instant, leaseMs: number, limit: number): readonly FeedRow[] => {
    const claimed = claim.all({ now, leaseUntil: now + leaseMs, limit }) as readonly { readonly id: number }[]
    return claimed.map(({ id }) => toFeedRow(select.get(id) as Raw))
  })
}

/** The feeds' part of the store. */
export function createFeedStore(db: Db) {
  const sync = createSync(db)
  const claim = createClaim(db)
  const all = db.prepare(
    `select ${columns} from feed f join source s on s.id = f.source_id where f.active = 1 order by f.id`,
  )
  const one = db.prepare(`select ${columns} from feed f join source s on s.id = f.source_id where f.id = ?`)
  const dueNow = db.prepare(
    'update feed set next_fetch_at = 0, lease_until = null, gone_at = case when @revive = 1 then null else gone_at end where id = @id',
  )
  const forget = db.prepare(
    'update feed set etag = null, last_modified = null, body_hash = null where id = ?',
  )
  const pausedHosts = db.prepare('select host, until from host_pause where until > ?')
  const pause = db.prepare(
    'insert into host_pause (host, until) values (?, ?) on conflict (host) do update set until = max(until, excluded.until)',
  )
  const release = db.prepare('update feed set lease_until = null, next_fetch_at = ? where id = ?')
  return {
    /** Makes the tables say what sources.yaml says; feeds that left it stay, inactive, with their articles. */
    sync: (sources: readonly Source[]): void => sync.immediate(sources),
    claimDue: (now: Instant, leaseMs: number, limit: number): readonly FeedRow[] =>
      claim.immediate(now, leaseMs, limit),
    /** Writes what a fetch said about its feed; call inside the transaction that writes its articles. */
    record: createRecord(db),
    list: (): readonly FeedRow[] => (all.all() as readonly Raw[]).map(toFeedRow),
    find: (id: number): FeedRow | undefined => {
      const row = one.get(id) as Raw | undefined
      return row && toFeedRow(row)
    },
    /** Makes a feed due at once; `revive` also lifts the stop of a 410. */
    makeDue: (id: number, revive = false): void => void dueNow.run({ id, revive: revive ? 1 : 0 }),
    /** Drops the validators: the next request is unconditional. */
    forgetValidators: (id: number): void => void forget.run(id),
    /** Gives a claimed feed back, due again at `at`. */
    postpone: (id: number, at: Instant): void => void release.run(at, id),
    pauseHost: (host: string, until: Instant): void => void pause.run(host, until),
    pausedHosts: (now: Instant): ReadonlyMap<string, Instant> =>
      new Map(
        (pausedHosts.all(now) as readonly { host: string; until: number }[]).map((row) => [
          row.host,
          row.until,
        ]),
      ),
  }
}
