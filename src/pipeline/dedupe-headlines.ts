// Tells one sentence under two names: "Baqer: We shall rebuild the old harbour" and "Samira: We shall rebuild the old harbour" are two
// reports, however much they share.
import { type Rarity, rarityOf, rarityOfShare } from '../text/rarity.ts'
import type { WordSequence } from './dedupe-comparable.ts'

const NAME_SHARE_MAX = 0.002 // of all reports: a rarer word may be a name wherever it stands
const LABEL_SHARE_MAX = 0.05 // a word before what the headlines share names somebody unless it is as common as this
const COMMON_RUN_LEAST = 5
const SHORT_RUN_LEAST = 3 // for headlines of four or five words: all but one

/**
 * Do the headlines share five words in a row, and has each beside them a name that the other report has nowhere? Outlets reword
 * a headline or add to it; who keeps it and exchanges a name in it tells of somebody else, even when the text is a template's.
 */
export function namesAnother(a: WordSequence, b: WordSequence, rarity: Rarity): boolean {
  const run = sharedRun(a, b)
  if (run === undefined) return false
  const own = (of: WordSequence, other: WordSequence, place: number) => ownRarity(of, other, place, rarity)
  const label = rarityOfShare(rarity, LABEL_SHARE_MAX)
  if (own(a, b, run.inA - 1) >= label && own(b, a, run.inB - 1) >= label) return true
  const name = rarityOfShare(rarity, NAME_SHARE_MAX)
  return rarestOwn(a, b, rarity) >= name && rarestOwn(b, a, rarity) >= name
}

// The rarity of the word in this place of the headline, when the other report has it nowhere; else 0.
function ownRarity({ words }: WordSequence, other: WordSequence, place: number, rarity: Rarity): number {
  const word = words[place]
  return word === undefined || other.words.includes(word) ? 0 : rarityOf(rarity, word)
}

function rarestOwn(report: WordSequence, other: WordSequence, rarity: Rarity): number {
  let rarest = 0
  for (let place = 0; place < report.titleCount; place++)
    rarest = Math.max(rarest, ownRarity(report, other, place, rarity))
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
