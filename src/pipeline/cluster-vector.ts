// A report as weighted stems: the more often in it and the rarer elsewhere, the heavier.
import { blockHalves } from '../text/blocks.ts'
import { type Rarity, rarityOf } from '../text/rarity.ts'
import { scratchFractions } from '../text/scratch.ts'
import type { WordSequence } from './dedupe-comparable.ts'
import { distinctIndexes } from './distinct-values.ts'

/**
 * The stems of a report in order, each with its weight: WEIGHT_ONE for 1; the weights' squares sum to about 1. A stem that came before
 * weighs 0, and so does one that is too light to count.
 */
export type Vector = { readonly stems: Int32Array; readonly weights: Uint16Array }

/** Weights are kept in 14 bits: a third of the memory, and no cosine differs in its fourth decimal. */
export const WEIGHT_ONE = 16_383

const TITLE_WEIGHT = 2
const TERMS_MAX = 40

/** The vector of a report given as its stems: its headline counts twice. */
export function vectorOf({ words: stems, titleCount }: WordSequence, rarity: Rarity): Vector {
  const first = distinctIndexes(stems)
  const weights = weightScratch(stems.length)
  weights.fill(0, 0, stems.length)
  for (let index = 0; index < stems.length; index++) {
    const at = first[index] ?? 0
    weights[at] = (weights[at] ?? 0) + (index < titleCount ? TITLE_WEIGHT : 1)
  }
  for (let at = 0; at < stems.length; at++) {
    const count = weights[at] ?? 0
    if (count > 0) weights[at] = (countWeights[count] ?? COUNT_WEIGHT_MOST) * rarityOf(rarity, stems[at] ?? 0)
  }
  return { stems, weights: heaviestWeights(weights, stems.length, TERMS_MAX) }
}

// A word said three times is not three times as telling.
const countWeights = Float64Array.from({ length: 16 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)))
const COUNT_WEIGHT_MOST = 1 + Math.log(16)

/** The first `length` weights scaled for keeping: the `most` heaviest of them, 0 for the others. Of equal ones the first stay. */
export function heaviestWeights(weights: Float32Array, length: number, most: number): Uint16Array {
  const floor = floorOf(weights, length, most)
  let [kept, squares] = [0, 0]
  for (let at = 0; at < length; at++) {
    const weight = weights[at] ?? 0
    if (weight < floor || weight === 0 || kept === most) weights[at] = 0
    else {
      kept++
      squares += weight * weight
    }
  }
  const scale = squares > 0 ? WEIGHT_ONE / Math.sqrt(squares) : 0
  const scaled = blockHalves(length)
  for (let at = 0; at < length; at++) scaled[at] = Math.round((weights[at] ?? 0) * scale)
  return scaled
}

/** A run of stems and weights, such as a vector or what a story keeps of one. */
export type Terms = {
  readonly stems: Int32Array
  readonly weights: Uint16Array
  readonly from: number
  readonly to: number
}

/** Where the heaviest stems stand, heaviest first; of equally heavy ones the first goes first. Stems of no weight are left out. */
export function heaviestPlaces({ weights, from, to }: Terms, most: number): readonly number[] {
  const best: number[] = []
  for (let index = from; index < to; index++) {
    const weight = weights[index] ?? 0
    if (weight === 0 || (best.length === most && weight <= (weights[best[most - 1] ?? 0] ?? 0))) continue
    let at = Math.min(best.length, most - 1)
    for (; at > 0 && (weights[best[at - 1] ?? 0] ?? 0) < weight; at--) best[at] = best[at - 1] ?? 0
    best[at] = index
  }
  return best
}

// The weight of the last one kept: with fewer than `most` above 0 none is too light.
function floorOf(weights: Float32Array, length: number, most: number): number {
  if (length <= most) return 0
  return nthLargest(weights, length, most)
}

// Most are kept: the few smallest are found with fewer steps than the many largest.
function nthLargest(values: Float32Array, length: number, rank: number): number {
  const fromBelow = length - rank + 1
  return fromBelow < rank ? -nthOf(values, length, fromBelow, -1) : nthOf(values, length, rank, 1)
}

// Of the values times `sign` the one that is `rank`th from above, by insertion into a list of so many.
function nthOf(values: Float32Array, length: number, rank: number, sign: 1 | -1): number {
  const best = rankScratch(rank)
  let count = 0
  for (let index = 0; index < length; index++) {
    const value = sign * (values[index] ?? 0)
    if (count === rank && value <= (best[rank - 1] ?? 0)) continue
    let at = count < rank ? count++ : rank - 1
    for (; at > 0 && (best[at - 1] ?? 0) < value; at--) best[at] = best[at - 1] ?? 0
    best[at] = value
  }
  return best[rank - 1] ?? 0
}

const weightScratch = scratchFractions()
const rankScratch = scratchFractions()
