// Dates and times as an edition writes them, in the time zone of its digest.
import type { EditionLanguage } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { solarHijriDay, two, type WallTime, wallTime } from './calendar.ts'
import { localDigits } from './number-words.ts'
import { phrase } from './phrase.ts'
import { stringsOf } from './strings-of.ts'

/** Writes instants of one edition. */
export type DateWords = {
  readonly moment: (at: Instant) => string // Sunday 22 November 2026 06:00; Persian adds the Solar Hijri date
  readonly shortDay: (at: Instant) => string // 22 November
  readonly time: (at: Instant) => string // 06:12 on the edition's own day, 21 November 22:10 on another
}

/** `today` is the instant whose day needs no naming: the end of the window. */
export function dateWords(language: EditionLanguage, timeZone: string, today: Instant): DateWords {
  const own = wallTime(today, timeZone)
  const time = (at: Instant) => {
    const wall = wallTime(at, timeZone)
    const isOwnDay = wall.day === own.day && wall.month === own.month && wall.year === own.year
    const clock = clockTime(language, wall)
    return isOwnDay ? clock : `${shortDate(language, wall)} ${clock}`
  }
  return {
    shortDay: (at) => shortDate(language, wallTime(at, timeZone)),
    time,
    moment: (at) =>
      phrase(stringsOf(language).moment, {
        date: longDate(language, timeZone, at),
        time: clockTime(language, wallTime(at, timeZone)),
      }),
  }
}

function longDate(language: EditionLanguage, timeZone: string, at: Instant): string {
  const strings = stringsOf(language)
  const { weekday, day, month, year } = wallTime(at, timeZone)
  const date = phrase(strings.longDate, {
    weekday: strings.weekdays[weekday] ?? '',
    day: String(day),
    month: strings.months[month - 1] ?? '',
    year: String(year),
  })
  return localDigits(withSolarDate(language, timeZone, at, date), strings.digits)
}

function withSolarDate(language: EditionLanguage, timeZone: string, at: Instant, date: string): string {
  const strings = stringsOf(language)
  if (strings.solarMonths.length === 0) return date
  const solar = solarHijriDay(at, timeZone)
  return phrase(strings.solarDate, {
    date,
    day: String(solar.day),
    month: strings.solarMonths[solar.month - 1] ?? '',
    year: String(solar.year),
  })
}

function shortDate(language: EditionLanguage, { day, month }: WallTime): string {
  const strings = stringsOf(language)
  const values = { day: String(day), month: strings.months[month - 1] ?? '' }
  return localDigits(phrase(strings.shortDate, values), strings.digits)
}

function clockTime(language: EditionLanguage, { hour, minute }: WallTime): string {
  return localDigits(`${two(hour)}:${two(minute)}`, stringsOf(language).digits)
}
