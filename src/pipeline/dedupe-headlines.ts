// Tells one sentence under two names: "Baqer: We shall rebuild the old harbour" and "Samira: We shall rebuild the old harbour" are two
// reports, however much they share.
import { type Rarity, rarityOf, rarityOfShare } from '../text/rarity.ts'
import type { WordSequence } from './dedupe-comparable.ts'

const LABEL_SHARE_MAX = 0.05 // of all reports: a word in more of them names nobody, not even before a colon
const NAME_SHARE_MAX = 0.002 // a rarer word may be a name
const COMMON_RUN_LEAST = 5
const SHORT_RUN_LEAST = 3 // for headlines of four or five words: all but one

/** `outlets` are the words in the names of outlets: these stand in headlines and say nothing of the report. */
export type Wording = { readonly rarity: Rarity; readonly outlets: ReadonlySet<number> }

/**
 * Do the headlines share five words in a row, and has each a name that the other report has nowhere: as all that stands before
 * them, or behind them? Outlets reword a headline or add to it; who keeps it and exchanges the name tells of somebody else.
 */
export function namesAnother(a: WordSequence, b: WordSequence, wording: Wording): boolean {
  const run = sharedRun(a, b)
  if (run === undefined) return false
  const label = rarityOfShare(wording.rarity, LABEL_SHARE_MAX)
  if (isLabel(a, b, run.inA, label, wording) && isLabel(b, a, run.inB, label, wording)) return true
  const name = rarityOfShare(wording.rarity, NAME_SHARE_MAX)
  return rarestFrom(run.inA, a, b, wording) >= name && rarestFrom(run.inB, b, a, wording) >= name
}

// The rarity of the word in this place of the headline, when the other report has it nowhere; else 0.
function ownRarity(
  { words }: WordSequence,
  other: WordSequence,
  place: number,
  { rarity, outlets }: Wording,
): number {
  const word = words[place]
  if (word === undefined || other.words.includes(word) || outlets.has(word)) return 0
  return rarityOf(rarity, word)
}

function isLabel(
  of: WordSequence,
  other: WordSequence,
  end: number,
  least: number,
  wording: Wording,
): boolean {
  let rarest = 0
  for (let place = 0; place < end; place++) {
    const own = ownRarity(of, other, place, wording)
    if (own === 0) return false
    rarest = Math.max(rarest, own)
  }
  return end > 0 && rarest >= least
}

function rarestFrom(start: number, of: WordSequence, other: WordSequence, wording: Wording): number {
  let rarest = 0
  for (let place = start; place < of.titleCount; place++)
    rarest = Math.max(rarest, ownRarity(of, other, place, wording))
  return rarest
}

// Where the first run of words in a row that both headlines have begins.
function sharedRun(
  a: WordSequence,
  b: WordSequence,
): { readonly inA: number; readonly inB: number } | undefined {
  const least = Math.min(COMMON_RUN_LEAST, a.titleCount - 1, b.titleCount - 1)
  if (least < SHORT_RUN_LEAST) return undefined
  for (let inA = 0; inA + least <= a.titleCount; inA++) {
    for (let inB = 0; inB + least <= b.titleCount; inB++) {
      let length = 0
      while (length < least && a.words[inA + length] === b.words[inB + length]) length++
      if (length === least) return { inA, inB }
    }
  }
  return undefined
}
