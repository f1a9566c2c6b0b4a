// What speaks for and against two reports being one.
import { type Comparable, pairSetOf, type Quantity, runSetOf } from './dedupe-comparable.ts'
import { overlapOf } from './dedupe-overlap.ts'
import { countIn } from './value-set.ts'

/** Measures between 0 and 1, but for `days`. Each is the same when the two reports change places. */
export type Features = {
  readonly containment: number // rarity of what is shared, of the shorter report: feeds truncate
  readonly coverage: number // the same of the longer report
  readonly titles: number // of the poorer title, in the other title
  readonly titleInText: number // of a title, anywhere in the other report
  readonly containmentOfBoth: number // containment times titleInText
  readonly pairs: number // neighbouring words shared
  readonly runs: number // five words in a row shared: copies have them, rewritten reports do not
  readonly runCount: number // 1 for ten such runs or more
  readonly evidence: number // 1 when twenty of the rarest words are shared
  readonly hasNumbers: number // 1 when both have numbers
  readonly numbers: number // numbers shared, of those of the report with fewer
  readonly sameQuantities: number // equal numbers between equal words, 1 for three or more
  readonly otherQuantities: number // other numbers between equal words: yesterday's rate, another toll
  readonly keyConflict: number // both have a key word that the other lacks: another place, another firm
  readonly days: number // between them, 3 at most
  readonly titleOnly: number // 1 when one of them has no text
}

const EVIDENCE_FULL = 20
const QUANTITIES_FULL = 3
const RUNS_FULL = 10
const DAYS_MAX = 3

/** What is known without the runs and pairs of neighbouring words, which cost as much as all the rest. */
export type WordFeatures = Omit<Features, 'pairs' | 'runs' | 'runCount'>

/** Compares two reports that are `days` apart. */
export function featuresOf(a: Comparable, b: Comparable, days: number): Features {
  return withNeighbours(wordFeaturesOf(a, b, days), a, b)
}

/** The first part of `featuresOf`. */
export function wordFeaturesOf(a: Comparable, b: Comparable, days: number): WordFeatures {
  const { shared, sharedTitle, titleOfA, titleOfB, keyOfA, keyOfB, ...overlap } = overlapOf(a, b)
  const containment = share(shared, Math.min(a.weight, b.weight))
  const titleInText = Math.max(share(titleOfA, a.titleWeight), share(titleOfB, b.titleWeight))
  const numbersLeast = Math.min(overlap.numbersOfA, overlap.numbersOfB)
  const quantities = compareQuantities(a.quantities, b.quantities)
  return {
    containment,
    coverage: share(shared, Math.max(a.weight, b.weight)),
    titles: share(sharedTitle, Math.min(a.titleWeight, b.titleWeight)),
    titleInText,
    containmentOfBoth: containment * titleInText,
    evidence: Math.min(shared, EVIDENCE_FULL) / EVIDENCE_FULL,
    hasNumbers: numbersLeast > 0 ? 1 : 0,
    numbers: share(overlap.numbers, numbersLeast),
    sameQuantities: Math.min(quantities.same, QUANTITIES_FULL) / QUANTITIES_FULL,
    otherQuantities: Math.min(quantities.other, QUANTITIES_FULL) / QUANTITIES_FULL,
    keyConflict: Math.min(keyOfA, keyOfB),
    days: Math.min(days, DAYS_MAX),
    titleOnly: a.weight === a.titleWeight || b.weight === b.titleWeight ? 1 : 0,
  }
}

/** The second part of `featuresOf`. */
export function withNeighbours(words: WordFeatures, a: Comparable, b: Comparable): Features {
  const [runsOfA, runsOfB] = [runSetOf(a), runSetOf(b)]
  const runs = countIn(runsOfA, runsOfB.values)
  return {
    ...words,
    pairs: sharedPairs(a, b),
    runs: share(runs, Math.min(runsOfA.values.length, runsOfB.values.length)),
    runCount: Math.min(runs, RUNS_FULL) / RUNS_FULL,
  }
}

/** The feature `pairs` alone. */
export function sharedPairs(a: Comparable, b: Comparable): number {
  const [pairsOfA, pairsOfB] = [pairSetOf(a), pairSetOf(b)]
  const pairs = countIn(pairsOfA, pairsOfB.values)
  return share(pairs, Math.min(pairsOfA.values.length, pairsOfB.values.length))
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}

// A context that occurs more than once agrees when any of its values is in both reports.
function compareQuantities(a: readonly Quantity[], b: readonly Quantity[]): { same: number; other: number } {
  let [same, other] = [0, 0]
  if (a.length === 0 || b.length === 0) return { same, other }
  for (const context of new Set(a.map((quantity) => quantity.context))) {
    const rivals = valuesIn(b, context)
    if (rivals.length === 0) continue
    if (valuesIn(a, context).some((value) => rivals.includes(value))) same++
    else other++
  }
  return { same, other }
}

function valuesIn(quantities: readonly Quantity[], context: number): readonly number[] {
  return quantities.filter((quantity) => quantity.context === context).map(({ value }) => value)
}
