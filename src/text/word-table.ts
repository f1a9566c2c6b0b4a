// A map from 32-bit words to small numbers in one typed array: a tenth of the memory of a Map and several times faster.

/**
 * Mutable. `cells` holds each word with its value behind it, so that looking one up is one place in memory. Values are 32-bit integers;
 * 0 means absent.
 */
export type WordTable = { cells: Int32Array; used: number }

const CAPACITY_LEAST = 1024 // of words; a power of two, like every capacity

/** An empty table. */
export function newWordTable(): WordTable {
  return { cells: new Int32Array(CAPACITY_LEAST * 2), used: 0 }
}

/** The value of a word, 0 if it has none. */
export function valueFor({ cells }: WordTable, word: number): number {
  return cells[cellOf(cells, word) + 1] ?? 0
}

/** Gives a word a value other than 0. A full table first drops what `isKept` refuses, then grows if it must. */
export function setValue(
  table: WordTable,
  word: number,
  value: number,
  isKept: (value: number) => boolean = isAny,
): void {
  const cell = cellFor(table, word, isKept)
  table.cells[cell + 1] = value
}

/** Fills an empty table with what `pairsOf` listed of another, as large as it would have grown. No word comes twice. */
export function fillTable(table: WordTable, pairs: Int32Array): void {
  const used = pairs.length / 2
  const cells = new Int32Array(capacityFor(used / 2) * 2)
  for (let at = 0; at < pairs.length; at += 2) place(cells, pairs[at] ?? 0, pairs[at + 1] ?? 0)
  table.used = used
  table.cells = cells
}

/** Every word with its value behind it. */
export function pairsOf({ cells, used }: WordTable): Int32Array {
  const pairs = new Int32Array(used * 2)
  let length = 0
  for (let cell = 0; cell < cells.length; cell += 2) {
    if (cells[cell + 1] === 0) continue
    pairs[length++] = cells[cell] ?? 0
    pairs[length++] = cells[cell + 1] ?? 0
  }
  return pairs.subarray(0, length)
}

const isAny = () => true

// The cell of a word, taken for it if it had none: the caller gives it a value.
function cellFor(table: WordTable, word: number, isKept: (value: number) => boolean): number {
  const { cells } = table
  const cell = cellOf(cells, word)
  if (cells[cell + 1] !== 0) return cell
  if (table.used * 3 > cells.length) {
    rebuild(table, isKept)
    return cellFor(table, word, isKept)
  }
  table.used++
  cells[cell] = word
  return cell
}

function rebuild(table: WordTable, isKept: (value: number) => boolean): void {
  const old = table.cells
  const isLive = (at: number) => old[at + 1] !== 0 && isKept(old[at + 1] ?? 0)
  let used = 0
  for (let at = 0; at < old.length; at += 2) if (isLive(at)) used++
  table.used = used
  table.cells = new Int32Array(capacityFor(used) * 2)
  for (let at = 0; at < old.length; at += 2)
    if (isLive(at)) place(table.cells, old[at] ?? 0, old[at + 1] ?? 0)
}

function capacityFor(words: number): number {
  return Math.max(CAPACITY_LEAST, 2 ** Math.ceil(Math.log2(words * 3)))
}

function place(cells: Int32Array, word: number, value: number): void {
  const cell = cellOf(cells, word)
  cells[cell] = word
  cells[cell + 1] = value
}

function cellOf(cells: Int32Array, word: number): number {
  const mask = cells.length - 2
  let cell = (mixBits(word) << 1) & mask
  while (cells[cell + 1] !== 0 && cells[cell] !== word) cell = (cell + 2) & mask
  return cell
}

/** Spreads a 32-bit number over all its bits: the finaliser of MurmurHash3 (public domain). */
export function mixBits(word: number): number {
  let hash = word ^ (word >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
