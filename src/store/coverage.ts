// Which feeds were really heard in a window, each against its own past.
import type { FeedCoverage, Outlet, Window } from '../model/digest.ts'
import { type FeedHealth, type FeedPast, feedHealth, type Heard } from '../pipeline/feed-health.ts'
import type { Db } from './connection.ts'
import { selectPolledInstead } from './feed-row.ts'
import { toOutlet } from './outlet.ts'
import { withoutNulls } from './row.ts'
import { shownFeedUrl } from './shown-feed-url.ts'

type FeedLine = Outlet &
  Omit<FeedPast, 'heard' | 'windowMs'> & {
    readonly feedId: number
    readonly url: string
    readonly configuredUrl: string
  }

const hourMs = 3_600_000
const historyWindows = 14

/** Reads the addresses as they may be shown. */
function toPast(line: FeedLine, heard: readonly Heard[], windowMs: number): FeedPast {
  const { duplicateOf, url, configuredUrl, ...past } = line
  return {
    ...past,
    windowMs,
    heard,
    ...(url === configuredUrl ? {} : { movedTo: shownFeedUrl(url) }),
    ...(duplicateOf === undefined ? {} : { duplicateOf: shownFeedUrl(duplicateOf) }),
  }
}

/** What a reader of an edition has to know: of a feed that was heard, not what is wrong with its address or its ids. */
function toCoverage(line: FeedLine, past: FeedPast): FeedCoverage {
  const { state, usual, since, detail } = feedHealth(past)
  return {
    outlet: toOutlet(line),
    feedUrl: shownFeedUrl(line.url),
    state: state === 'duplicate' || state === 'flooding' || state === 'moved' ? 'ok' : state,
    newItems: past.heard.find((window) => window.ago === 0)?.items ?? 0,
    ...(usual === undefined ? {} : { usual }),
    ...(since === undefined ? {} : { since }),
    ...(state === 'failing' && detail !== undefined ? { detail } : {}),
  }
}

function createPasts(db: Db) {
  const columns = `f.id as feedId, f.url, json_extract(f.settings, '$.url') as configuredUrl, f.failures,
      f.failing_since as failingSince, f.gone_at as goneAt, f.last_attempt_at as lastAttemptAt, f.last_new_at as lastNewAt,
      f.last_detail as lastDetail, (${selectPolledInstead}) as duplicateOf,
      s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade`
  const lines = db.prepare(
    `select ${columns} from feed f join source s on s.id = f.source_id where f.active = 1 order by f.id`,
  )
  const line = db.prepare(`select ${columns} from feed f join source s on s.id = f.source_id where f.id = +?`)
  // Numbers from JavaScript arrive as reals: without the cast no two fetches would share a window.
  const heard =
    db.prepare(`select cast((@until - at) / @lengthMs as integer) as ago, sum(new_articles + duplicates) as items, max(overflow) as lossy,
      sum(renamed) as renamed
    from fetch where feed_id = @feedId and at <= @until and at > @oldest and outcome in ('fetched', 'not-modified')
    group by ago order by ago`)
  const read = (row: unknown, { from, until }: Window): { line: FeedLine; past: FeedPast } => {
    const lengthMs = Math.max(until - from, hourMs)
    const oldest = until - (historyWindows + 1) * lengthMs
    const found = withoutNulls<FeedLine>(row)
    const windows = heard.all({ until, lengthMs, oldest, feedId: found.feedId }) as readonly Heard[] // the columns named above
    return { line: found, past: toPast(found, windows, lengthMs) }
  }
  return {
    all: (window: Window) => lines.all().map((row) => read(row, window)),
    one: (feedId: number, window: Window) => read(line.get(feedId), window),
  }
}

/** Coverage's part of the store. */
export function createCoverageStore(db: Db) {
  const pasts = createPasts(db)
  return {
    /** One line per feed. Windows in which a feed was not heard say nothing about what is usual for it. */
    coverage: (window: Window): readonly FeedCoverage[] =>
      pasts.all(window).map(({ line, past }) => toCoverage(line, past)),
    /** How each listed feed was doing in the window, by its id. */
    health: (window: Window): ReadonlyMap<number, FeedHealth> =>
      new Map(pasts.all(window).map(({ line, past }) => [line.feedId, feedHealth(past)])),
    /** The same of one feed, which must exist. */
    healthOf: (feedId: number, window: Window): FeedHealth => feedHealth(pasts.one(feedId, window).past),
  }
}
