// Vectors side by side in two arrays, instead of objects and arrays for each: a third of the memory, and comparing reads it in one go.
import type { Vector } from './cluster-vector.ts'

/** Mutable. A record is HEADER places, its length, its title count and its source, and then its terms. Place 0 is no record. */
export type Pool = { stems: Int32Array; weights: Uint16Array; used: number; wasted: number }

const HEADER = 3
const PLACES_LEAST = 65_536

/** No records at all. */
export function newPool(places = PLACES_LEAST): Pool {
  return { stems: new Int32Array(places), weights: new Uint16Array(places), used: 1, wasted: 0 }
}

/** Is there room for a record of `length` terms? */
export function hasRoom({ stems, used }: Pool, length: number): boolean {
  return used + HEADER + length <= stems.length
}

/** Writes a record and returns where it begins; there must be room. `room` is what it may grow to. */
export function writeRecord(
  pool: Pool,
  { stems, weights }: Vector,
  { titleCount, source, room = stems.length }: { titleCount: number; source: number; room?: number },
): number {
  const record = pool.used
  pool.used += HEADER + room
  pool.stems[record] = room
  pool.stems[record + 1] = titleCount
  pool.stems[record + 2] = source
  pool.stems.set(stems, record + HEADER)
  pool.weights.set(weights, record + HEADER)
  return record
}

/** Copies a record into another pool, which must have room, and returns where it begins there. */
export function moveRecord(from: Pool, record: number, to: Pool): number {
  const [begin, end] = [record, endOf(from, record)]
  const moved = to.used
  to.stems.set(from.stems.subarray(begin, end), moved)
  to.weights.set(from.weights.subarray(begin, end), moved)
  to.used += end - begin
  return moved
}

/** Notes that a record is no longer needed: its places are won back when the pool is next moved to another. */
export function dropRecord(pool: Pool, record: number): void {
  pool.wasted += endOf(pool, record) - record
}

/** Where the terms of a record begin. */
export function beginOf(record: number): number {
  return record + HEADER
}

/** Where the terms of a record end. */
export function endOf({ stems }: Pool, record: number): number {
  return record + HEADER + (stems[record] ?? 0)
}

/** How many of a record's stems are of its title. */
export function titleCountOf({ stems }: Pool, record: number): number {
  return stems[record + 1] ?? 0
}

/** The number of the source whose report the record is. */
export function sourceOf({ stems }: Pool, record: number): number {
  return stems[record + 2] ?? 0
}
