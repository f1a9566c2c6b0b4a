// When a feed that keeps answering 304 is asked once without validators, lest a broken server hide its news for ever.
import type { Instant } from '../model/time.ts'
import type { FeedSchedule } from './schedule-memory.ts'

const dayMs = 86_400_000
const auditEveryMs = 30 * dayMs
const silentGaps = 4

/**
 * True when the next request should carry no validators: the feed has been silent for several of its usual gaps, or
 * has sent no whole body for 30 days. Never more than once a day, and never for a feed that has no history.
 */
export function auditDue(state: FeedSchedule, now: Instant): boolean {
  const { lastNewAt, usualGapMs, wholeBodyAt, auditedAt = 0 } = state
  if (wholeBodyAt === undefined || lastNewAt === undefined) return false
  const sinceBodyMs = now - Math.max(wholeBodyAt, auditedAt)
  if (sinceBodyMs < dayMs) return false
  const isSilent = usualGapMs !== undefined && now - lastNewAt > Math.max(dayMs, silentGaps * usualGapMs)
  return isSilent || sinceBodyMs >= auditEveryMs
}
