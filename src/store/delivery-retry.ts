// When a delivery that failed for the moment is tried again.
import type { Instant } from '../model/time.ts'

const minuteMs = 60_000
const retryMinutes = [1, 2, 5, 15, 30, 60] // then hourly
const attemptsMax = retryMinutes.length + 23 // the last one almost 24 h after the first

/** When to try again after `attempts` tries; undefined: give up, a day has passed. */
export function nextDeliveryTry(attempts: number, now: Instant): Instant | undefined {
  if (attempts >= attemptsMax) return undefined
  return now + (retryMinutes[attempts - 1] ?? 60) * minuteMs
}
