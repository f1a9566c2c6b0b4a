// Time zones as dates write them: offsets, RFC 822 and common abbreviations, IANA names.

/** Hours east of UTC. Where an abbreviation means several zones, the one news feeds mean. */
const HOURS: Readonly<Record<string, number>> = {
  z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, west: 1, bst: 1, cet: 1, met: 1, mez: 1, cest: 2, mest: 2, mesz: 2, eet: 2,
  eest: 3, msk: 3, мск: 3, غرینتش: 0, جرینتش: 0, msd: 4, trt: 3, ast: -4, at: -4, adt: -3, edt: -4, est: -5, et: -5, cdt: -5, cst: -6, ct: -6, mdt: -6,
  mst: -7, mt: -7, pdt: -7, pst: -8, pt: -8, akst: -9, akdt: -8, hst: -10, nst: -3.5, ndt: -2.5, irst: 3.5,
  irdt: 4.5, gst: 4, pkt: 5, ist: 5.5, npt: 5.75, wib: 7, ict: 7, hkt: 8, sgt: 8, awst: 8, jst: 9, kst: 9, acst: 9.5,
  acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13, art: -3, brt: -3, brst: -2, sast: 2, cat: 2, eat: 3, wat: 1,
} // biome-ignore format: a table
/** What nearly every feed writes, spared the longer look. */
const PLAIN_OFFSET = /^[+-]0\d[0-5]\d$/
const OFFSET = /^(?:gmt|utc|ut|z)?([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?$/
const MINUTE_MS = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes east of UTC of a folded offset or abbreviation ("+03:30", "gmt+3", "edt"); undefined when it is none. */
export function zoneMinutes(zone: string): number | undefined {
  if (zone === 'gmt' || zone === 'z') return 0
  if (PLAIN_OFFSET.test(zone))
    return (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)))
  const hours = Object.hasOwn(HOURS, zone) ? HOURS[zone] : undefined
  if (hours !== undefined) return hours * 60
  const [, sign, hour = '', minute = '0'] = OFFSET.exec(zone) ?? []
  if (sign === undefined || Number(hour) > 15 || Number(minute) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute))
}

/** Wall-clock milliseconds in an IANA zone as an instant; undefined for an unknown zone. In a gap the clock is read as before it. */
export function wallClockToInstant(wallMs: number, timeZone: string): number | undefined {
  const format = formatFor(timeZone)
  if (format === undefined) return undefined
  const guess = wallMs - (wallClock(format, wallMs) - wallMs)
  return wallMs - (wallClock(format, guess) - guess)
}

/** What the clock on the wall of an IANA zone shows at an instant, in milliseconds as if it were UTC; undefined for an unknown zone. */
export function instantToWallClock(instant: number, timeZone: string): number | undefined {
  const format = formatFor(timeZone)
  return format && wallClock(format, instant)
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  try {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
    return format
  } catch {
    return undefined
  }
}

/** What the clock on the wall shows at an instant, in milliseconds as if it were UTC. */
function wallClock(format: Intl.DateTimeFormat, instant: number): number {
  const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  const parts = format.formatToParts(whole)
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute')) + (instant - whole)
}
