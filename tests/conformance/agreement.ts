// How well a grouping agrees with the true one: pairs (precision, recall, F1), B-cubed F1 and the adjusted Rand index.

export type Agreement = { readonly pairsF1: number; readonly bcubedF1: number; readonly adjustedRand: number }

/** Compares two groupings of the same items, given as one label an item in the same order. */
export function agreement(truth: readonly string[], found: readonly string[]): Agreement {
  const truths = countLabels(truth)
  const founds = countLabels(found)
  const both = countLabels(truth.map((label, index) => JSON.stringify([label, found[index]])))
  const [hits, truePairs, foundPairs] = [pairsIn(both), pairsIn(truths), pairsIn(founds)]
  const expected = (truePairs * foundPairs) / choose2(truth.length)
  const shares = truth.map((label, index) => {
    const shared = both.get(JSON.stringify([label, found[index]])) ?? 0
    return {
      precision: shared / (founds.get(found[index] ?? '') ?? 1),
      recall: shared / (truths.get(label) ?? 1),
    }
  })
  return {
    pairsF1: (2 * hits) / (truePairs + foundPairs),
    bcubedF1: harmonic(
      mean(shares.map(({ precision }) => precision)),
      mean(shares.map(({ recall }) => recall)),
    ),
    adjustedRand: (hits - expected) / ((truePairs + foundPairs) / 2 - expected),
  }
}

function countLabels(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const choose2 = (count: number) => (count * (count - 1)) / 2
const pairsIn = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, count) => sum + choose2(count), 0)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const harmonic = (a: number, b: number) => (2 * a * b) / (a + b)
