// The hours and days (GMT) in which a feed asks not to be polled: RSS 2.0 skipHours and skipDays.
import type { FeedPace } from '../model/item.ts'
import type { Instant } from '../model/time.ts'

const hourMs = 3_600_000
const spreadMs = 300_000
const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/**
 * `at` itself when it may be used, else a moment in the first hour that may. A list of all hours or all days forbids
 * everything and is ignored.
 */
export function afterSkipped(at: Instant, pace: FeedPace, random01: number): Instant {
  const hours = skippedHours(pace.skipHours ?? [])
  const days = skippedDays(pace.skipDays ?? [])
  if (hours.size === 0 && days.size === 0) return at
  let hourAt = at - (at % hourMs)
  // At least one hour of one day is open, so a week of hours finds it.
  for (let step = 0; step <= 7 * 24; step++) {
    const date = new Date(hourAt)
    if (!hours.has(date.getUTCHours()) && !days.has(date.getUTCDay())) break
    hourAt += hourMs
  }
  return hourAt <= at ? at : hourAt + Math.floor(random01 * spreadMs)
}

// RSS 0.91 counted hours from 1 to 24.
function skippedHours(listed: readonly number[]): ReadonlySet<number> {
  const valid = listed.filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24)
  const hours = new Set(valid.map((hour) => hour % 24))
  return hours.size === 24 ? new Set() : hours
}

function skippedDays(listed: readonly string[]): ReadonlySet<number> {
  const days = new Set(listed.map((name) => dayNames.indexOf(name.trim().toLowerCase())))
  days.delete(-1)
  return days.size === 7 ? new Set() : days
}
