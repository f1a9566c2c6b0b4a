// RFC 822 and its successors, exactly as written by nearly every RSS feed; anything looser is for date-words.ts.
import type { CivilDate } from './date-words.ts'

const SHAPE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun), )?(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ([+-]\d{4}|gmt|utc|z)$/
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** Reads a folded text of exactly that shape; undefined for any other. Ranges are not checked here. */
export function parseMailDate(text: string): CivilDate | undefined {
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [, day, month = '', year, hour, minute, second = '0', zone = 'z'] = match
  return {
    year: Number(year),
    month: MONTHS.indexOf(month) / 3 + 1,
    day: Number(day),
    calendar: 'gregorian',
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    zone,
  }
}
