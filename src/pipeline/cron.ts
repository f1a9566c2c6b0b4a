// Cron expressions in a time zone: when is a digest due? Pure; node-cron only wakes us, this decides.
import type { Instant } from '../model/time.ts'
import { instantToWallClock } from '../text/date-zone.ts'

/** Five sets of allowed values. `days` and `weekdays` combine as cron does: with both restricted, either is enough. */
export type Cron = {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  readonly eitherDay: boolean
}

export type CronResult =
  | { readonly ok: true; readonly cron: Cron }
  | { readonly ok: false; readonly message: string }

const fields = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'weekday', min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const
type Field = (typeof fields)[number]

const nicknames: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
}

function numberIn(field: Field, text: string): number | undefined {
  const named = (field.names as readonly string[]).indexOf(text.toLowerCase())
  if (named >= 0) return named + field.min
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  return value >= field.min && value <= field.max ? value : undefined
}

function rangeOf(field: Field, text: string): readonly [number, number] | undefined {
  if (text === '*') return [field.min, field.max === 7 ? 6 : field.max]
  const [first = '', last = first] = text.split('-')
  const from = numberIn(field, first)
  const to = numberIn(field, last)
  return from === undefined || to === undefined || from > to ? undefined : [from, to]
}

function parsePart(field: Field, part: string, into: Set<number>): boolean {
  const [range = '', stepText] = part.split('/')
  const bounds = rangeOf(field, range)
  const step = stepText === undefined ? 1 : Number(stepText)
  if (bounds === undefined || !Number.isInteger(step) || step < 1) return false
  const to = stepText !== undefined && range !== '*' && !range.includes('-') ? field.max : bounds[1] // 5/15 = 5-59/15
  for (let value = bounds[0]; value <= to; value += step) into.add(field.max === 7 ? value % 7 : value)
  return true
}

/** Reads `minute hour day month weekday`, with lists, ranges, steps, English names and @daily and its like. */
export function parseCron(expression: string): CronResult {
  const parts = (nicknames[expression.trim().toLowerCase()] ?? expression).trim().split(/\s+/)
  if (parts.length !== 5)
    return {
      ok: false,
      message: `expected five fields (minute hour day month weekday), found ${parts.length}`,
    }
  const sets = fields.map(() => new Set<number>())
  for (const [index, field] of fields.entries()) {
    const text = parts[index] ?? ''
    for (const part of text.split(',')) {
      const set = sets[index]
      if (set === undefined || !parsePart(field, part, set))
        return { ok: false, message: `"${text}" is no ${field.name} (${field.min}-${field.max})` }
    }
  }
  const [minutes, hours, days, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ] // one per field
  const cron = { minutes, hours, days, months, weekdays, eitherDay: parts[2] !== '*' && parts[4] !== '*' }
  return hasADay(cron) ? { ok: true, cron } : { ok: false, message: 'there is no such day in any year' }
}

function hasADay({ days, months, eitherDay }: Cron): boolean {
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return eitherDay || [...months].some((month) => Math.min(...days) <= (longest[month - 1] ?? 31))
}

type LocalDay = { readonly year: number; readonly month: number; readonly day: number }

/** The wall clock of a zone at an instant, as the UTC instant that would show the same digits. */
function wallClock(at: Instant, timeZone: string): Instant {
  return instantToWallClock(at, timeZone) ?? at // an unknown zone is refused with the configuration
}

/** The instant when the zone's wall clock first shows this time; a time that daylight saving skips moves on by the length of the gap. */
function instantOf({ year, month, day }: LocalDay, minuteOfDay: number, timeZone: string): Instant {
  const wanted = Date.UTC(year, month - 1, day, 0, minuteOfDay)
  const [before = 0, after = 0] = [wanted - 86_400_000, wanted + 86_400_000].map(
    (near) => wallClock(near, timeZone) - near,
  )
  const candidates = [wanted - before, wanted - after].filter((at) => wallClock(at, timeZone) === wanted)
  return candidates.length > 0 ? Math.min(...candidates) : wanted - before
}

function fits(cron: Cron, local: LocalDay): boolean {
  if (!cron.months.has(local.month)) return false
  const weekday = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay()
  const byDay = cron.days.has(local.day)
  const byWeekday = cron.weekdays.has(weekday)
  return cron.eitherDay ? byDay || byWeekday : byDay && byWeekday
}

const daysMax = 400 // a yearly digest that slept for a year

/** The latest slot in (after, upTo]; undefined when there is none. Slots of skipped hours fall on the end of the gap, repeated hours count once. */
export function latestSlot(cron: Cron, timeZone: string, after: Instant, upTo: Instant): Instant | undefined {
  const today = wallClock(upTo, timeZone)
  const minutes = [...cron.hours]
    .flatMap((hour) => [...cron.minutes].map((minute) => hour * 60 + minute))
    .toSorted((a, b) => b - a)
  for (let back = 0; back < daysMax; back++) {
    const date = new Date(today - back * 86_400_000)
    const local = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
    if (Date.UTC(local.year, local.month - 1, local.day) < wallClock(after, timeZone) - 2 * 86_400_000)
      return undefined
    if (!fits(cron, local)) continue
    const found = minutes.map((minute) => instantOf(local, minute, timeZone)).find((at) => at <= upTo)
    if (found !== undefined) return found > after ? found : undefined
  }
  return undefined
}
