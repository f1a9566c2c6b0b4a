import type { FeedPace, NormalisedFeed } from '../../src/model/item.ts'
import type { FailureReason, FetchOutcome, ResponsePace } from '../../src/model/outcome.ts'
import { type FeedSchedule, nextFetchAt, type Polled, type Scheduled } from '../../src/pipeline/schedule.ts'
// A15-A25, A31, A33-A41, A64: how long a feed is left alone, and why.

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
export const now = Date.UTC(2027, 0, 4, 6) // a Monday
export const attempt = { at: now, durationMs: 100, url: 'https://post.example/feed' }

export function feedOf(pace: FeedPace): NormalisedFeed {
  return { format: 'rss', engine: 'tolerant', pace, items: [], skipped: [], warnings: [] }
}

export function fetched(feedPace: FeedPace = {}, pace: ResponsePace = {}): FetchOutcome {
  const feed = feedOf(feedPace)
  return { ...attempt, kind: 'fetched', status: 200, validators: {}, bodyHash: 'h', bytes: 1, feed, pace }
}

export function notModified(because: 'status-304' | 'same-body', pace: ResponsePace = {}): FetchOutcome {
  return { ...attempt, kind: 'not-modified', because, validators: {}, pace }
}

export function failed(reason: FailureReason, status?: number): FetchOutcome {
  const base = { ...attempt, kind: 'failed', reason, detail: '', pace: {} } as const
  return status === undefined ? base : { ...base, status }
}

export function rateLimited(pace: ResponsePace = {}, status = 429): FetchOutcome {
  return { ...attempt, kind: 'rate-limited', status, pace }
}

export function plan(
  outcome: FetchOutcome,
  changes: Partial<Polled> & { state?: FeedSchedule; random01?: number } = {},
) {
  const { state = {}, random01 = 0, ...polled } = changes
  return nextFetchAt(state, { outcome, intervalMs: hourMs, ...polled }, now, random01)
}

export function waitMs(scheduled: Scheduled): number {
  return scheduled.nextFetchAt - now
}
