// Which feeds were really heard in a window, each against its own past.
import type { FeedCoverage, Outlet, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { median } from '../text/median.ts'
import type { Db } from './connection.ts'
import { toOutlet } from './outlet.ts'
import { withoutNulls } from './row.ts'
import { shownFeedUrl } from './shown-feed-url.ts'

type FeedLine = Outlet & {
  readonly feedId: number
  readonly url: string
  readonly failures: number
  readonly failingSince?: Instant
  readonly goneAt?: Instant
  readonly lastAttemptAt?: Instant
  readonly lastNewAt?: Instant
  readonly lastDetail?: string
}

/** What a feed brought in one window that it was heard in; `ago` is 0 for the window itself, 1 for the one before. */
type Heard = { readonly ago: number; readonly items: number; readonly lossy: 0 | 1 }

const hourMs = 3_600_000
const historyWindows = 14
const historyNeeded = 7 // windows a feed must have been heard in before "usual" means something
const silentBelow = 3 // a feed that brings fewer than this in a usual window cannot be called silent

function usualOf(heard: readonly Heard[]): number | undefined {
  const past = heard.filter((window) => window.ago > 0)
  return past.length >= historyNeeded ? median(past.map((window) => window.items)) : undefined
}

function stateOf(line: FeedLine, now: Heard | undefined, usual: number | undefined): FeedCoverage['state'] {
  if (line.goneAt !== undefined) return 'gone'
  if (line.lastAttemptAt === undefined) return 'never-fetched'
  if (line.failures > 0) return 'failing'
  if (now?.lossy) return 'lossy'
  return (now?.items ?? 0) === 0 && usual !== undefined && usual >= silentBelow ? 'silent' : 'ok'
}

function sinceOf(line: FeedLine, state: FeedCoverage['state']): Instant | undefined {
  if (state === 'failing') return line.failingSince
  if (state === 'gone') return line.goneAt
  return state === 'silent' ? line.lastNewAt : undefined
}

function toCoverage(line: FeedLine, heard: readonly Heard[]): FeedCoverage {
  const now = heard.find((window) => window.ago === 0)
  const usual = usualOf(heard)
  const state = stateOf(line, now, usual)
  const since = sinceOf(line, state)
  return {
    outlet: toOutlet(line),
    feedUrl: shownFeedUrl(line.url),
    state,
    newItems: now?.items ?? 0,
    ...(usual === undefined ? {} : { usual }),
    ...(since === undefined ? {} : { since }),
    ...(state === 'failing' && line.lastDetail !== undefined ? { detail: line.lastDetail } : {}),
  }
}

/** Coverage's part of the store. */
export function createCoverageStore(db: Db) {
  const feeds =
    db.prepare(`select f.id as feedId, f.url, f.failures, f.failing_since as failingSince, f.gone_at as goneAt,
      f.last_attempt_at as lastAttemptAt, f.last_new_at as lastNewAt, f.last_detail as lastDetail,
      s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade
    from feed f join source s on s.id = f.source_id where f.active = 1 order by f.id`)
  // Numbers from JavaScript arrive as reals: without the cast no two fetches would share a window.
  const heard =
    db.prepare(`select cast((@until - at) / @lengthMs as integer) as ago, sum(new_articles + duplicates) as items, max(overflow) as lossy
    from fetch where feed_id = @feedId and at <= @until and at > @oldest and outcome in ('fetched', 'not-modified')
    group by ago order by ago`)
  return {
    /** One line per feed. Windows in which a feed was not heard say nothing about what is usual for it. */
    coverage: ({ from, until }: Window): readonly FeedCoverage[] => {
      const lengthMs = Math.max(until - from, hourMs)
      const oldest = until - (historyWindows + 1) * lengthMs
      return feeds
        .all()
        .map(withoutNulls<FeedLine>)
        .map(
          (line) =>
            toCoverage(line, heard.all({ until, lengthMs, oldest, feedId: line.feedId }) as readonly Heard[]), // the columns named above
        )
    },
  }
}
