// What the reports of a story have in common: the sum of their vectors, scaled.
import { beginOf, dropRecord, endOf, type Pool, pageOf, writeRecord } from './cluster-pool.ts'
import { fillProbe, newProbe, takeWeight } from './cluster-probe.ts'
import { heaviestWeights, type Vector } from './cluster-vector.ts'

/** How many stems a centroid keeps. */
export const CENTROID_TERMS_MAX = 120

const probe = newProbe()
const sums = new Float32Array(CENTROID_TERMS_MAX + 1_024)
const stems = new Int32Array(CENTROID_TERMS_MAX + 1_024)

/** Adds one report to the centroid of `count` reports and returns its record: that of a single report is never changed. */
export function addToCentroid(pool: Pool, centroid: number, count: number, report: Vector): number {
  fillProbe(probe, report)
  const length = addNew(report, sumKnown(pool, centroid, count))
  const weights = heaviestWeights(sums, length, CENTROID_TERMS_MAX)
  const record = count > 1 ? withRoom(pool, centroid, length) : newRecord(pool, length)
  write(pool, record, weights)
  return record
}

const SPARE = 1.5 // two reports in three that join find room for what they add

function withRoom(pool: Pool, centroid: number, length: number): number {
  const needed = Math.min(length, CENTROID_TERMS_MAX)
  if (endOf(pageOf(pool, centroid), centroid) - beginOf(centroid) >= needed) return centroid
  dropRecord(pool, centroid)
  return newRecord(pool, length)
}

function newRecord(pool: Pool, length: number): number {
  const room = Math.min(Math.ceil(length * SPARE), CENTROID_TERMS_MAX)
  return writeRecord(pool, empty, { titleCount: 0, source: 0, room })
}

const empty: Vector = { stems: new Int32Array(0), weights: new Uint16Array(0) }

// The stems that the story has already, with what the report adds to them.
function sumKnown(pool: Pool, centroid: number, count: number): number {
  const page = pageOf(pool, centroid)
  const end = endOf(page, centroid)
  let length = 0
  for (let place = beginOf(centroid); place < end; place++) {
    const weight = page.weights[place] ?? 0
    if (weight === 0) continue
    const stem = page.stems[place] ?? 0
    stems[length] = stem
    sums[length++] = weight * count + takeWeight(probe, stem)
  }
  return length
}

function addNew(report: Vector, known: number): number {
  let length = known
  for (let index = 0; index < report.stems.length; index++) {
    const stem = report.stems[index] ?? 0
    if (report.weights[index] === 0) continue
    const weight = takeWeight(probe, stem)
    if (weight === 0) continue
    stems[length] = stem
    sums[length++] = weight
  }
  return length
}

function write(pool: Pool, record: number, weights: Uint16Array): void {
  const page = pageOf(pool, record)
  const end = endOf(page, record)
  let place = beginOf(record)
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue
    page.stems[place] = stems[index] ?? 0
    page.weights[place++] = weights[index] ?? 0
  }
  page.weights.fill(0, place, end)
}
