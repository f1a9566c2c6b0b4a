// Tells one sentence under two names: "Baqer: We shall rebuild the old harbour" and "Samira: We shall rebuild the old harbour" are two
// reports, however much they share.
import { type Rarity, rarityOf, rarityOfShare } from '../text/rarity.ts'
import type { Entry } from './dedupe-entries.ts'

const NAME_SHARE_MAX = 0.05 // of all reports: a word in more of them names nobody, not even before a colon
const COMMON_RUN_LEAST = 5
const SHORT_RUN_LEAST = 3 // for headlines of four or five words: all but one

/** `outlets` are the words in the names of outlets: these stand in headlines and say nothing of the report. */
export type Wording = { readonly rarity: Rarity; readonly outlets: ReadonlySet<number> }

/** What is compared of a report here. */
export type Headed = Pick<Entry, 'print' | 'shape'>

/**
 * Do the headlines share five words in a row, and does each name somebody, before its colon or in brackets, whom the other report names
 * nowhere? Outlets reword a headline or add to it; who keeps it and exchanges the name tells of somebody else.
 */
export function namesAnother(a: Headed, b: Headed, wording: Wording): boolean {
  return (
    namesSomebody(a) &&
    namesSomebody(b) &&
    sharesRun(a, b) &&
    namesOwn(a, b, wording) &&
    namesOwn(b, a, wording)
  )
}

const namesSomebody = ({ shape }: Headed) => shape.label + shape.aside > 0

function namesOwn(headed: Headed, other: Headed, wording: Wording): boolean {
  const asideEnd = creditFrom(headed)
  const least = rarityOfShare(wording.rarity, NAME_SHARE_MAX)
  const isOwn = (word: number) =>
    !wording.outlets.has(word) && rarityOf(wording.rarity, word) >= least && !tells(other, word)
  return (
    someBetween(headed, 0, headed.shape.label, isOwn) ||
    someBetween(headed, asideEnd - headed.shape.aside, asideEnd, isOwn)
  )
}

function someBetween(
  { print: { words } }: Headed,
  from: number,
  to: number,
  test: (word: number) => boolean,
): boolean {
  for (let index = from; index < to; index++) if (test(words[index] ?? 0)) return true
  return false
}

// The name of the outlet that tells it does not count.
function tells(headed: Headed, word: number): boolean {
  const { words, titleCount } = headed.print
  const at = words.indexOf(word)
  return at >= 0 && (at < creditFrom(headed) || words.indexOf(word, titleCount) >= 0)
}

// Where the brackets behind the sentence of the headline end, and the name of the outlet begins.
const creditFrom = ({ print, shape }: Headed) => print.titleCount - shape.credit

// Where the sentence of the headline ends.
const sentenceEnd = (headed: Headed) => creditFrom(headed) - headed.shape.aside

function sharesRun(a: Headed, b: Headed): boolean {
  const [toA, toB] = [sentenceEnd(a), sentenceEnd(b)]
  const least = Math.min(COMMON_RUN_LEAST, toA - 1, toB - 1)
  if (least < SHORT_RUN_LEAST) return false
  for (let inA = 0; inA + least <= toA; inA++) {
    for (let inB = 0; inB + least <= toB; inB++) {
      let length = 0
      while (length < least && a.print.words[inA + length] === b.print.words[inB + length]) length++
      if (length === least) return true
    }
  }
  return false
}
