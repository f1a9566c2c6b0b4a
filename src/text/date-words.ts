// Dates in words and in local numbers: "Tue, 13 Oct 2026 14:00 EDT", "۲۱ مهر ۱۴۰۵", "10/30/23 9:55 pm".
import { type Month, monthOf } from './date-months.ts'
import { isWeekdayName } from './date-weekdays.ts'
import { zoneMinutes } from './date-zone.ts'

/** A date as its text gives it, ranges unchecked; `zone` is an offset, an abbreviation or an IANA name. */
export type CivilDate = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly calendar: Month['calendar']
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
  readonly millisecond?: number
  readonly zone?: string
}

/** What has been read so far; a second meaning for the same part makes the text no date. */
type Draft = {
  numbers: string[]
  month?: Month | undefined
  monthMayBeWeekday?: boolean
  date?: readonly [year: number, month: number, day: number] | undefined
  clock?: readonly [hour: number, minute: number, second: number, millisecond: number] | undefined
  half?: 'am' | 'pm' | undefined
  zone?: string | undefined
}

const TOKEN =
  /(?<time>\d{1,2}:\d{1,2}(?::\d{1,2}(?:[.,]\d+)?)?)|(?<ymd>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))|(?<dmy>\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d))|(?<offset>(?:gmt|utc)?[+-]\d{1,2}:?\d{2}(?::?\d{2})?(?!\d)|(?:gmt|utc)[+-]\d{1,2}(?!\d)|[+-]\d{2}(?!\d))|(?<number>\d+)|(?<iana>[a-z]+(?:\/[a-z_+-]+\d*){1,2})|(?<word>[\p{L}']+)|(?<mark>[\s,.;|()/·]+|-)|(?<odd>.)/gsuy
const TWO_WORDS = /(?<=^|[\s\d,/(-])(کانون|تشرین) (?:ال)?(ثانی|اول)(?!\p{L})/gu
const HALVES: Readonly<Record<string, 'am' | 'pm'>> = {
  am: 'am', pm: 'pm', ص: 'am', صباحا: 'am', م: 'pm', مساء: 'pm', مسا: 'pm', 'قظ': 'am', 'بظ': 'pm', πμ: 'am', μμ: 'pm', صبح: 'am', عصر: 'pm', قبلازظهر: 'am', بعدازظهر: 'pm', 오전: 'am', 오후: 'pm', 上午: 'am', 下午: 'pm',
} // biome-ignore format: a table
/** Words that stand around a date and say nothing. */
const FILLERS = new Set(
  't at on of de del di the le um uhr a as alle ore los las la h hrs kl den o st nd rd th er в г года год saat ساعت ماه م الساعه بتوقیت على علی في فی'.split(
    ' ',
  ),
)

/** Reads a folded text that has no ISO shape; undefined when anything in it is foreign to a date. */
export function parseWordyDate(text: string): CivilDate | undefined {
  const draft: Draft = { numbers: [] }
  for (const { groups = {} } of prepare(text).matchAll(TOKEN)) if (!take(draft, groups)) return undefined
  const date = draft.date ?? dateFromWords(draft)
  if (date === undefined || (draft.date !== undefined && draft.numbers.length > 0)) return undefined
  const [year, month, day] = date
  return {
    year,
    month,
    day,
    calendar: draft.month?.calendar ?? (isJalaliYear(year) ? 'jalali' : 'gregorian'),
    ...clockOf(draft),
    ...(draft.zone === undefined ? {} : { zone: draft.zone }),
  }
}

/** Joins what belongs together and parts what does not. */
function prepare(text: string): string {
  return text
    .replace(/\b([ap])\.\s?m\b\.?/g, '$1m')
    .replace(/([قب])\.\s?(ظ)\.?/g, '$1$2')
    .replace(/(قبل|بعد) از ظهر/g, '$1ازظهر')
    .replace(/([πμ])\.\s?(μ)\.?/g, '$1$2')
    .replace(/(\d)\s*[年년]\s*(\d+)\s*[月월]\s*(\d+)\s*[日일]/g, '$1-$2-$3 ')
    .replace(/\b(\d{1,2})\.\s+(\d{1,2})\.\s+(\d{4})\b/, '$1.$2.$3')
    .replace(/\b(\d{4})\.\s+(\d{1,2})\.\s+(\d{1,2})\b/, '$1.$2.$3')
    .replace(/\([^()]*\)\s*$/, '')
    .replace(
      /(?<=\d{4}(?:,| -)?\s+)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?\b/,
      (_, hour, minute, second = '00') => `${hour}:${minute}:${second}`,
    )
    .replace(TWO_WORDS, '$1ال$2')
    .replace(/\b(\d{1,2})\s?h\s?(\d{2})?\b/g, (_, hour, minute = '00') => `${hour}:${minute}`)
    .replace(/\b(\d{1,2})\s*([ap]m)\b/g, (whole, hour, half, at: number, all: string) =>
      all[at - 1] === ':' ? whole : `${hour}:00 ${half}`,
    )
}

function take(draft: Draft, groups: Readonly<Record<string, string | undefined>>): boolean {
  const { time, ymd, dmy, offset, number, iana, word, mark } = groups
  if (mark !== undefined) return true
  if (time !== undefined) return draft.clock === undefined && setClock(draft, time)
  if (ymd !== undefined || dmy !== undefined) return draft.date === undefined && setDate(draft, ymd, dmy)
  if (offset !== undefined) return setOffset(draft, offset)
  if (number !== undefined) return draft.numbers.push(number) <= 2
  if (iana !== undefined) return setZone(draft, iana)
  return word !== undefined && takeWord(draft, word)
}

function setClock(draft: Draft, time: string): boolean {
  const [hour = '', minute = '', second = '0'] = time.split(':')
  const [whole = '0', fraction = ''] = second.split(/[.,]/)
  draft.clock = [Number(hour), Number(minute), Number(whole), Number(`${fraction}000`.slice(0, 3))]
  return true
}

function setDate(draft: Draft, ymd: string | undefined, dmy: string | undefined): boolean {
  const [a = 0, b = 0, c = 0] = (ymd ?? dmy ?? '').split(/[-/.]/).map(Number)
  draft.date = ymd === undefined ? localOrder(a, b, c, dmy?.includes('/') === true) : [a, b, c]
  return true
}

/** With slashes the month comes first, as in the US, unless it cannot or the year is Jalali; otherwise the day does. */
function localOrder(a: number, b: number, c: number, slashes: boolean): readonly [number, number, number] {
  const year = c < 100 ? fullYear(c) : c
  return slashes && !isJalaliYear(year)
    ? a > 12
      ? [year, b, a]
      : [year, a, b]
    : b > 12
      ? [year, a, b]
      : [year, b, a]
}

/** As Gregorian years these are older than any feed. */
function isJalaliYear(year: number): boolean {
  return year >= 1300 && year < 1500
}

/** RFC 2822, 4.3: two digits below 50 are of this century. */
function fullYear(twoDigits: number, calendar: Month['calendar'] = 'gregorian'): number {
  const century = calendar === 'jalali' ? 1300 : 1900
  return twoDigits < 50 ? century + 100 + twoDigits : century + twoDigits
}

/** Before the time "-2004" is a hyphen and a year, after it an offset. */
function setOffset(draft: Draft, offset: string): boolean {
  if (draft.clock !== undefined) return setZone(draft, offset)
  const digits = offset.replace(/^[+-]/, '')
  return /^\d+$/.test(digits) && draft.numbers.push(digits) <= 2
}

function setZone(draft: Draft, zone: string): boolean {
  const relative = draft.zone !== undefined && /^[+-]/.test(zone)
  if (draft.zone === undefined || relative) draft.zone = zone
  return true
}

function takeWord(draft: Draft, word: string): boolean {
  const half = Object.hasOwn(HALVES, word) ? HALVES[word] : undefined
  // Before the time only Korean and Chinese name its half; "am 13. Oktober" is German.
  if (half !== undefined && (draft.clock !== undefined || /^[^a-z\u0600-\u06ff]+$/.test(word)))
    return setHalf(draft, half)
  const month = monthOf(word)
  if (month !== undefined) return setMonth(draft, month, WEEKDAY_OR_MONTH.has(word))
  if (FILLERS.has(word) && !(word === 'at' && isComplete(draft))) return true
  if (zoneMinutes(word) !== undefined) return setZone(draft, word)
  const nothingYet = draft.numbers.length === 0 && draft.date === undefined && draft.clock === undefined
  return nothingYet || isWeekdayName(word) || (draft.clock !== undefined && /^[a-z]{1,5}$/.test(word))
}

/** Behind the whole date and its time, "at" is Atlantic time. */
function isComplete({ clock, month, numbers }: Draft): boolean {
  return clock !== undefined && month !== undefined && numbers.length === 2
}

function setHalf(draft: Draft, half: 'am' | 'pm'): boolean {
  draft.half = half
  return true
}

/** Short for a weekday in some languages and for a month in others: mardi, martes; szerda. */
const WEEKDAY_OR_MONTH = new Set(['mar', 'sze'])

/** "تشرین الاول/اکتبر" names one month twice; two different months make no date. */
function setMonth(draft: Draft, month: Month, mayBeWeekday: boolean): boolean {
  const first = draft.month
  if (first !== undefined && mayBeWeekday) return true
  if (first !== undefined && first.number !== month.number && !draft.monthMayBeWeekday) return false
  draft.monthMayBeWeekday = mayBeWeekday && draft.numbers.length === 0
  draft.month = month
  return true
}

function dateFromWords(draft: Draft): readonly [number, number, number] | undefined {
  const [first, second] = draft.numbers
  if (draft.month === undefined || first === undefined) return undefined
  if (second === undefined) return first.length === 4 ? [Number(first), draft.month.number, 1] : undefined
  const yearFirst = first.length > 2
  const [year, day] = yearFirst ? [first, second] : [second, first]
  if (day.length > 2 || (year.length !== 4 && year.length !== 2)) return undefined
  return [
    year.length === 2 ? fullYear(Number(year), draft.month.calendar) : Number(year),
    draft.month.number,
    Number(day),
  ]
}

function clockOf({ clock, half }: Draft): Partial<CivilDate> {
  if (clock === undefined) return {}
  const [hour, minute, second, millisecond] = clock
  const shifted = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour
  return { hour: shifted, minute, second, millisecond }
}
