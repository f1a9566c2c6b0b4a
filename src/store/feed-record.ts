// How one fetch ended: a line in the log of fetches, and what its feed remembers of it.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** What one fetch changed about its feed; written in the same transaction as its articles. */
export type FeedUpdate = {
  readonly feedId: number
  readonly outcome: FetchOutcome
  readonly recordedAt: Instant // no earlier than the articles it brought were first seen
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
  readonly renamed?: number // known entries that came again under a new identity
}

function reasonOf(outcome: FetchOutcome): string | null {
  if (outcome.kind === 'failed') return outcome.reason
  return outcome.kind === 'not-modified' ? outcome.because : null
}

function createLog(db: Db) {
  const insert = db.prepare(`insert into fetch
    (feed_id, at, duration_ms, outcome, reason, status, bytes, items, new_articles, duplicates, revisions, skipped, overflow, renamed)
    values (@feedId, @at, @durationMs, @outcome, @reason, @status, @bytes, @items, @new, @duplicates, @revisions, @skipped, @overflow, @renamed)`)
  return ({ feedId, outcome, counts }: Pick<FeedUpdate, 'feedId' | 'outcome' | 'counts'>): void => {
    insert.run({
      feedId,
      at: outcome.at,
      durationMs: Math.round(outcome.durationMs),
      outcome: outcome.kind,
      reason: reasonOf(outcome),
      status: 'status' in outcome ? (outcome.status ?? null) : null,
      bytes: outcome.kind === 'fetched' ? outcome.bytes : 0,
      ...counts,
      overflow: counts.overflow ? 1 : 0,
      renamed: counts.renamed ?? 0,
    })
  }
}

/** When the feed is due again, and how this attempt ended. */
const scheduled = `schedule = @schedule, next_fetch_at = @nextFetchAt, lease_until = null,
      last_attempt_at = @at, last_outcome = @outcome, last_detail = @detail`

function scheduleOf({ outcome, schedule, nextFetchAt }: FeedUpdate) {
  return {
    schedule: JSON.stringify(schedule),
    nextFetchAt: Math.round(nextFetchAt),
    at: outcome.at,
    outcome: outcome.kind,
    detail: outcome.kind === 'failed' ? outcome.detail : null,
  }
}

/** All that a good fetch changes in one statement, since most fetches are good and change nothing else. */
function createHeard(db: Db) {
  const update = db.prepare(`update feed set ${scheduled}, etag = @etag, last_modified = @lastModified,
      validators_url = @validatorsUrl, body_hash = coalesce(@bodyHash, body_hash), last_success_at = @at,
      failures = 0, failing_since = null, gone_at = null,
      last_new_at = iif(@new > 0, @at, last_new_at),
      heard_since = coalesce(heard_since, @heardSince),
      moved_since = case when @movedTo is null then null when moved_to is @movedTo then coalesce(moved_since, @at) else @at end,
      moved_to = @movedTo, moved_seen = case when @movedTo is null then 0 when moved_to is @movedTo then moved_seen + 1 else 1 end
    where id = @feedId`)
  return (fetch: FeedUpdate, outcome: Extract<FetchOutcome, { kind: 'fetched' | 'not-modified' }>): void => {
    const { feedId, counts, recordedAt } = fetch
    const { etag, lastModified, url } = outcome.validators
    update.run({
      ...scheduleOf(fetch),
      feedId,
      new: counts.new,
      heardSince: outcome.kind === 'fetched' ? recordedAt : null,
      etag: etag ?? null,
      lastModified: lastModified ?? null,
      validatorsUrl: url ?? null,
      bodyHash: outcome.kind === 'fetched' ? outcome.bodyHash : null,
      movedTo: outcome.movedTo ?? null,
    })
  }
}

/**
 * A good fetch that comes after a newer one was written down, because its job lay in a queue longer. What the newer one said of the feed
 * stays: older validators would fetch again what is known. One whose clock was ahead of ours is not newer.
 */
function createHeardLate(db: Db) {
  const isLate = db.prepare(
    'select 1 from feed where id = @feedId and @at < last_success_at and last_success_at <= @recordedAt',
  )
  const update =
    db.prepare(`update feed set schedule = @schedule, next_fetch_at = @nextFetchAt, lease_until = null,
      last_new_at = iif(@new > 0, max(coalesce(last_new_at, 0), @at), last_new_at) where id = @feedId`)
  return {
    isLate: ({ feedId, recordedAt, outcome: { at } }: FeedUpdate): boolean =>
      isLate.get({ feedId, at, recordedAt }) !== undefined,
    record: (fetch: FeedUpdate): void => {
      const { schedule, nextFetchAt, at } = scheduleOf(fetch)
      update.run({ feedId: fetch.feedId, schedule, nextFetchAt, at, new: fetch.counts.new })
    },
  }
}

function createFailed(db: Db) {
  const update =
    db.prepare(`update feed set ${scheduled}, failures = @failures, failing_since = coalesce(failing_since, @at),
      gone_at = iif(@outcome = 'gone', @at, gone_at) where id = @feedId`)
  const forget = db.prepare(
    'update feed set etag = null, last_modified = null, validators_url = null, body_hash = null where id = ?',
  )
  return (fetch: FeedUpdate): void => {
    const { feedId, failures, outcome } = fetch
    update.run({ ...scheduleOf(fetch), feedId, failures })
    const confused = outcome.kind === 'failed' && outcome.reason === 'unexpected-not-modified'
    if (confused) forget.run(feedId) // the next request is unconditional
  }
}

/** Returns the function that records entries which came otherwise than by a poll: nothing of what polling goes by changes. */
export function createRecordAside(
  db: Db,
): (update: Pick<FeedUpdate, 'feedId' | 'outcome' | 'counts'>) => void {
  const log = createLog(db)
  const heard = db.prepare(
    `update feed set last_success_at = max(coalesce(last_success_at, 0), @at),
      last_new_at = iif(@new > 0, max(coalesce(last_new_at, 0), @at), last_new_at) where id = @feedId`,
  )
  return (update) => {
    const { feedId, outcome, counts } = update
    if (outcome.kind !== 'fetched' || outcome.aside !== 'push') return // the past is no news, and no measure of what is usual
    log(update)
    heard.run({ feedId, at: outcome.at, new: counts.new })
  }
}

/** Returns the function that records one fetch; call it inside the transaction that writes its articles. */
export function createRecord(db: Db): (update: FeedUpdate) => void {
  const log = createLog(db)
  const heard = createHeard(db)
  const late = createHeardLate(db)
  const failed = createFailed(db)
  return (update) => {
    const { outcome } = update
    log(update)
    if (outcome.kind !== 'fetched' && outcome.kind !== 'not-modified') failed(update)
    else if (late.isLate(update)) late.record(update)
    else heard(update, outcome)
  }
}
