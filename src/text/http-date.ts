// Reads the three date formats of HTTP (RFC 9110 section 5.6.7), and nothing else.
import type { Instant } from '../model/time.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const time = String.raw`(\d\d):(\d\d):(\d\d)`
// Sun, 06 Nov 1994 08:49:37 GMT
const fixdate = new RegExp(String.raw`^\w{3}, (\d\d) (\w{3}) (\d{4}) ${time} (?:GMT|UTC)$`, 'i')
// Sunday, 06-Nov-94 08:49:37 GMT
const rfc850 = new RegExp(String.raw`^\w{6,9}, (\d\d)-(\w{3})-(\d\d) ${time} GMT$`, 'i')
// Sun Nov  6 08:49:37 1994
const asctime = new RegExp(String.raw`^\w{3} (\w{3}) ([ \d]\d) ${time} (\d{4})$`, 'i')

/** Undefined for anything that is no HTTP date. `now` settles the century of two-digit years. */
export function parseHttpDate(text: string, now: Instant): Instant | undefined {
  const trimmed = text.trim()
  const fixed = fixdate.exec(trimmed)
  if (fixed !== null) return instantOf(Number(fixed[3]), fixed[2], fixed[1], fixed.slice(4, 7))
  const old = rfc850.exec(trimmed)
  if (old !== null) return instantOf(fullYear(Number(old[3]), now), old[2], old[1], old.slice(4, 7))
  const ansi = asctime.exec(trimmed)
  if (ansi !== null) return instantOf(Number(ansi[6]), ansi[1], ansi[2], ansi.slice(3, 6))
  return undefined
}

// A year that seems more than 50 years ahead lies in the past (RFC 9110).
function fullYear(twoDigits: number, now: Instant): number {
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + twoDigits
  return year > thisYear + 50 ? year - 100 : year
}

function instantOf(
  year: number,
  monthName: string | undefined,
  dayText: string | undefined,
  clock: readonly string[],
): Instant | undefined {
  const month = months.indexOf((monthName ?? '').toLowerCase())
  const day = Number(dayText)
  const [hours = 99, minutes = 99, seconds = 99] = clock.map(Number)
  if (month === -1 || hours > 23 || minutes > 59 || seconds > 60) return undefined
  const at = Date.UTC(year, month, day, hours, minutes, seconds)
  return new Date(Date.UTC(year, month, day)).getUTCDate() === day ? at : undefined // no 31 February
}
