// Servers that answer 304 although their feed changed: caught by an audit, then asked without validators for a month.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { entriesOf, isKnown } from './feed-entries.ts'
import { auditDue } from './schedule-audit.ts'
import type { FeedSchedule } from './schedule-memory.ts'

const hourMs = 3_600_000
const distrustMs = 30 * 24 * hourMs // then the server gets another chance: it may have been mended
// Publishers date entries some minutes before they show them; an hour is no such delay.
const delayMs = hourMs

/** The least wait between two requests to a feed that may not answer 304, each of which costs its whole body. */
export const wholeBodyEveryMs = hourMs

/** True while the 304s of a feed are not believed. */
export function isDistrusted({ liedAt }: FeedSchedule, now: Instant): boolean {
  return liedAt !== undefined && now - liedAt < distrustMs
}

/** True when the next request should carry no validators: for an audit, or because the feed's 304s are not believed. */
export function asksWhole(state: FeedSchedule, now: Instant): boolean {
  return auditDue(state, now) || isDistrusted(state, now)
}

/**
 * Whether an audit proves a 304 wrong: it brought something new that is dated after the last whole body and well before
 * the last 304. News that came up since that 304 proves nothing. Of a feed without dates any news of an audit does.
 */
export function provesLie(
  before: FeedSchedule,
  outcome: FetchOutcome,
  newItems: number | undefined,
): boolean {
  const { wholeBodyAt, notModifiedAt } = before
  if (outcome.kind !== 'fetched' || newItems === 0) return false
  if (wholeBodyAt === undefined || notModifiedAt === undefined || notModifiedAt < wholeBodyAt) return false
  const dates = entriesOf(outcome.feed).flatMap(
    (entry) => entry.publishedAt ?? (isKnown(entry) ? [] : (entry.updatedAt ?? [])),
  )
  return dates.length === 0 || dates.some((at) => at > wholeBodyAt && at <= notModifiedAt - delayMs)
}
