// Which feeds were really heard in a window, each against its own past.
import type { FeedCoverage, Outlet, Window } from '../model/digest.ts'
import { median } from '../text/median.ts'
import type { Db } from './connection.ts'

export type CoverageStore = ReturnType<typeof createCoverageStore>

type FeedLine = Outlet & {
  readonly feedId: number
  readonly url: string
  readonly failures: number
  readonly failingSince?: number
  readonly goneAt?: number
  readonly lastAttemptAt?: number
  readonly lastSuccessAt?: number
  readonly lastNewAt?: number
  readonly lastDetail?: string
  readonly overflow: number
}

const historyWindows = 14
const historyNeeded = 7 // windows a feed must have been heard before "usual" means something
const silentBelow = 3 // a feed that brings fewer than this in a usual window cannot be called silent

/** A feed's address as it may be shown: without credentials and without its query, which may hold a token. */
export function shownFeedUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

function stateOf(line: FeedLine, newItems: number, usual: number | undefined): FeedCoverage['state'] {
  if (line.goneAt !== undefined) return 'gone'
  if (line.lastAttemptAt === undefined) return 'never-fetched'
  if (line.failures > 0) return 'failing'
  if (line.overflow > 0) return 'lossy'
  return newItems === 0 && usual !== undefined && usual >= silentBelow ? 'silent' : 'ok'
}

function sinceOf(line: FeedLine, state: FeedCoverage['state']): number | undefined {
  if (state === 'failing') return line.failingSince
  if (state === 'gone') return line.goneAt
  return state === 'silent' ? line.lastNewAt : undefined
}

function toCoverage(line: FeedLine, counts: ReadonlyMap<number, number>, windowsHeard: number): FeedCoverage {
  const newItems = counts.get(0) ?? 0
  const past = Array.from(
    { length: Math.min(historyWindows, windowsHeard) },
    (_, index) => counts.get(index + 1) ?? 0,
  )
  const usual = windowsHeard >= historyNeeded ? median(past) : undefined
  const state = stateOf(line, newItems, usual)
  const since = sinceOf(line, state)
  const { sourceId, name, family, country, kind, grade } = line
  return {
    outlet: { sourceId, name, family, kind, grade, ...(country === undefined ? {} : { country }) },
    feedUrl: shownFeedUrl(line.url),
    state,
    newItems,
    ...(usual === undefined ? {} : { usual }),
    ...(since === undefined ? {} : { since }),
    ...(state === 'failing' && line.lastDetail !== undefined ? { detail: line.lastDetail } : {}),
  }
}

/** Coverage's part of the store. */
export function createCoverageStore(db: Db) {
  const feeds =
    db.prepare(`select f.id as feedId, f.url, f.failures, f.failing_since as failingSince, f.gone_at as goneAt,
      f.last_attempt_at as lastAttemptAt, f.last_success_at as lastSuccessAt, f.last_new_at as lastNewAt, f.last_detail as lastDetail,
      s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade,
      (select count(*) from fetch x where x.feed_id = f.id and x.at > @from and x.at <= @until and x.overflow = 1) as overflow
    from feed f join source s on s.id = f.source_id where f.active = 1 order by f.id`)
  const buckets =
    db.prepare(`select (@until - at) / @lengthMs as bucket, sum(new_articles + duplicates) as items
    from fetch where feed_id = @feedId and at <= @until and at > @oldest group by bucket`)
  const firstHeard = db
    .prepare(`select min(at) from fetch where feed_id = ? and outcome in ('fetched', 'not-modified')`)
    .pluck()
  return {
    coverage: (window: Window): readonly FeedCoverage[] => {
      const lengthMs = Math.max(window.until - window.from, 3_600_000)
      const oldest = window.until - (historyWindows + 1) * lengthMs
      return (feeds.all(window) as readonly object[]).map((raw) => {
        const line = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null)) as FeedLine // strict columns
        const rows = buckets.all({ until: window.until, lengthMs, feedId: line.feedId, oldest }) as readonly {
          bucket: number
          items: number
        }[]
        const first = firstHeard.get(line.feedId)
        const windowsHeard = typeof first === 'number' ? Math.floor((window.from - first) / lengthMs) : 0
        return toCoverage(line, new Map(rows.map((row) => [row.bucket, row.items])), windowsHeard)
      })
    },
  }
}
