// What is known of each word: how often it was seen, and who has it. One place in memory a word: far ones are what looking up costs.

/**
 * Mutable. Each word has four cells in a row: the word, its count, the newest of its owners and where the older ones are listed
 * (see pipeline/postings.ts); 0 for none. A word with neither count nor owner is not there.
 */
export type WordLedger = {
  cells: Int32Array
  used: number
  readonly forget: ForgetOwners
}

/** Asked before a full ledger grows: may the owners of a word be dropped? Whoever keeps lists of them frees the list then. */
export type ForgetOwners = (newest: number, list: number) => boolean

export const COUNT = 1
export const NEWEST = 2
export const LIST = 3

/** Cells a word. */
export const STRIDE = 4
/** Numbers by which the owners of a word are listed. */
export const OWNER = 3
const CAPACITY_LEAST = 1024 // of words; a power of two, like every capacity
const FILLED_MOST = 0.6

/** An empty ledger, or one with the same counts as another. Without `forget` owners stay as long as their word. */
export function newWordLedger(forget: ForgetOwners = () => false, from?: WordLedger): WordLedger {
  const cells = from?.cells.slice() ?? new Int32Array(CAPACITY_LEAST * STRIDE)
  return { cells, used: from?.used ?? 0, forget }
}

/** Where the cells of a word begin; where they would, if it is not there. */
export function cellOf({ cells }: WordLedger, word: number): number {
  const mask = cells.length - STRIDE
  let cell = (word << 1) & mask // words are well mixed hashes; their lowest bit only says that they are numbers
  while (cells[cell] !== word && !isFree(cells, cell)) cell = (cell + STRIDE) & mask
  return cell
}

/** The same for a word that is about to get a count or an owner. Other cells may move. */
export function cellFor(ledger: WordLedger, word: number): number {
  const cell = cellOf(ledger, word)
  if (!isFree(ledger.cells, cell)) return cell
  if ((ledger.used + 1) * STRIDE > ledger.cells.length * FILLED_MOST) {
    reviseCounts(ledger, (count) => count)
    return cellFor(ledger, word)
  }
  ledger.used++
  ledger.cells[cell] = word
  return cell
}

/** How often a word was counted. */
export function countOf(ledger: WordLedger, word: number): number {
  return ledger.cells[cellOf(ledger, word) + COUNT] ?? 0
}

/** Gives a word a count above 0. */
export function setCount(ledger: WordLedger, word: number, count: number): void {
  const cell = cellFor(ledger, word)
  ledger.cells[cell + COUNT] = count
}

/** Adds to the count of a word. */
export function addCount(ledger: WordLedger, word: number, amount: number): void {
  const cell = cellFor(ledger, word)
  ledger.cells[cell + COUNT] = (ledger.cells[cell + COUNT] ?? 0) + amount
}

/**
 * Fills an empty ledger with what `countsOf` listed of another, with room for `words` in all. No word comes twice, so the first free
 * place is its own: in one loop, for a start is over before V8 has put calls into one.
 */
export function fillCounts(ledger: WordLedger, counts: Int32Array, words: number): void {
  const cells = new Int32Array(capacityFor(Math.max(words, counts.length / 2)) * STRIDE)
  const mask = cells.length - STRIDE
  for (let at = 0; at < counts.length; at += 2) {
    const word = counts[at] ?? 0
    let cell = (word << 1) & mask
    while (cells[cell + COUNT] !== 0) cell = (cell + STRIDE) & mask
    cells[cell] = word
    cells[cell + COUNT] = counts[at + 1] ?? 0
  }
  ledger.used = counts.length / 2
  ledger.cells = cells
}

/**
 * Gives words their owners: three numbers each, the word, the newest owner and the list of the older ones; no word comes twice. In one loop
 * as long as nothing has to move, for the same reason.
 */
export function fillOwners(ledger: WordLedger, owners: Int32Array): void {
  const { cells } = ledger
  const mask = cells.length - STRIDE
  const usedMost = (cells.length / STRIDE) * FILLED_MOST
  let at = 0
  for (; at < owners.length && ledger.used + 1 <= usedMost; at += OWNER) {
    const word = owners[at] ?? 0
    let cell = (word << 1) & mask
    while (cells[cell] !== word && (cells[cell + COUNT] !== 0 || cells[cell + NEWEST] !== 0))
      cell = (cell + STRIDE) & mask
    if (cells[cell + COUNT] === 0 && cells[cell + NEWEST] === 0) ledger.used++
    cells[cell] = word
    cells[cell + NEWEST] = owners[at + 1] ?? 0
    cells[cell + LIST] = owners[at + 2] ?? 0
  }
  for (; at < owners.length; at += OWNER) {
    const cell = cellFor(ledger, owners[at] ?? 0)
    ledger.cells[cell + NEWEST] = owners[at + 1] ?? 0
    ledger.cells[cell + LIST] = owners[at + 2] ?? 0
  }
}

/** Every word that was counted with its count behind it. */
export function countsOf({ cells, used }: WordLedger): Int32Array {
  const counts = new Int32Array(used * 2)
  let length = 0
  for (let cell = 0; cell < cells.length; cell += STRIDE) {
    if (cells[cell + COUNT] === 0) continue
    counts[length++] = cells[cell] ?? 0
    counts[length++] = cells[cell + COUNT] ?? 0
  }
  return counts.slice(0, length)
}

/** Replaces every count by what `change` makes of it. Words without count and owner are forgotten, and the ledger takes a fitting size. */
export function reviseCounts(ledger: WordLedger, change: (count: number) => number): void {
  const old = ledger.cells
  let used = 0
  for (let cell = 0; cell < old.length; cell += STRIDE) {
    old[cell + COUNT] = change(old[cell + COUNT] ?? 0)
    const newest = old[cell + NEWEST] ?? 0
    if (newest !== 0 && ledger.forget(newest, old[cell + LIST] ?? 0))
      old.fill(0, cell + NEWEST, cell + STRIDE)
    if (!isFree(old, cell)) used++
  }
  ledger.used = used
  ledger.cells = new Int32Array(capacityFor(used) * STRIDE)
  for (let cell = 0; cell < old.length; cell += STRIDE) if (!isFree(old, cell)) move(old, cell, ledger)
}

// A quarter more than needed now, or a ledger just below its limit would be revised again at once.
function capacityFor(words: number): number {
  return Math.max(CAPACITY_LEAST, 2 ** Math.ceil(Math.log2((words * 1.25 + 1) / FILLED_MOST)))
}

function move(from: Int32Array, cell: number, to: WordLedger): void {
  const place = cellOf(to, from[cell] ?? 0)
  for (let offset = 0; offset < STRIDE; offset++) to.cells[place + offset] = from[cell + offset] ?? 0
}

/** Makes room for so many words at once, instead of growing with them. */
export function reserveWords(ledger: WordLedger, words: number): void {
  const old = ledger.cells
  const capacity = capacityFor(words)
  if (capacity * STRIDE <= old.length) return
  ledger.cells = new Int32Array(capacity * STRIDE)
  for (let cell = 0; cell < old.length; cell += STRIDE) if (!isFree(old, cell)) move(old, cell, ledger)
}

function isFree(cells: Int32Array, cell: number): boolean {
  return cells[cell + COUNT] === 0 && cells[cell + NEWEST] === 0
}
