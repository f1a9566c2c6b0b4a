// Who has a word: the newest of its owners stand in the ledger of the words or, if there are several, side by side in a list beside it.
import { cellFor, cellOf, LIST, NEWEST, type WordLedger } from '../text/word-ledger.ts'
import { type OwnerTally, tallyOwner } from './owner-tally.ts'

/**
 * Mutable. A list is a power of two of places in `pool`: how many owners it was ever given, then the latest of them in a ring. The newest
 * owner of all stands in the ledger, so most words need no list. A list is named by where it begins and its size class.
 */
export type Postings = {
  pool: Int32Array
  used: number
  readonly free: Int32Array // of each size class the first list that is free; its first place names the next
  readonly classMax: number
}

const CLASS_BITS = 3
const PLACES_LEAST = 4
const POOL_LEAST = 4_096

/** No postings at all; `most` owners are kept of a word, the newest ones: 4, 8, 16, 32 or 64. */
export function newPostings(most: number): Postings {
  const classMax = Math.log2(most / PLACES_LEAST)
  const free = new Int32Array(classMax + 1)
  return { pool: new Int32Array(POOL_LEAST), used: PLACES_LEAST, free, classMax }
}

/** Notes that `owner`, a number above 0, has `word`. */
export function addOwner(postings: Postings, ledger: WordLedger, word: number, owner: number): void {
  const cell = cellFor(ledger, word)
  const { cells } = ledger
  const before = cells[cell + NEWEST] ?? 0
  if (before !== 0) cells[cell + LIST] = push(postings, cells[cell + LIST] ?? 0, before)
  cells[cell + NEWEST] = owner
}

/** The newest owner of a word, 0 if it has none. */
export function newestOwner({ cells }: WordLedger, cell: number): number {
  return cells[cell + NEWEST] ?? 0
}

/** Adds an amount to each owner of a word from `first` on, once a round. */
export function tallyOwners(
  { pool }: Postings,
  ledger: WordLedger,
  word: number,
  { tally, amount, round, first }: { tally: OwnerTally; amount: number; round: number; first: number },
): void {
  const cell = cellOf(ledger, word)
  const [newest, list] = [ledger.cells[cell + NEWEST] ?? 0, ledger.cells[cell + LIST] ?? 0]
  if (newest === 0 || newest < first) return
  tallyOwner(tally, newest, amount, round)
  if (list === 0) return
  const from = list >> CLASS_BITS
  const end = from + Math.min(pool[from] ?? 0, roomOf(classOf(list)))
  for (let place = from + 1; place <= end; place++) {
    const owner = pool[place] ?? 0
    if (owner >= first) tallyOwner(tally, owner, amount, round)
  }
}

/** The owners in a list, in no order. */
export function ownersOf({ pool }: Postings, list: number): Int32Array {
  const from = list >> CLASS_BITS
  const count = list === 0 ? 0 : Math.min(pool[from] ?? 0, roomOf(classOf(list)))
  return pool.subarray(from + 1, from + 1 + count)
}

/** Frees the list of a word that no longer needs it. */
export function freeList({ pool, free }: Postings, list: number): void {
  if (list === 0) return
  pool[list >> CLASS_BITS] = free[classOf(list)] ?? 0
  free[classOf(list)] = list
}

const classOf = (list: number) => list & ((1 << CLASS_BITS) - 1)
const placesOf = (sizeClass: number) => PLACES_LEAST << sizeClass
const roomOf = (sizeClass: number) => placesOf(sizeClass) - 1

// Returns the list that has the owner now: the same one, or a larger one in its place.
function push(postings: Postings, list: number, owner: number): number {
  if (list === 0) return push(postings, allocate(postings, 0), owner)
  const { pool, classMax } = postings
  const [from, room] = [list >> CLASS_BITS, roomOf(classOf(list))]
  const given = pool[from] ?? 0
  if (given === room && classOf(list) < classMax) return push(postings, enlarge(postings, list), owner)
  pool[from + 1 + (given % room)] = owner
  pool[from] = given + 1
  return list
}

function enlarge(postings: Postings, list: number): number {
  const larger = allocate(postings, classOf(list) + 1)
  const from = list >> CLASS_BITS
  postings.pool.copyWithin(larger >> CLASS_BITS, from, from + placesOf(classOf(list)))
  freeList(postings, list)
  return larger
}

function allocate(postings: Postings, sizeClass: number): number {
  const list = postings.free[sizeClass] ?? 0
  if (list === 0) return allocateNew(postings, sizeClass)
  postings.free[sizeClass] = postings.pool[list >> CLASS_BITS] ?? 0
  postings.pool[list >> CLASS_BITS] = 0
  return list
}

function allocateNew(postings: Postings, sizeClass: number): number {
  const from = postings.used
  postings.used += placesOf(sizeClass)
  if (postings.used > postings.pool.length) {
    const grown = new Int32Array(Math.max(postings.used, Math.ceil(postings.pool.length * 1.5)))
    grown.set(postings.pool)
    postings.pool = grown
  }
  return (from << CLASS_BITS) | sizeClass
}
