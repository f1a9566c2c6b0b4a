// Headlines that a source uses again and again: "Dinar exchange rate today", "Morning briefing". They say nothing of the report.
import type { Instant } from '../model/time.ts'
import { fillTable, mixBits, newWordTable, setValue, valueFor, type WordTable } from '../text/word-table.ts'

/** Mutable. For each source and headline, packed in one number: the day of its last use and how many days before that the one before. */
export type Titles = WordTable

const DAY_MS = 86_400_000
const WINDOW_DAYS = 30
const GAP_BITS = 6
const NO_GAP = 2 ** GAP_BITS - 1

/** No headlines at all. */
export const newTitles: () => Titles = newWordTable

/** Notes that a source used a headline for a new article. `title` is a title hash, 0 for none. */
export function countTitle(titles: Titles, sourceId: string, title: number, at: Instant): void {
  if (title === 0) return
  const key = keyOf(sourceId, title)
  const before = valueFor(titles, key)
  const gap = before === 0 ? NO_GAP : Math.min(NO_GAP, Math.max(0, dayOf(at) - (before >> GAP_BITS)))
  const isKept = (use: number) => use >> GAP_BITS >= dayOf(at) - WINDOW_DAYS
  setValue(titles, key, (dayOf(at) << GAP_BITS) | gap, isKept)
}

/** Would one more use at `at` be the third or a later one within 30 days? */
export function isRecurring(titles: Titles, sourceId: string, title: number, at: Instant): boolean {
  const use = title === 0 ? 0 : valueFor(titles, keyOf(sourceId, title))
  const gap = use & NO_GAP
  return use !== 0 && gap !== NO_GAP && dayOf(at) - (use >> GAP_BITS) + gap <= WINDOW_DAYS
}

/** Goes on where other titles ended, from none: `saved` holds their keys, each with its use behind it. */
export function restoreTitles(titles: Titles, saved: Int32Array): void {
  fillTable(titles, saved)
}

function keyOf(sourceId: string, title: number): number {
  let hash = title
  for (let index = 0; index < sourceId.length; index++) hash = mixBits(hash ^ sourceId.charCodeAt(index))
  return hash
}

// At least 1, so that a packed use is never 0, which means absent.
function dayOf(at: Instant): number {
  return Math.max(1, Math.floor(at / DAY_MS))
}
