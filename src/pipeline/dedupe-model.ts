// How sure we are that two reports are one: a logistic model over their features.
import type { Features, WordFeatures } from './dedupe-features.ts'

// Trained by scripts/train-echo.ts; the figures it reached stand in docs/notes.
const bias = -7.19
const weights: Features = {
  containment: 2.84,
  coverage: -10.14,
  titles: 1.25,
  titleInText: 4.66,
  containmentOfBoth: -0.04,
  pairs: 7.04,
  runs: 1.33,
  runCount: -0.12,
  evidence: 5.59,
  hasNumbers: -1.6,
  numbers: 1.2,
  sameQuantities: 1.57,
  otherQuantities: -7.35,
  keyConflict: -5.16,
  days: -0.57,
  titleOnly: 2.42,
}

/** From here on two reports count as one. */
export const DUPLICATE_FROM = 0.6

/** The probability, between 0 and 1, that two reports with these features are one. */
export function duplicateProbability(features: Features): number {
  return 1 / (1 + Math.exp(-weigh(features, weights)))
}

// Spelled out: going through the names of an object takes longer than all the rest of comparing.
function weigh(f: Features, w: Features): number {
  const words = bias + w.containment * f.containment + w.coverage * f.coverage
  const titles =
    words + w.titles * f.titles + w.titleInText * f.titleInText + w.containmentOfBoth * f.containmentOfBoth
  const neighbours = titles + w.pairs * f.pairs + w.runs * f.runs + w.runCount * f.runCount
  const numbers = neighbours + w.evidence * f.evidence + w.hasNumbers * f.hasNumbers + w.numbers * f.numbers
  const quantities = numbers + w.sameQuantities * f.sameQuantities + w.otherQuantities * f.otherQuantities
  return quantities + w.keyConflict * f.keyConflict + w.days * f.days + w.titleOnly * f.titleOnly
}

const bestOf = (name: keyof Features) => (weights[name] > 0 ? 1 : 0)
const bestNeighbours = { pairs: bestOf('pairs'), runs: bestOf('runs'), runCount: bestOf('runCount') }

/** Could these be one report, if all their neighbouring words were the same? Tells most that are not for a third of the cost. */
export function canBeDuplicate(words: WordFeatures): boolean {
  return duplicateProbability({ ...words, ...bestNeighbours }) >= DUPLICATE_FROM
}
