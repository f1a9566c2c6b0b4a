// How a feed is doing, judged by what was heard of it and against its own past.
import type { FeedCoverage } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { median } from '../text/median.ts'

/** What a feed brought in one window that it was heard in; `ago` is 0 for the window itself, 1 for the one before. */
export type Heard = {
  readonly ago: number
  readonly items: number
  readonly lossy: 0 | 1
  readonly renamed: number
}

/** What the store knows of a feed. Instants as in its row; addresses without credentials. */
export type FeedPast = {
  readonly goneAt?: Instant
  readonly lastAttemptAt?: Instant
  readonly failures: number
  readonly failingSince?: Instant
  readonly lastNewAt?: Instant
  readonly lastDetail?: string
  readonly movedTo?: string // where it lives now, while sources.yaml names another address
  readonly duplicateOf?: string // address of the feed that is polled in its place
  readonly windowMs: number
  readonly heard: readonly Heard[]
}

/**
 * - duplicate: moved to where another listed feed lives, so only that one is polled
 * - flooding: gives its old entries a new identity again and again
 * - moved: fine, but sources.yaml names an old address
 * The others are those of an edition's coverage.
 */
export type FeedHealth = {
  readonly state: FeedCoverage['state'] | 'duplicate' | 'flooding' | 'moved'
  readonly usual?: number // new items in such a window, the median
  readonly since?: Instant
  readonly detail?: string // why it fails, or the other address
}

const dayMs = 86_400_000
const historyNeeded = 7 // windows a feed must have been heard in before "usual" means something
const silentBelow = 3 // a feed that brings fewer than this in a usual window cannot be called silent
const renamedPerDayMax = 500

/** The first of these that is true: duplicate, gone, never fetched, failing, lossy, flooding, silent, moved, ok. */
export function feedHealth(past: FeedPast): FeedHealth {
  const usual = usualOf(past.heard)
  const state = stateOf(past, usual)
  const since = sinceOf(past, state)
  const detail = detailOf(past, state)
  return {
    state,
    ...(usual === undefined ? {} : { usual }),
    ...(since === undefined ? {} : { since }),
    ...(detail === undefined ? {} : { detail }),
  }
}

function usualOf(heard: readonly Heard[]): number | undefined {
  const past = heard.filter((window) => window.ago > 0)
  return past.length >= historyNeeded ? median(past.map((window) => window.items)) : undefined
}

function stateOf(past: FeedPast, usual: number | undefined): FeedHealth['state'] {
  const now = past.heard.find((window) => window.ago === 0)
  if (past.duplicateOf !== undefined) return 'duplicate'
  if (past.goneAt !== undefined) return 'gone'
  if (past.lastAttemptAt === undefined) return 'never-fetched'
  if (past.failures > 0) return 'failing'
  if (now?.lossy) return 'lossy'
  if ((now?.renamed ?? 0) > (renamedPerDayMax * past.windowMs) / dayMs) return 'flooding'
  if ((now?.items ?? 0) === 0 && usual !== undefined && usual >= silentBelow) return 'silent'
  return past.movedTo === undefined ? 'ok' : 'moved'
}

function sinceOf(past: FeedPast, state: FeedHealth['state']): Instant | undefined {
  if (state === 'failing') return past.failingSince
  if (state === 'gone') return past.goneAt
  return state === 'silent' ? past.lastNewAt : undefined
}

function detailOf(past: FeedPast, state: FeedHealth['state']): string | undefined {
  if (state === 'failing') return past.lastDetail
  if (state === 'duplicate') return past.duplicateOf
  return state === 'moved' ? past.movedTo : undefined
}
