// When a feed is fetched next: not sooner than configured unless it loses entries, later when the feed, the server or its failures say so.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { auditDue } from './schedule-audit.ts'
import { hurriedMs } from './schedule-hurry.ts'
import { type FeedSchedule, remembered } from './schedule-memory.ts'
import { afterSkipped } from './schedule-skip.ts'
import { provesLie } from './schedule-trust.ts'
import { type AskedWait, askedWaits, longest } from './schedule-wait.ts'

export type { FeedSchedule } from './schedule-memory.ts'

export type Polled = {
  readonly outcome: FetchOutcome // its `at` is when the request was made
  readonly intervalMs: number // configured: the lower bound of every wait, save for a feed that overflows
  readonly newItems?: number // of this fetch; unknown counts as some
  readonly overflow?: boolean // every entry of this fetch was new: some may have been missed
}

export type Scheduled = {
  readonly schedule: FeedSchedule
  readonly nextFetchAt: Instant // 8.64e15, the last instant there is, for a feed that is gone
  readonly failures: number
  readonly refusedUntil?: Instant // neither the feed nor those it speaks for (`refusedScope`) may be asked before
  readonly because: Because
}
export type Because =
  | AskedWait['because']
  | 'skipped-hours'
  | 'rate-limited'
  | 'forbidden'
  | 'failed'
  | 'gone'

const hourMs = 3_600_000
const ceilingMs = 24 * hourMs
const retryAfterMsMax = 7 * 24 * hourMs // some publishers mean a week
const lastInstant = 8.64e15

/** Pure: `random01` in [0, 1) spreads the feeds; it only ever adds to a wait. */
export function nextFetchAt(before: FeedSchedule, polled: Polled, now: Instant, random01: number): Scheduled {
  // The planner decided on an audit by the same rule; it counts whatever came of it.
  const { at } = polled.outcome
  const state = auditDue(before, at) ? audited(before, polled) : before
  switch (polled.outcome.kind) {
    case 'fetched':
    case 'not-modified':
      return afterSuccess(remembered(state, polled.outcome, polled.newItems, now), polled, now, random01)
    case 'gone':
      return planned(state, lastInstant, failuresAfter(state), 'gone')
    case 'rate-limited':
      return afterRateLimit(state, polled, now, random01)
    case 'failed':
      return afterFailure(state, polled, now, random01)
  }
}

function audited(before: FeedSchedule, { outcome, newItems }: Polled): FeedSchedule {
  const { at } = outcome
  return { ...before, auditedAt: at, ...(provesLie(before, outcome, newItems) ? { liedAt: at } : {}) }
}

function afterSuccess(memory: FeedSchedule, polled: Polled, now: Instant, random01: number): Scheduled {
  const hurried = hurriedMs(memory.hurriedMs, polled)
  const { hurriedMs: _, ...rest } = memory
  const state = hurried === undefined ? rest : { ...rest, hurriedMs: hurried }
  const asked = longest(askedWaits(polled.outcome, hurried ?? polled.intervalMs, state, now))
  const limitMs = Math.max(ceilingMs, polled.intervalMs)
  const waitMs = Math.min(asked.waitMs, limitMs) // what a feed asks for may be endless, and no part of that is a number
  const dueAt = now + Math.min(waitMs + jitterMs(waitMs, random01), limitMs)
  return settled(state, dueAt, 0, asked.because, random01)
}

// Without Retry-After: an hour, doubling to a day.
function afterRateLimit(state: FeedSchedule, polled: Polled, now: Instant, random01: number): Scheduled {
  const failures = failuresAfter(state)
  const { retryAfterMs } = polled.outcome.pace
  const backOffMs = Math.min(Math.max(hourMs, polled.intervalMs) * 2 ** (failures - 1), ceilingMs)
  const saidMs = retryAfterMs === undefined ? backOffMs : Math.min(retryAfterMs, retryAfterMsMax)
  const waitMs = Math.max(saidMs, polled.intervalMs)
  const plan = settled(state, now + waitMs + jitterMs(waitMs, random01), failures, 'rate-limited', random01)
  return { ...plan, refusedUntil: now + saidMs }
}

function afterFailure(state: FeedSchedule, polled: Polled, now: Instant, random01: number): Scheduled {
  const failures = failuresAfter(state)
  const limitMs = Math.max(ceilingMs, polled.intervalMs)
  if (isForbidden(polled.outcome)) {
    const waitMs = Math.min(Math.max(4 * hourMs, polled.intervalMs) * 2 ** (failures - 1), limitMs)
    return settled(state, now + waitMs + jitterMs(waitMs, random01), failures, 'forbidden', random01)
  }
  // Full jitter between the interval and its doubled back-off: a crowd that failed together does not return together.
  const backOffMs = Math.min(polled.intervalMs * 2 ** failures, limitMs)
  const waitMs = polled.intervalMs + random01 * (backOffMs - polled.intervalMs)
  return settled(state, now + waitMs, failures, 'failed', random01)
}

function isForbidden(outcome: FetchOutcome): boolean {
  return outcome.kind === 'failed' && (outcome.status === 401 || outcome.status === 403)
}

// Waits are at their ceiling long before; without a bound 2 ** failures would become infinite.
function failuresAfter(state: FeedSchedule): number {
  return Math.min((state.failures ?? 0) + 1, 1_000)
}

// At most a twentieth, so that an hourly feed stays hourly.
function jitterMs(waitMs: number, random01: number): number {
  return Math.floor((random01 * waitMs) / 20)
}

function settled(
  state: FeedSchedule,
  dueAt: Instant,
  failures: number,
  because: Because,
  random01: number,
): Scheduled {
  const allowedAt = afterSkipped(dueAt, state.pace ?? {}, random01)
  return planned(state, allowedAt, failures, allowedAt === dueAt ? because : 'skipped-hours')
}

function planned(state: FeedSchedule, at: Instant, failures: number, because: Because): Scheduled {
  return { schedule: { ...state, failures }, nextFetchAt: Math.round(at), failures, because }
}
