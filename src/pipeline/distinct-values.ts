// The distinct values of a short list such as the words of a report: by a small table, which takes a third of the time of sorting.
import { blockIntegers } from '../text/blocks.ts'
import { scratchIntegers } from '../text/scratch.ts'

const SLOTS = 2_048 // a power of two
const LENGTH_MAX = SLOTS / 2

const values = new Int32Array(SLOTS)
const indexes = new Int32Array(SLOTS) // where in the list the value came first
const rounds = new Int32Array(SLOTS) // in which round a slot was taken: nothing has to be emptied
let round = 0

/** The distinct values in the order they come first; for one step, see blocks.ts. */
export function distinctValues(list: Int32Array): Int32Array {
  const first = distinctIndexes(list)
  const distinct = valueScratch(list.length)
  let count = 0
  for (let index = 0; index < list.length; index++)
    if (first[index] === index) distinct[count++] = list[index] ?? 0
  const kept = blockIntegers(count)
  for (let index = 0; index < count; index++) kept[index] = distinct[index] ?? 0
  return kept
}

/** For each value of a list the index at which it comes first. Lent: the next call overwrites it. */
export function distinctIndexes(list: Int32Array): Int32Array {
  if (list.length > LENGTH_MAX) return list.map((value) => list.indexOf(value))
  const first = indexScratch(list.length)
  round = (round + 1) | 0
  for (let index = 0; index < list.length; index++) first[index] = firstIndex(list[index] ?? 0, index)
  return first
}

function firstIndex(value: number, index: number): number {
  let slot = (value >>> 1) & (SLOTS - 1)
  while (rounds[slot] === round && values[slot] !== value) slot = (slot + 1) & (SLOTS - 1)
  if (rounds[slot] === round) return indexes[slot] ?? 0
  rounds[slot] = round
  values[slot] = value
  indexes[slot] = index
  return index
}

const valueScratch = scratchIntegers()
const indexScratch = scratchIntegers()
