// A feed as the store keeps it.
import type { FeedRef } from '../model/job.ts'
import type { Validators } from '../model/outcome.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { withoutNulls } from './row.ts'

/** `schedule` is what pipeline/schedule.ts remembers, opaque here. */
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
  readonly movedTo?: string // where a permanent redirect led at the last fetch
  readonly movedSince?: Instant // first of the fetches in a row that led there
  readonly polledInstead?: string // address of the feed that is polled in this one's place
  readonly told?: string // the trouble that was last told
}

/** Address of the feed that is polled in the place of feed `f`, as long as that one is listed and not gone. */
export const selectPolledInstead =
  'select o.url from feed o where o.id = f.duplicate_of and o.active = 1 and o.gone_at is null'

/**
 * Selects what `toFeedRow` reads; add a `where`. Compare with `+?` and not with `?`: SQLite as better-sqlite3 builds it (STAT4) prepares a
 * join again at every run when its plan may depend on a bound value, which takes eight times as long as the run itself.
 */
export const selectFeeds = `select f.id, f.source_id as sourceId, s.name as sourceName, f.url, f.settings, s.language,
    f.etag, f.last_modified as lastModified, f.validators_url as validatorsUrl, f.body_hash as bodyHash, f.schedule,
    f.next_fetch_at as nextFetchAt, f.last_attempt_at as lastAttemptAt, f.last_success_at as lastSuccessAt,
    f.last_outcome as lastOutcome, f.last_detail as lastDetail, f.failures, f.failing_since as failingSince, f.gone_at as goneAt,
    f.moved_to as movedTo, f.moved_since as movedSince, f.told,
    (${selectPolledInstead}) as polledInstead
  from feed f join source s on s.id = f.source_id`

type Raw = Omit<FeedRow, 'settings' | 'schedule' | 'validators'> & {
  readonly settings: string
  readonly schedule: string
  readonly etag?: string
  readonly lastModified?: string
  readonly validatorsUrl?: string
}

/** A row of `selectFeeds`. */
export function toFeedRow(row: unknown): FeedRow {
  const { etag, lastModified, validatorsUrl, settings, schedule, ...rest } = withoutNulls<Raw>(row)
  return {
    ...rest,
    settings: JSON.parse(settings),
    schedule: JSON.parse(schedule),
    validators: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
      ...(validatorsUrl === undefined ? {} : { url: validatorsUrl }),
    },
  }
}

/** What a fetcher needs of a feed, without a database; of a feed that moved, with its new address. */
export function toFeedRef(row: FeedRow): FeedRef {
  return {
    feedId: row.id,
    settings: { ...row.settings, url: row.url },
    validators: row.validators,
    ...(row.language === undefined ? {} : { language: row.language }),
    ...(row.bodyHash === undefined ? {} : { bodyHash: row.bodyHash }),
  }
}
