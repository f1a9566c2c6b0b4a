// Dates as feeds write them, in twelve languages and two calendars.
import type { Instant } from '../model/time.ts'
import { foldDateWord } from './date-fold.ts'
import { parseIsoDate } from './date-iso.ts'
import { jalaliToUtcMs } from './date-jalali.ts'
import { parseMailDate } from './date-mail.ts'
import { type CivilDate, parseWordyDate } from './date-words.ts'
import { wallClockToInstant, zoneMinutes } from './date-zone.ts'

/** A date text longer than this is prose. */
const LENGTH_MAX = 100
const MINUTE_MS = 60_000
const TEHRAN = 'Asia/Tehran'

/**
 * The instant a date text means, or undefined when it is no date. RFC 3339 and ISO 8601, RFC 822, asctime, Unix
 * seconds and milliseconds, and what news systems write in words; never `Date.parse`. A date without a zone is read
 * in `timeZone` (an IANA name), else in UTC, and a Jalali one in Asia/Tehran. A day that its month does not have
 * (31 June) runs into the next month; years outside 1000-9999, and outside 1244-1531 in the Jalali calendar, are no dates.
 */
export function parseDate(text: string, options: { timeZone?: string } = {}): Instant | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > LENGTH_MAX) return undefined
  const plain = foldDateWord(trimmed)
  const usual = parseMailDate(plain) // nearly every date of an RSS feed, and nothing odd about it
  if (usual !== undefined) return toInstant(usual, options.timeZone)
  const folded = withoutOddities(plain)
  const epoch = parseEpoch(folded)
  if (epoch !== undefined) return epoch
  const civil = parseMailDate(folded) ?? parseIsoDate(folded) ?? parseWordyDate(folded)
  return civil === undefined ? undefined : toInstant(civil, options.timeZone)
}

/** A zone's name in brackets after its offset (RFC 9557), a plus sign that some address swallowed, a label before the date. */
function withoutOddities(text: string): string {
  return text
    .replace(/(?<=z|\d)\[!?[\w/+-]+\]$/, '')
    .replace(/(\dt\d\d:\d\d:\d\d(?:\.\d+)?) (\d\d:?\d\d)$/, '$1+$2')
    .replace(/^(?:posted|published|updated|date)(?: on)?:? (?=\S)/, '')
}

/** Ten digits are seconds, thirteen are milliseconds. */
function parseEpoch(text: string): Instant | undefined {
  if (!/^\d{10}(\d{3})?(\.\d+)?$/.test(text)) return undefined
  return Math.floor(Number(text) * (/^\d{13}/.test(text) ? 1 : 1000))
}

function toInstant(date: CivilDate, timeZone: string | undefined): Instant | undefined {
  const wallMs = wallMsOf(date)
  if (wallMs === undefined) return undefined
  const zone = date.zone ?? timeZone ?? (date.calendar === 'jalali' ? TEHRAN : 'utc')
  const minutes = zoneMinutes(zone.toLowerCase())
  if (minutes !== undefined) return wallMs - minutes * MINUTE_MS
  return wallClockToInstant(wallMs, zone) ?? (date.zone === undefined ? undefined : wallMs)
}

function wallMsOf(date: CivilDate): number | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = date
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  if (minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined
  const [first, last] = date.calendar === 'jalali' ? [1244, 1531] : [1000, 9999]
  if (year < first || year > last) return undefined
  const clockMs = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
  const dayMs = date.calendar === 'jalali' ? jalaliToUtcMs(year, month, day) : Date.UTC(year, month - 1, day)
  return dayMs + clockMs
}
