// How rare a word is: in how many reports it occurs, counted over what was seen and, before that, over a background of news.
import { backgroundShares } from './background-counts.ts'
import { newWordTable, reviseValues, setValue, valueFor, type WordTable } from './word-table.ts'

/** Mutable. Reports and counts are scaled by SCALE, so that halving them keeps rare words. */
export type Rarity = { reports: number; readonly counts: WordTable }

const SCALE = 16
const BACKGROUND_REPORTS = 1_500 // what the background weighs against reports seen
const REPORTS_MAX = 400_000 // then everything is halved: what is news ages

/** Starts from the background, so that the first reports of the day are not all alike. Counts words, or stems. */
export function newRarity(of: 'words' | 'stems'): Rarity {
  const rarity = { reports: BACKGROUND_REPORTS * SCALE, counts: newWordTable() }
  for (const [word, share] of backgroundShares(of)) {
    setValue(rarity.counts, word, Math.max(1, Math.round(share * BACKGROUND_REPORTS * SCALE)))
  }
  return rarity
}

/** Counts one report with these distinct words. */
export function countReport(rarity: Rarity, distinctWords: Int32Array): void {
  for (const word of distinctWords) setValue(rarity.counts, word, valueFor(rarity.counts, word) + SCALE)
  rarity.reports += SCALE
  if (rarity.reports > REPORTS_MAX * SCALE) {
    rarity.reports >>= 1
    reviseValues(rarity.counts, (count) => count >> 1)
  }
}

/** Inverse document frequency on a scale from 0 (in every report) to 1 (never seen). */
export function rarityOf(rarity: Rarity, word: number): number {
  const reports = rarity.reports + SCALE
  const unseen = SCALE / 2
  return Math.log(reports / (valueFor(rarity.counts, word) + unseen)) / Math.log(reports / unseen)
}
