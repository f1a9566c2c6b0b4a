// A map from 32-bit words to small numbers in two typed arrays: a tenth of the memory of a Map and several times faster.

/** Mutable. Values are 32-bit integers; 0 means absent. */
export type WordTable = { words: Int32Array; values: Int32Array; used: number }

const CAPACITY_LEAST = 1024 // a power of two, like every capacity

/** An empty table. */
export function newWordTable(): WordTable {
  return { words: new Int32Array(CAPACITY_LEAST), values: new Int32Array(CAPACITY_LEAST), used: 0 }
}

/** The value of a word, 0 if it has none. */
export function valueFor(table: WordTable, word: number): number {
  return table.values[slotOf(table, word)] ?? 0
}

/** Gives a word a value other than 0. A full table first drops what `isKept` refuses, then grows if it must. */
export function setValue(
  table: WordTable,
  word: number,
  value: number,
  isKept: (value: number) => boolean = isAny,
): void {
  const slot = slotFor(table, word, isKept)
  table.values[slot] = value
}

/** Adds to the value of a word; the sum must not be 0. */
export function addValue(table: WordTable, word: number, amount: number): void {
  const slot = slotFor(table, word, isAny)
  table.values[slot] = (table.values[slot] ?? 0) + amount
}

const isAny = () => true

// The slot of a word, taken for it if it had none: the caller gives it a value.
function slotFor(table: WordTable, word: number, isKept: (value: number) => boolean): number {
  const slot = slotOf(table, word)
  if (table.values[slot] !== 0) return slot
  if (table.used * 3 > table.words.length * 2) {
    reviseValues(table, (value) => (isKept(value) ? value : 0))
    return slotFor(table, word, isKept)
  }
  table.used++
  table.words[slot] = word
  return slot
}

/** Replaces every value by what `change` makes of it, and forgets the words whose value becomes 0. */
export function reviseValues(table: WordTable, change: (value: number) => number): void {
  const { words, values } = table
  const kept = values.map((value) => (value === 0 ? 0 : change(value)))
  table.used = kept.reduce((count, value) => (value === 0 ? count : count + 1), 0)
  const capacity = Math.max(CAPACITY_LEAST, 2 ** Math.ceil(Math.log2(table.used * 3)))
  table.words = new Int32Array(capacity)
  table.values = new Int32Array(capacity)
  for (let index = 0; index < kept.length; index++) {
    if (kept[index] !== 0) place(table, words[index] ?? 0, kept[index] ?? 0)
  }
}

function place(table: WordTable, word: number, value: number): void {
  const slot = slotOf(table, word)
  table.words[slot] = word
  table.values[slot] = value
}

function slotOf({ words, values }: WordTable, word: number): number {
  const mask = words.length - 1
  let slot = mixBits(word) & mask
  while (values[slot] !== 0 && words[slot] !== word) slot = (slot + 1) & mask
  return slot
}

/** Spreads a 32-bit number over all its bits: the finaliser of MurmurHash3 (public domain). */
export function mixBits(word: number): number {
  let hash = word ^ (word >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
