// RFC 3339 and the shapes of ISO 8601 that feeds use.
import type { CivilDate } from './date-words.ts'

const FULL =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]\s*(\d{1,2}):(\d{2})(?::(\d{1,2})(?:[.,](\d+))?)?\s*(z|[+-]\d{1,2}(?::?\d{2}){0,2})?)?$/
const BASIC =
  /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?(z|[+-]\d{2}(?::?\d{2})?)?)?$/
/** Shortened and ordinal forms of ISO 8601:1988; a two-digit year is of this century. */
const SHORT: readonly (readonly [RegExp, (parts: readonly number[]) => DateParts])[] = [
  [/^(\d{4})$/, ([year = 0]) => [year, 1, 1]],
  [/^(\d{4})-(\d{2})$/, ([year = 0, month = 0]) => [year, month, 1]],
  [/^(\d{4})-?(\d{3})$/, ([year = 0, day = 0]) => ordinal(year, day)],
  [/^-?(\d{2})-(\d{3})$/, ([year = 0, day = 0]) => ordinal(2000 + year, day)],
  [/^-?(\d{2})(\d{3})$/, ([year = 0, day = 0]) => ordinal(2000 + year, day)],
  [/^(\d{2})-?(\d{2})-?(\d{2})$/, ([year = 0, month = 0, day = 0]) => [2000 + year, month, day]],
  [/^-(\d{2})-?(\d{2})$/, ([year = 0, month = 0]) => [2000 + year, month, 1]],
  [/^-(\d{2})$/, ([year = 0]) => [2000 + year, 1, 1]],
]
const ORDINAL_TIME = /^(\d{4})-?(\d{3})t(\d{2}):(\d{2})(?::(\d{2}))?(z|[+-]\d{2}:?\d{2})?$/
type DateParts = readonly [year: number, month: number, day: number]

/** Reads a folded text; undefined when it has no ISO shape. Ranges are not checked here. */
export function parseIsoDate(text: string): CivilDate | undefined {
  const full = FULL.exec(text) ?? BASIC.exec(text)
  if (full !== null) return fromFull(full)
  for (const [shape, read] of SHORT) {
    const parts = shape.exec(text)?.slice(1).map(Number)
    if (parts !== undefined) return civil(read(parts))
  }
  const [, year, day, ...clock] = ORDINAL_TIME.exec(text) ?? []
  if (year === undefined) return undefined
  return withClock(civil(ordinal(Number(year), Number(day))), [
    clock[0],
    clock[1],
    clock[2],
    undefined,
    clock[3],
  ])
}

function fromFull([, year, month, day, ...clock]: readonly (string | undefined)[]): CivilDate {
  return withClock(civil([Number(year), Number(month), Number(day)]), clock)
}

function civil([year, month, day]: DateParts): CivilDate {
  return { year, month, day, calendar: year >= 1300 && year < 1500 ? 'jalali' : 'gregorian' }
}

function withClock(date: CivilDate, clock: readonly (string | undefined)[]): CivilDate {
  const [hour = 0, minute = 0, second = 0, fraction = '', zone] = clock
  return {
    ...date,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(`${fraction}000`.slice(0, 3)),
    ...(zone === undefined ? {} : { zone }),
  }
}

/** The `day`-th day of a year; days past its end make no date. */
function ordinal(year: number, day: number): DateParts {
  const date = new Date(Date.UTC(year, 0, day))
  return day < 1 || day > 366
    ? [year, 0, 0]
    : [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}
