// A fingerprint made ready for comparing with others: made for the few candidates of an article, never kept.
import { blockBytes, blockFractions, blockIntegers } from '../text/blocks.ts'
import { type Fingerprint, isNumber } from '../text/fingerprint.ts'
import { type Rarity, rarityOf } from '../text/rarity.ts'
import { scratchIntegers } from '../text/scratch.ts'
import { distinctIndexes, distinctValues } from './distinct-values.ts'
import { type ValueSet, valueSet } from './value-set.ts'

/** What is compared: the words of a report, or its stems. */
export type WordSequence = Pick<Fingerprint, 'words' | 'titleCount'>

/** Where a word stands. */
export const IN_TITLE = 1
export const IN_TEXT = 2

export type Comparable = {
  readonly words: Int32Array // distinct
  readonly weights: Float64Array // the rarity of each
  readonly places: Uint8Array // of each: IN_TITLE, IN_TEXT or both
  readonly weight: number // sum of the weights
  readonly titleWeight: number
  readonly quantities: readonly Quantity[]
  readonly print: WordSequence
  readonly made: Made
}

/** Mutable. What is made when first asked for: most comparisons end before. */
type Made = { wordSet: ValueSet | undefined; pairs: ValueSet | undefined; runs: ValueSet | undefined }

/** A number, or numbers in a row such as 2.5, between two words. */
export type Quantity = { readonly context: number; readonly value: number }

const RUN_WORDS = 5
const MIX = 0x9e3779b1 // 2^32 divided by the golden ratio, the usual multiplier

/** Prepares a fingerprint for one step; costs a few microseconds. */
export function comparable(print: WordSequence, rarity: Rarity): Comparable {
  const { words, places } = distinctWords(print)
  const weights = blockFractions(words.length)
  let [weight, titleWeight] = [0, 0]
  for (let index = 0; index < words.length; index++) {
    const one = rarityOf(rarity, words[index] ?? 0)
    weights[index] = one
    weight += one
    if (((places[index] ?? 0) & IN_TITLE) !== 0) titleWeight += one
  }
  return {
    words,
    weights,
    places,
    weight,
    titleWeight,
    quantities: quantitiesOf(print),
    print,
    made: { wordSet: undefined, pairs: undefined, runs: undefined },
  }
}

/** The words as a set. */
export function wordSetOf({ words, made }: Comparable): ValueSet {
  made.wordSet ??= valueSet(words)
  return made.wordSet
}

/** Hashes of two neighbouring words. */
export function pairSetOf({ print, made }: Comparable): ValueSet {
  made.pairs ??= valueSet(distinctValues(gramsOf(print, 2, 0)))
  return made.pairs
}

/** Hashes of five neighbouring words of the text. */
export function runSetOf({ print, made }: Comparable): ValueSet {
  made.runs ??= valueSet(distinctValues(gramsOf(print, RUN_WORDS, print.titleCount)))
  return made.runs
}

function distinctWords({ words, titleCount }: WordSequence): { words: Int32Array; places: Uint8Array } {
  const first = distinctIndexes(words)
  const ranks = rankScratch(words.length) // of a word where it comes first: which distinct one it is
  const distinct = blockIntegers(words.length)
  const places = blockBytes(words.length)
  let count = 0
  for (let index = 0; index < words.length; index++) {
    const place = index < titleCount ? IN_TITLE : IN_TEXT
    const at = first[index] ?? 0
    if (at === index) {
      ranks[index] = count
      distinct[count] = words[index] ?? 0
      places[count++] = place
    } else {
      const known = ranks[at] ?? 0
      places[known] = (places[known] ?? 0) | place
    }
  }
  return { words: distinct.subarray(0, count), places }
}

// Hashes of `length` neighbouring words from word `from` on; none reaches from the title into the text. Lent: the next call overwrites them.
function gramsOf({ words, titleCount }: WordSequence, length: number, from: number): Int32Array {
  const grams = gramScratch(Math.max(0, words.length - from))
  let count = 0
  for (let start = from; start + length <= words.length; start++) {
    if (start < titleCount && start + length > titleCount) continue
    let hash = 0
    for (let index = start; index < start + length; index++) hash = Math.imul(hash, MIX) ^ (words[index] ?? 0)
    grams[count++] = hash
  }
  return grams.subarray(0, count)
}

// A number at the very start has nothing before it: it may be the rest of a number that was cut.
function quantitiesOf({ words, titleCount }: WordSequence): readonly Quantity[] {
  const quantities: Quantity[] = []
  for (let index = 0; index < words.length; index++) {
    if (!isNumber(words[index] ?? 0)) continue
    const before = index === 0 || index === titleCount ? 0 : (words[index - 1] ?? 0)
    const end = index < titleCount ? titleCount : words.length
    let value = 0
    for (; index < end && isNumber(words[index] ?? 0); index++)
      value = Math.imul(value, MIX) ^ (words[index] ?? 0)
    const after = index < end ? (words[index] ?? 0) : 0
    if (before !== 0) quantities.push({ context: Math.imul(before, MIX) ^ after, value })
    index-- // the loop steps on
  }
  return quantities
}

const rankScratch = scratchIntegers()
const gramScratch = scratchIntegers()
