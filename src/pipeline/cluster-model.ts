// How sure we are that a report belongs to a story: two logistic models, for reports with a text and for headlines alone.
import type { StoryFeatures } from './cluster-features.ts'

type Model = { readonly bias: number; readonly weights: StoryFeatures }

// Trained by scripts/train-stories.ts.
const withText: Model = {
  bias: -1.63,
  weights: {
    centroid: 3.09,
    best: 2.88,
    bestThree: 2.91,
    cover: 2.1,
    core: 6.41,
    coreMissing: -2.53,
    sinceLast: -1.42,
    sinceFirst: -2.69,
    days: -4.7,
    size: -2.73,
  },
}
const titleOnly: Model = {
  bias: -3.2,
  weights: {
    centroid: 2.98,
    best: 3.59,
    bestThree: 2.7,
    cover: 4.63,
    core: 5.45,
    coreMissing: -1.3,
    sinceLast: -5.82,
    sinceFirst: -3.31,
    days: -1.3,
    size: 0.58,
  },
}

/**
 * From here on a report joins a story. A false join fakes corroboration; a missed one costs a line. Chosen on events
 * that the model had not seen: see docs/notes/stories.md.
 */
export const JOIN_FROM = 0.15

/** The probability, between 0 and 1, that a report with these features belongs to the story. */
export function joinProbability(features: StoryFeatures, hasText: boolean): number {
  return 1 / (1 + Math.exp(-weigh(features, hasText ? withText : titleOnly)))
}

// Spelled out: going through the names of an object takes longer than all the rest of judging.
function weigh(f: StoryFeatures, { bias, weights: w }: Model): number {
  const closeness = bias + w.centroid * f.centroid + w.best * f.best + w.bestThree * f.bestThree
  const shared = closeness + w.cover * f.cover + w.core * f.core + w.coreMissing * f.coreMissing
  return shared + w.sinceLast * f.sinceLast + w.sinceFirst * f.sinceFirst + w.days * f.days + w.size * f.size
}
