// Whether two reports in different languages tell of one event, by what survives translation: topics, numbers, names and time.
import type { Instant } from '../model/time.ts'
import { LEAD_UNITS } from '../text/fingerprint.ts'
import { nameWords } from '../text/name-words.ts'
import { toldNumbers } from '../text/told-numbers.ts'

/** A report with all that is compared of it. */
export type Telling = {
  readonly articleId: number
  readonly language: string // primary subtag
  readonly at: Instant // published, or first seen when undated
  readonly seenAt: Instant
  readonly topics: readonly string[] // that it matches
  readonly numbers: readonly number[]
  readonly names: ReadonlyMap<string, string> // skeletons, each with a folded word as written
}

const HOUR_MS = 3_600_000
/** Reports further apart are never linked. */
export const LINK_WITHIN_MS = 36 * HOUR_MS
const LATE_MS = 12 * HOUR_MS

// Set by hand and judged on tests/fixtures/echo/across-languages.txt. From 2.3 on every pair linked there is a true one; below, every fifth is not.
const LINK_FROM = 2.5
const LONG_NAME = 1.2
const SHORT_NAME = 0.8
const SHORT_SOUNDS = 3
const FURTHER_TOPIC = 0.7
const FURTHER_TOPICS_MOST = 2
const OTHER_NUMBERS = -1
const LATE = -0.5

/** The skeletons of what a desk listens for: that counts as topics, not as names. Terms are often written small, and only capitals are names. */
export function expectedNames(texts: readonly string[]): ReadonlySet<string> {
  const capitalised = texts.map((text) =>
    text.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase()),
  )
  return new Set(capitalised.flatMap((text) => [...nameWords(text).keys()]))
}

/** What a report tells, but for the names that are `expected`. */
export function tellingOf(
  {
    title,
    text,
    ...rest
  }: Omit<Telling, 'numbers' | 'names'> & { readonly title: string; readonly text: string },
  expected: ReadonlySet<string>,
): Telling {
  const told = `${title}\n${text.slice(0, LEAD_UNITS)}`
  const names = [...nameWords(told)].filter(([skeleton]) => !expected.has(skeleton))
  return { ...rest, numbers: toldNumbers(told), names: new Map(names) }
}

/** What a report is found by: its names, and numbers of two digits and more. Three killed here and three killed there say nothing. */
export function linkKeys({ numbers, names }: Telling): readonly (string | number)[] {
  return [...names.keys(), ...numbers.filter(isTelling)]
}

/**
 * Why two reports are linked, such as `other-language score=3.4 topics=iraq,energy numbers=17,210000 names=darwash/دروش`; undefined when
 * they are not. It makes no difference which one comes first, but for the order of the words of a name.
 */
export function languageLink(a: Telling, b: Telling): string | undefined {
  if (a.language === b.language || Math.abs(a.seenAt - b.seenAt) > LINK_WITHIN_MS) return undefined
  const apartMs = Math.abs(a.at - b.at)
  const topics = a.topics.filter((topic) => b.topics.includes(topic))
  if (apartMs > LINK_WITHIN_MS || topics.length === 0) return undefined
  const numbers = a.numbers.filter((number) => b.numbers.includes(number))
  const names = [...a.names].filter(([skeleton]) => b.names.has(skeleton))
  if (names.length === 0 && !numbers.some(isTelling)) return undefined
  const score =
    numbers.reduce((sum, number) => sum + numberWeight(number), 0) +
    names.reduce((sum, [{ length }]) => sum + (length > SHORT_SOUNDS ? LONG_NAME : SHORT_NAME), 0) +
    FURTHER_TOPIC * Math.min(FURTHER_TOPICS_MOST, topics.length - 1) +
    (tellOtherNumbers(a, b) ? OTHER_NUMBERS : 0) +
    (apartMs > LATE_MS ? LATE : 0)
  if (score < LINK_FROM) return undefined
  return reasonOf(
    score,
    topics,
    numbers,
    names.map(([skeleton, word]) => `${word}/${b.names.get(skeleton) ?? ''}`),
  )
}

function reasonOf(
  score: number,
  topics: readonly string[],
  numbers: readonly number[],
  names: readonly string[],
): string {
  const parts = { topics: topics.toSorted(), numbers, names: names.toSorted() }
  const shared = Object.entries(parts).filter(([, values]) => values.length > 0)
  const told = shared.map(([name, values]) => `${name}=${values.join(',')}`)
  return ['other-language', `score=${score.toFixed(1)}`, ...told].join(' ')
}

/** Both have telling numbers, and share none. */
function tellOtherNumbers(a: Telling, b: Telling): boolean {
  const [own, other] = [a.numbers.filter(isTelling), b.numbers.filter(isTelling)]
  return own.length > 0 && other.length > 0 && !own.some((number) => other.includes(number))
}

function isTelling(number: number): boolean {
  return numberWeight(number) >= 1
}

/** The more digits before its zeros, the less two reports have a number in common by chance: 4 weighs 0.5, 17 and 600 1, 4.5 1.5, 148500 2. */
function numberWeight(number: number): number {
  const digits = String(number)
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length
  if (digits >= 3) return 2
  if (digits === 2) return Number.isInteger(number) && number < 100 ? 1 : 1.5
  return number >= 100 ? 1 : 0.5
}
