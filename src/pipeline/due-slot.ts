// Which edition of a digest is due, also when the desk was down at several of its times.
import type { Digest } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { type Cron, latestSlot, parseCron } from './cron.ts'

/** Of a digest that wants an edition for each time it missed, so many are made; the first of them covers what is older. */
const missedMax = 7

/**
 * The end of the window of the edition that is due at `now`, of a digest whose editions cover everything up to `coveredUntil`. Undefined
 * when none is due. Windows follow one another whatever is chosen, so what is not told for its own time is told with the next.
 */
export function dueSlot(digest: Digest, coveredUntil: Instant, now: Instant): Instant | undefined {
  const { schedule, timeZone, missed, lateAtMostMs = Number.POSITIVE_INFINITY } = digest
  const parsed = parseCron(schedule)
  if (!parsed.ok) return undefined
  const after = Math.max(coveredUntil, now - lateAtMostMs - 1)
  const latest = latestSlot(parsed.cron, timeZone, after, now)
  if (latest === undefined || missed !== 'each') return latest
  return earliestMissed(parsed.cron, timeZone, after, latest)
}

function earliestMissed(cron: Cron, timeZone: string, after: Instant, latest: Instant): Instant {
  let slot = latest
  for (let count = 1; count < missedMax; count++) {
    const earlier = latestSlot(cron, timeZone, after, slot - 1)
    if (earlier === undefined) break
    slot = earlier
  }
  return slot
}
