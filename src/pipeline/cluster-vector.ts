// A report, or a whole story, as weighted stems: the more often in it and the rarer elsewhere, the heavier.
import { type Rarity, rarityOf } from '../text/rarity.ts'
import { scratchFractions, scratchIntegers } from '../text/scratch.ts'
import type { EchoPrint } from './echo-document.ts'

/** Stems in ascending order with their weights; the weights' squares sum to 1, unless it is empty. */
export type Vector = { readonly stems: Int32Array; readonly weights: Float32Array }

const TITLE_WEIGHT = 2
const TERMS_MAX = 40

/** The vector of a report: its headline counts twice. */
export function vectorOf({ stems, titleCount, distinctStems }: EchoPrint, rarity: Rarity): Vector {
  const weights = weightScratch(distinctStems.length)
  weights.fill(0, 0, distinctStems.length)
  for (let index = 0; index < stems.length; index++) {
    const at = positionOf(distinctStems, stems[index] ?? 0)
    weights[at] = (weights[at] ?? 0) + (index < titleCount ? TITLE_WEIGHT : 1)
  }
  for (let at = 0; at < distinctStems.length; at++) {
    weights[at] =
      (countWeights[weights[at] ?? 0] ?? COUNT_WEIGHT_MOST) * rarityOf(rarity, distinctStems[at] ?? 0)
  }
  return heaviest(distinctStems, weights, distinctStems.length, TERMS_MAX)
}

// A word said three times is not three times as telling.
const countWeights = Float64Array.from({ length: 16 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)))
const COUNT_WEIGHT_MOST = 1 + Math.log(16)

/** The sum of a story's vector, `count` reports so far, and one report more. */
export function addVector(story: Vector, count: number, report: Vector, termsMax: number): Vector {
  const [stems, weights] = [
    stemScratch(story.stems.length + report.stems.length),
    weightScratch(story.stems.length + report.stems.length),
  ]
  let [atStory, atReport, length] = [0, 0, 0]
  while (atStory < story.stems.length || atReport < report.stems.length) {
    const order = (story.stems[atStory] ?? Infinity) - (report.stems[atReport] ?? Infinity)
    const stem = order <= 0 ? story.stems[atStory] : report.stems[atReport]
    const old = order <= 0 ? (story.weights[atStory++] ?? 0) * count : 0
    const added = order >= 0 ? (report.weights[atReport++] ?? 0) : 0
    stems[length] = stem ?? 0
    weights[length++] = old + added
  }
  return heaviest(stems, weights, length, termsMax)
}

/** The heaviest stems of a vector, heaviest first. Of equally heavy ones the lower goes first. */
export function heaviestStems({ stems, weights }: Vector, most: number): Vector {
  const best: number[] = [] // positions
  for (let index = 0; index < stems.length; index++) {
    const weight = weights[index] ?? 0
    if (best.length === most && weight <= (weights[best[most - 1] ?? 0] ?? 0)) continue
    let at = Math.min(best.length, most - 1)
    for (; at > 0 && (weights[best[at - 1] ?? 0] ?? 0) < weight; at--) best[at] = best[at - 1] ?? 0
    best[at] = index
  }
  const chosen = { stems: new Int32Array(best.length), weights: new Float32Array(best.length) }
  for (let rank = 0; rank < best.length; rank++) {
    const index = best[rank] ?? 0
    chosen.stems[rank] = stems[index] ?? 0
    chosen.weights[rank] = weights[index] ?? 0
  }
  return chosen
}

function positionOf(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

// Keeps the heaviest of the first `length`, in the order of their stems, and scales them.
function heaviest(stems: Int32Array, weights: Float32Array, length: number, most: number): Vector {
  const floor = length <= most ? -Infinity : nthLargest(weights, length, most)
  const size = Math.min(most, length)
  const kept = { stems: new Int32Array(size), weights: new Float32Array(size) }
  let [count, squares] = [0, 0]
  for (let index = 0; index < length && count < most; index++) {
    const weight = weights[index] ?? 0
    if (weight < floor) continue
    kept.stems[count] = stems[index] ?? 0
    kept.weights[count++] = weight
    squares += weight * weight
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 1
  for (let index = 0; index < count; index++) kept.weights[index] = (kept.weights[index] ?? 0) * scale
  return kept
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

const stemScratch = scratchIntegers()
const weightScratch = scratchFractions()
const rankScratch = scratchFractions()
