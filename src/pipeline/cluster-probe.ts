// One vector laid out for being compared with many: each stem of the others is looked up, which takes a fraction of merging two lists.
import { beginOf, endOf, type Pool, pageOf } from './cluster-pool.ts'
import { type Vector, WEIGHT_ONE } from './cluster-vector.ts'

/** Mutable. An open table of the stems of the vector it was filled with last, which may have up to a hundred. 0 is no weight. */
export type Probe = { readonly stems: Int32Array; readonly weights: Uint16Array }

const SLOTS = 256 // a power of two

/** An empty probe. */
export function newProbe(): Probe {
  return { stems: new Int32Array(SLOTS), weights: new Uint16Array(SLOTS) }
}

/** Lays out a vector in place of the one before. */
export function fillProbe(probe: Probe, { stems, weights }: Vector): void {
  probe.weights.fill(0)
  for (let index = 0; index < stems.length; index++) {
    const weight = weights[index] ?? 0
    if (weight === 0) continue
    const slot = slotOf(probe, stems[index] ?? 0)
    probe.stems[slot] = stems[index] ?? 0
    probe.weights[slot] = weight
  }
}

/** What the stem weighs in the vector, WEIGHT_ONE at most; 0 if it is not there. */
export function weightOf(probe: Probe, stem: number): number {
  return probe.weights[slotOf(probe, stem)] ?? 0
}

const TAKEN = 1 // the least weight: a slot is never freed, or stems behind it would not be found

/** The same, and from then on as good as nothing. */
export function takeWeight(probe: Probe, stem: number): number {
  const slot = slotOf(probe, stem)
  const weight = probe.weights[slot] ?? 0
  if (weight === 0) return 0
  probe.weights[slot] = TAKEN
  return weight === TAKEN ? 0 : weight
}

/** How much of each other a record and the probe's vector have. */
export type Likeness = {
  readonly cosine: number // 0 for nothing in common, 1 for the same
  readonly coverage: number // the share of the probe's squared weight in stems that the record has too
}

/** Compares the vector with a record. */
export function likeness(probe: Probe, pool: Pool, record: number): Likeness {
  const page = pageOf(pool, record)
  const { stems, weights } = page
  let [product, squares] = [0, 0]
  const end = endOf(page, record)
  for (let place = beginOf(record); place < end; place++) {
    const weight = weights[place] ?? 0
    if (weight === 0) continue
    const own = weightOf(probe, stems[place] ?? 0)
    if (own === 0) continue
    product += own * weight
    squares += own * own
  }
  return { cosine: product / WEIGHT_ONE ** 2, coverage: squares / WEIGHT_ONE ** 2 }
}

// Stems are hashes whose lowest bit says that they are numbers.
function slotOf({ stems, weights }: Probe, stem: number): number {
  let slot = (stem >>> 1) & (SLOTS - 1)
  while (weights[slot] !== 0 && stems[slot] !== stem) slot = (slot + 1) & (SLOTS - 1)
  return slot
}
