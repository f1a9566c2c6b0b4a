// One vector laid out for being compared with many: each stem of the others is looked up, which takes a fraction of merging two lists.
import type { Vector } from './cluster-vector.ts'

/** Mutable. An open table of the stems of the vector it was filled with last, which may have up to a hundred. */
export type Probe = {
  readonly stems: Int32Array
  readonly weights: Float32Array
  readonly taken: Uint8Array
}

const SLOTS = 256 // a power of two

/** An empty probe. */
export function newProbe(): Probe {
  return { stems: new Int32Array(SLOTS), weights: new Float32Array(SLOTS), taken: new Uint8Array(SLOTS) }
}

/** Lays out a vector in place of the one before. */
export function fillProbe(probe: Probe, vector: Vector): void {
  probe.taken.fill(0)
  for (let index = 0; index < vector.stems.length; index++) {
    const stem = vector.stems[index] ?? 0
    const slot = slotOf(probe, stem)
    probe.taken[slot] = 1
    probe.stems[slot] = stem
    probe.weights[slot] = vector.weights[index] ?? 0
  }
}

/** Is the stem in the vector? */
export function hasStem(probe: Probe, stem: number): boolean {
  return probe.taken[slotOf(probe, stem)] === 1
}

/** What the stem weighs in the vector, 0 if it is not there. */
export function weightOf(probe: Probe, stem: number): number {
  const slot = slotOf(probe, stem)
  return probe.taken[slot] === 1 ? (probe.weights[slot] ?? 0) : 0
}

/** Cosine of the two vectors: 0 for nothing in common, 1 for the same. */
export function cosine(probe: Probe, { stems, weights }: Vector): number {
  let sum = 0
  for (let index = 0; index < stems.length; index++) {
    const slot = slotOf(probe, stems[index] ?? 0)
    if (probe.taken[slot] === 1) sum += (probe.weights[slot] ?? 0) * (weights[index] ?? 0)
  }
  return sum
}

/** The share of the probe's squared weight in stems that the other has too. */
export function coverage(probe: Probe, { stems }: Vector): number {
  let sum = 0
  for (let index = 0; index < stems.length; index++) {
    const slot = slotOf(probe, stems[index] ?? 0)
    if (probe.taken[slot] === 1) sum += (probe.weights[slot] ?? 0) ** 2
  }
  return sum
}

// Stems are hashes whose lowest bit says that they are numbers.
function slotOf({ stems, taken }: Probe, stem: number): number {
  let slot = (stem >>> 1) & (SLOTS - 1)
  while (taken[slot] === 1 && stems[slot] !== stem) slot = (slot + 1) & (SLOTS - 1)
  return slot
}
