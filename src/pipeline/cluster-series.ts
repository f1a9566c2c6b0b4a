// Reports that come again and again with other figures, each about a day of its own: the close of a market, the rate of a currency.
import { isNumber, spelledWords } from '../text/fingerprint.ts'
import { stringsOf } from '../text/strings-of.ts'
import { type Comparable, IN_TITLE } from './dedupe-comparable.ts'
import { wordFeaturesOf } from './dedupe-features.ts'

const DAY_MS = 86_400_000
const PUNCTUAL_MS = 1_800_000
const TITLES_LEAST = 0.25

/** How far a report is from the first and the last of a story, and whether one source told it and what it is compared with. */
export type Distance = { readonly apartMs: readonly number[]; readonly isSameSource: boolean }

/**
 * Are two reports of one series: under headlines that are alike but for a figure, and of two days? That is seen from the days of the week
 * that they name, or from one source telling both at one time of the day. New figures of one event come when there are some.
 */
export function isOfSeries(a: Comparable, b: Comparable, { apartMs, isSameSource }: Distance): boolean {
  if (!hasOwnNumber(a, b) || !hasOwnNumber(b, a)) return false // most headlines have no number
  if (wordFeaturesOf(a, b, 0).titles < TITLES_LEAST) return false
  return (isSameSource && apartMs.some(isPunctual)) || nameOtherDays(a, b)
}

/** Does the headline of the first have a number that the other's has not? */
function hasOwnNumber({ words, places }: Comparable, other: Comparable): boolean {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0
    const isInTitle = ((places[index] ?? 0) & IN_TITLE) !== 0
    if (isInTitle && isNumber(word) && !headlineHas(other, word)) return true
  }
  return false
}

function headlineHas({ words, places }: Comparable, word: number): boolean {
  const index = words.indexOf(word)
  return index >= 0 && ((places[index] ?? 0) & IN_TITLE) !== 0
}

/** One or several days apart, to the half hour. */
function isPunctual(apartMs: number): boolean {
  const days = Math.round(apartMs / DAY_MS)
  return days > 0 && Math.abs(apartMs - days * DAY_MS) <= PUNCTUAL_MS
}

function nameOtherDays(a: Comparable, b: Comparable): boolean {
  const [own, other] = [weekdaysOf(a), weekdaysOf(b)]
  return own.length > 0 && other.length > 0 && !own.some((day) => other.includes(day))
}

let weekdays: ReadonlyMap<number, number> | undefined

function weekdaysOf({ words }: Comparable): readonly number[] {
  weekdays ??= stemsOfWeekdays()
  const known = weekdays
  return [...words].flatMap((stem) => known.get(stem) ?? [])
}

function stemsOfWeekdays(): ReadonlyMap<number, number> {
  const languages = (['en', 'ar', 'fa'] as const).map((language) => stringsOf(language).weekdays)
  const days = languages.flatMap((names) => names.map((name, day) => ({ day, words: spelledWords(name) })))
  const whole = days.filter(({ words }) => words.length === 1) // parts of a name are other words
  return new Map(whole.flatMap(({ day, words }) => words.map(({ stem }) => [stem, day] as const)))
}
