// Logistic regression by Newton's method with a small ridge. A few dozen features at most: the matrix is solved directly.

export type Sample = {
  readonly values: readonly number[]
  readonly isPositive: boolean
  readonly weight: number
}
export type LogisticModel = { readonly bias: number; readonly weights: readonly number[] }

const ROUNDS_MAX = 40
const STEP_MAX = 3 // keeps the first steps from overshooting

/**
 * Fits a model to samples of equal length. `ridge` times the number of samples keeps weights small where the samples do not care.
 * Bounded rounds; the result is the same on every run.
 */
export function fitLogistic(samples: readonly Sample[], ridge: number): LogisticModel {
  const size = (samples[0]?.values.length ?? 0) + 1
  let model = new Float64Array(size)
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const step = newtonStep(samples, model, ridge * samples.length)
    model = model.map((weight, index) => weight - clamp(step[index] ?? 0))
    if (step.every((value) => Math.abs(value) < 1e-6)) break
  }
  return { bias: model[0] ?? 0, weights: Array.from(model.subarray(1)) }
}

const clamp = (value: number) => Math.max(-STEP_MAX, Math.min(STEP_MAX, value))

function newtonStep(samples: readonly Sample[], model: Float64Array, ridge: number): Float64Array {
  const rows = Array.from(model, () => new Float64Array(model.length + 1)) // the last column is the gradient
  for (const sample of samples) addSample(rows, sample, model)
  for (let index = 1; index < model.length; index++) {
    const row = rows[index] ?? model
    row[index] = (row[index] ?? 0) + ridge
    row[model.length] = (row[model.length] ?? 0) + ridge * (model[index] ?? 0)
  }
  return solve(rows)
}

function addSample(rows: readonly Float64Array[], sample: Sample, model: Float64Array): void {
  const values = [1, ...sample.values]
  const sum = values.reduce((total, value, index) => total + value * (model[index] ?? 0), 0)
  const probability = 1 / (1 + Math.exp(-sum))
  const error = (probability - (sample.isPositive ? 1 : 0)) * sample.weight
  const curvature = Math.max(probability * (1 - probability), 1e-6) * sample.weight
  for (const [index, row] of rows.entries()) {
    const value = values[index] ?? 0
    if (value === 0) continue
    for (let column = 0; column < values.length; column++) {
      row[column] = (row[column] ?? 0) + curvature * value * (values[column] ?? 0)
    }
    row[values.length] = (row[values.length] ?? 0) + error * value
  }
}

/** Gauss-Jordan elimination with row exchange; the last column is the right-hand side. A feature that never varies gets 0. */
function solve(rows: Float64Array[]): Float64Array {
  const size = rows.length
  for (let pivot = 0; pivot < size; pivot++) {
    const best = rows.reduce(
      (found, row, index) =>
        index >= pivot && Math.abs(row[pivot] ?? 0) > Math.abs(rows[found]?.[pivot] ?? 0) ? index : found,
      pivot,
    )
    const [upper, lower] = [rows[pivot], rows[best]]
    if (upper === undefined || lower === undefined) continue
    rows[pivot] = lower
    rows[best] = upper
    for (const [index, row] of rows.entries()) if (index !== pivot) eliminate(row, lower, pivot)
  }
  return Float64Array.from(rows, (row, index) =>
    (row[index] ?? 0) === 0 ? 0 : (row[size] ?? 0) / (row[index] ?? 1),
  )
}

function eliminate(row: Float64Array, by: Float64Array, pivot: number): void {
  const factor = (by[pivot] ?? 0) === 0 ? 0 : (row[pivot] ?? 0) / (by[pivot] ?? 1)
  if (factor === 0) return
  for (let column = pivot; column < row.length; column++)
    row[column] = (row[column] ?? 0) - factor * (by[column] ?? 0)
}
