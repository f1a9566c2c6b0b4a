// How rare a word is: in how many reports it occurs, counted over what was seen and, before that, over a background of news.
import { backgroundShares } from './background-counts.ts'
import { spelledWords } from './fingerprint.ts'
import {
  addCount,
  countOf,
  countsOf,
  type ForgetOwners,
  fillCounts,
  newWordLedger,
  reviseCounts,
  setCount,
  type WordLedger,
} from './word-ledger.ts'

/** Mutable. Reports and counts are scaled by SCALE, so that halving them keeps rare words; `range` is the logarithm of the most. */
export type Rarity = { reports: number; range: number; readonly ledger: WordLedger }

const SCALE = 16
const UNSEEN = SCALE / 2
const BACKGROUND_REPORTS = 1_500 // what the background weighs against reports seen
const REPORTS_MAX = 400_000 // then everything is halved: what is news ages

const backgrounds = new Map<'words' | 'stems', WordLedger>()

/**
 * Starts from the background, so that the first reports of the day are not all alike; or goes on counting where another one ended, if
 * what `saveRarity` made of it is given. Counts words, or stems.
 */
export function newRarity(of: 'words' | 'stems', forget?: ForgetOwners, saved?: Int32Array): Rarity {
  if (saved !== undefined) return restoredRarity(of, saved, forget)
  const background = backgrounds.get(of) ?? readBackground(of)
  const reports = BACKGROUND_REPORTS * SCALE
  return { reports, range: rangeOf(reports), ledger: newWordLedger(forget, background) }
}

// Beside the words there are headlines, which have owners and no counts: without room for them, all is moved once they come.
const roomFor = { words: 2, stems: 1 }

function restoredRarity(of: 'words' | 'stems', saved: Int32Array, forget: ForgetOwners | undefined): Rarity {
  const ledger = newWordLedger(forget)
  const [reports = 0] = saved
  const counts = saved.subarray(1)
  fillCounts(ledger, counts, (counts.length / 2) * roomFor[of])
  return { reports, range: rangeOf(reports), ledger }
}

// Read once and copied for each index: reading takes some ten milliseconds.
function readBackground(of: 'words' | 'stems'): WordLedger {
  const ledger = newWordLedger()
  for (const [word, share] of backgroundShares(of)) {
    setCount(ledger, word, Math.max(1, Math.round(share * BACKGROUND_REPORTS * SCALE)))
  }
  backgrounds.set(of, ledger)
  return ledger
}

const EXPECTED_SHARE = 0.2

/**
 * Takes the words of these texts for common, as if one report in five held them. What a desk listens for, and the names of
 * its own sources, are rare in news at large and tell nothing apart on that desk.
 */
export function expectWords(
  { reports, ledger }: Rarity,
  of: 'words' | 'stems',
  texts: readonly string[],
): void {
  const least = Math.round(EXPECTED_SHARE * reports)
  for (const { word, stem } of texts.flatMap((text) => spelledWords(text))) {
    const key = of === 'words' ? word : stem
    if (countOf(ledger, key) < least) setCount(ledger, key, least)
  }
}

/** Counts one report with these distinct words. */
export function countReport(rarity: Rarity, distinctWords: Int32Array): void {
  for (const word of distinctWords) addCount(rarity.ledger, word, SCALE)
  rarity.reports += SCALE
  if (rarity.reports > REPORTS_MAX * SCALE) {
    rarity.reports >>= 1
    reviseCounts(rarity.ledger, (count) => count >> 1)
  }
  rarity.range = rangeOf(rarity.reports)
}

const rangeOf = (reports: number) => Math.log((reports + SCALE) / UNSEEN)

/** Inverse document frequency on a scale from 0 (in every report) to 1 (never seen). */
export function rarityOf(rarity: Rarity, word: number): number {
  return rarityOfCount(rarity, countOf(rarity.ledger, word))
}

/** The same for a word whose count in the ledger is known. */
export function rarityOfCount({ range }: Rarity, count: number): number {
  return count === 0 ? 1 : 1 - logOf(count) / range
}

const logs = new Float64Array(4_096) // of rare words: each is asked for many times

function logOf(count: number): number {
  if (count >= logs.length) return Math.log(count / UNSEEN + 1)
  const known = logs[count] ?? 0
  if (known !== 0) return known
  const log = Math.log(count / UNSEEN + 1)
  logs[count] = log
  return log
}

/** All counts as integers, for `newRarity`. */
export function saveRarity({ reports, ledger }: Rarity): Int32Array {
  const counts = countsOf(ledger)
  const saved = new Int32Array(counts.length + 1)
  saved[0] = reports
  saved.set(counts, 1)
  return saved
}

/** The rarity of a word that stands in this share of the reports, 0 to 1. */
export function rarityOfShare({ reports, range }: Rarity, share: number): number {
  return 1 - Math.log((share * reports) / UNSEEN + 1) / range
}
