// May an alert leave now? Not in its quiet hours, and not too soon after the last one.
import type { Alert } from '../model/alert.ts'
import type { Instant } from '../model/time.ts'
import { two, wallTime } from '../text/calendar.ts'

/** HH:MM by the clock of `timeZone`. */
function clockTime(at: Instant, timeZone: string): string {
  const { hour, minute } = wallTime(at, timeZone)
  return `${two(hour)}:${two(minute)}`
}

/** From `from` inclusive to `until` exclusive. Equal ends mean no quiet hours, not a silent day. */
export function isQuietHour(
  { quietHours, timeZone }: Pick<Alert, 'quietHours' | 'timeZone'>,
  at: Instant,
): boolean {
  if (quietHours === undefined) return false
  const { from, until } = quietHours
  const now = clockTime(at, timeZone)
  return from <= until ? from <= now && now < until : from <= now || now < until
}

/** What waits in the meantime is not lost: it is told, folded, in the first issue afterwards. */
export function mayAlert(alert: Alert, lastAlertAt: Instant | undefined, now: Instant): boolean {
  const cooled = lastAlertAt === undefined || now - lastAlertAt >= alert.cooldownMs
  return cooled && !isQuietHour(alert, now)
}
