// Who has which word, as lists of numbers and back: what a start reads instead of filing the words of every report again.
import {
  fillOwners,
  LIST,
  NEWEST,
  OWNER,
  reserveWords,
  STRIDE,
  type WordLedger,
} from '../text/word-ledger.ts'
import { listOf, type PackedList, type PackedReader } from './packed-lists.ts'
import type { Postings } from './postings.ts'

const SPARE = 1.25
const PART_WORDS = 4_096

/** Three lists: the owners of each word, the pool of their lists, and which of those are free. */
export function postingsAsLists(
  { pool, used, free }: Postings,
  { cells }: WordLedger,
): readonly PackedList[] {
  return [ownersAsList(cells), listOf(pool.subarray(0, used)), listOf(free)]
}

function ownersAsList(cells: Int32Array): PackedList {
  let words = 0
  for (let cell = 0; cell < cells.length; cell += STRIDE) if (cells[cell + NEWEST] !== 0) words++
  return { byteLength: words * OWNER * Int32Array.BYTES_PER_ELEMENT, parts: ownerParts(cells) }
}

/** The owners of some words after the other, in the same memory: all together they are a third of the ledger. */
function* ownerParts(cells: Int32Array): Generator<Int32Array> {
  const owners = new Int32Array(PART_WORDS * OWNER)
  let length = 0
  for (let cell = 0; cell < cells.length; cell += STRIDE) {
    const newest = cells[cell + NEWEST] ?? 0
    if (newest === 0) continue
    owners[length++] = cells[cell] ?? 0
    owners[length++] = newest
    owners[length++] = cells[cell + LIST] ?? 0
    if (length < owners.length) continue
    yield owners
    length = 0
  }
  yield owners.subarray(0, length)
}

/** Takes over what `postingsAsLists` made; call it before any owner is added. */
export function takePostings(postings: Postings, ledger: WordLedger, lists: PackedReader): void {
  const [owners, pool, free] = [lists.integers(), lists.integers(), lists.integers()]
  reserveWords(ledger, Math.max(ledger.used, owners.length / OWNER))
  fillOwners(ledger, owners)
  postings.pool = new Int32Array(Math.max(postings.pool.length, Math.ceil(pool.length * SPARE)))
  postings.pool.set(pool)
  postings.used = pool.length
  postings.free.set(free)
}
