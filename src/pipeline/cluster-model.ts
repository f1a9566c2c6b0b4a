// How sure we are that a report belongs to a story: two logistic models, for reports with a text and for headlines alone.
import type { StoryFeatures } from './cluster-features.ts'

type Model = { readonly bias: number; readonly weights: StoryFeatures }

// Trained by scripts/train-stories.ts.
const withText: Model = {
  bias: -1.62,
  weights: {
    centroid: 3.0,
    best: 3.1,
    bestThree: 3.05,
    cover: 2.01,
    core: 6.37,
    coreMissing: -2.56,
    sinceLast: -1.45,
    sinceFirst: -2.68,
    days: -4.68,
    size: -2.79,
  },
}
const titleOnly: Model = {
  bias: -3.03,
  weights: {
    centroid: 2.91,
    best: 3.45,
    bestThree: 2.82,
    cover: 4.1,
    core: 5.4,
    coreMissing: -1.34,
    sinceLast: -5.83,
    sinceFirst: -3.41,
    days: -1.31,
    size: 0.44,
  },
}

/** From here on a report joins a story. Low, because a story that stays apart is never joined later. */
export const JOIN_FROM = 0.15

const names = Object.keys(withText.weights) as (keyof StoryFeatures)[] // an object literal: its keys are its type's

/** The probability, between 0 and 1, that a report with these features belongs to the story. */
export function joinProbability(features: StoryFeatures, hasText: boolean): number {
  const { bias, weights } = hasText ? withText : titleOnly
  const sum = names.reduce((total, name) => total + weights[name] * features[name], bias)
  return 1 / (1 + Math.exp(-sum))
}
