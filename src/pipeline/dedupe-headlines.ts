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

function namesOwn({ print, shape }: Headed, other: Headed, { rarity, outlets }: Wording): boolean {
  const least = rarityOfShare(rarity, NAME_SHARE_MAX)
  const [sentenceEnd, asideEnd] = endsOf({ print, shape })
  const isOwn = (word: number) => !outlets.has(word) && rarityOf(rarity, word) >= least && !tells(other, word)
  return (
    print.words.subarray(0, shape.label).some(isOwn) ||
    print.words.subarray(sentenceEnd, asideEnd).some(isOwn)
  )
}

// The name of the outlet that tells it does not count.
function tells(headed: Headed, word: number): boolean {
  const { words, titleCount } = headed.print
  const at = words.indexOf(word)
  const [, creditFrom] = endsOf(headed)
  return at >= 0 && (at < creditFrom || words.indexOf(word, titleCount) >= 0)
}

// Where the sentence of the headline ends, and where the brackets behind it do.
function endsOf({ print, shape }: Headed): readonly [number, number] {
  const asideEnd = print.titleCount - shape.credit
  return [asideEnd - shape.aside, asideEnd]
}

function sharesRun(a: Headed, b: Headed): boolean {
  const [[toA], [toB]] = [endsOf(a), endsOf(b)]
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
