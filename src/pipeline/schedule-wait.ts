// How long a feed that answered wants to be left alone, each wish with its name.
import type { FeedPace } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { isDistrusted, wholeBodyEveryMs } from './schedule-trust.ts'

export type AskedWait = {
  readonly because: 'interval' | 'ttl' | 'update-period' | 'max-age' | 'whole-body' | 'quiet'
  readonly waitMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
// Beyond two quiet days a feed that sends its whole body each time is asked 24 times in as long as it has been quiet.
const quietMsMin = 2 * dayMs
const quietShare = 24

// RSS 1.0 module "syndication".
const periodsMs: ReadonlyMap<string, number> = new Map([
  ['hourly', hourMs],
  ['daily', dayMs],
  ['weekly', 7 * dayMs],
  ['monthly', 30 * dayMs],
  ['yearly', 365 * dayMs],
])

/** `remembered` carries what the feed and the server said last, this answer included. */
export function askedWaits(
  outcome: FetchOutcome,
  intervalMs: number,
  remembered: {
    readonly pace?: FeedPace
    readonly freshForMs?: number
    readonly lastNewAt?: Instant
    readonly liedAt?: Instant
  },
  now: Instant,
): readonly AskedWait[] {
  const { pace = {}, freshForMs, lastNewAt = now } = remembered
  return [
    { because: 'interval', waitMs: intervalMs },
    { because: 'ttl', waitMs: positive(pace.ttlMinutes) * minuteMs },
    { because: 'update-period', waitMs: updatePeriodMs(pace) },
    { because: 'max-age', waitMs: positive(freshForMs) },
    { because: 'whole-body', waitMs: isDistrusted(remembered, now) ? wholeBodyEveryMs : 0 },
    { because: 'quiet', waitMs: quietWaitMs(outcome, now - lastNewAt) },
  ]
}

/** The longest wait; of equal ones the first. */
export function longest(waits: readonly AskedWait[]): AskedWait {
  return waits.reduce((best, wait) => (wait.waitMs > best.waitMs ? wait : best), {
    because: 'interval',
    waitMs: 0,
  })
}

function updatePeriodMs({ updatePeriod = '', updateFrequency = 1 }: FeedPace): number {
  const periodMs = periodsMs.get(updatePeriod.trim().toLowerCase()) ?? 0
  return positive(updateFrequency) > 0 ? periodMs / updateFrequency : 0
}

// A 304 costs next to nothing, so only whole bodies are asked for less often while nothing new comes.
function quietWaitMs(outcome: FetchOutcome, quietMs: number): number {
  const isCheap = outcome.kind === 'not-modified' && outcome.because === 'status-304'
  return isCheap || quietMs < quietMsMin ? 0 : quietMs / quietShare
}

// What a feed says may be anything: negative, not a number, absent.
function positive(value: number | undefined): number {
  return value !== undefined && value > 0 && Number.isFinite(value) ? value : 0
}
