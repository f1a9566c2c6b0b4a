// A small set of 32-bit values that is asked where a value stands in it: built once for a report, asked for every other.

import { blockHalves } from '../text/blocks.ts'

/** `slots` holds index + 1 of the value that has the slot; 0 is free. */
export type ValueSet = { readonly values: Int32Array; readonly slots: Uint16Array }

/** Builds the set of distinct values; for one step, see blocks.ts. */
export function valueSet(values: Int32Array): ValueSet {
  const slots = blockHalves(2 ** Math.ceil(Math.log2(values.length * 2 + 2)))
  const set = { values, slots }
  for (let index = 0; index < values.length; index++) slots[slotOf(set, values[index] ?? 0)] = index + 1
  return set
}

/** The index of a value; -1 if it is not in the set. */
export function indexIn(set: ValueSet, value: number): number {
  return (set.slots[slotOf(set, value)] ?? 0) - 1
}

/** How many of some distinct values are in the set. */
export function countIn(set: ValueSet, some: Int32Array): number {
  let count = 0
  for (let index = 0; index < some.length; index++) if (indexIn(set, some[index] ?? 0) >= 0) count++
  return count
}

// The lowest bit of a word only says that it is a number.
function slotOf({ values, slots }: ValueSet, value: number): number {
  const mask = slots.length - 1
  let slot = (value >>> 1) & mask
  while (slots[slot] !== 0 && values[(slots[slot] ?? 0) - 1] !== value) slot = (slot + 1) & mask
  return slot
}
