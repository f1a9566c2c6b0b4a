// What the clock and the calendar on a reader's wall show at an instant, in plain numbers; words are the strings' business.
import type { Instant } from '../model/time.ts'

export type WallTime = {
  readonly year: number
  readonly month: number // 1 to 12
  readonly day: number
  readonly weekday: number // 0 is Sunday
  readonly hour: number
  readonly minute: number
}
export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number }

/** The Gregorian date and the time of day in an IANA zone. Throws RangeError for a zone that does not exist. */
export function wallTime(at: Instant, timeZone: string): WallTime {
  const [year, month, day, hour, minute] = numbersOf(at, timeZone, 'gregory')
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, weekday, hour, minute }
}

/** The date of the Solar Hijri calendar, as used in Iran and Afghanistan. */
export function solarHijriDay(at: Instant, timeZone: string): CalendarDay {
  const [year, month, day] = numbersOf(at, timeZone, 'persian')
  return { year, month, day }
}

/** `2026-11-22`, for file names and for comparing days. */
export function isoDay(at: Instant, timeZone: string): string {
  const { year, month, day } = wallTime(at, timeZone)
  return [String(year).padStart(4, '0'), two(month), two(day)].join('-')
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Only numbers are taken from Intl: its words and punctuation change between versions, and editions must not. */
function numbersOf(
  at: Instant,
  timeZone: string,
  calendar: string,
): [number, number, number, number, number] {
  const parts = new Map(
    format(timeZone, calendar)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const number = (type: Intl.DateTimeFormatPartTypes) => Number.parseInt(parts.get(type) ?? '', 10)
  return [number('year'), number('month'), number('day'), number('hour'), number('minute')]
}

function format(timeZone: string, calendar: string): Intl.DateTimeFormat {
  const key = `${calendar} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(key, made)
  return made
}
