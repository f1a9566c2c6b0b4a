// The Persian solar calendar, by the 33-year rule, which equals the official calendar for 1244-1531 AP.
const DAY_MS = 86_400_000
const NOWRUZ_1400_MS = Date.UTC(2021, 2, 21)
const DAYS_OF_33_YEARS = 12_053

/** Milliseconds since the epoch of 00:00 UTC on a Jalali date; years 1244-1531 only. */
export function jalaliToUtcMs(year: number, month: number, day: number): number {
  const days =
    newYearDay(year) - newYearDay(1400) + Math.min(month - 1, 6) * 31 + Math.max(month - 7, 0) * 30 + day - 1
  return NOWRUZ_1400_MS + days * DAY_MS
}

/** Days from the start of a cycle to 1 Farvardin of `year`; only differences mean anything. */
function newYearDay(year: number): number {
  const cycle = Math.floor(year / 33)
  const inCycle = year - cycle * 33
  const leapsBefore = [1, 5, 9, 13, 17, 22, 26, 30].filter((leap) => leap < inCycle).length
  return cycle * DAYS_OF_33_YEARS + inCycle * 365 + leapsBefore
}
