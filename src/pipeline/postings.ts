// Which reports contain a word: linked lists in a ring of typed arrays, newest first. Forgetting the oldest costs nothing.
import { newWordTable, setValue, valueFor, type WordTable } from '../text/word-table.ts'

/** Mutable. Postings are numbered from 1; those below `first` are forgotten. `heads` holds the newest posting of each word. */
export type Postings = {
  readonly heads: WordTable
  owners: Int32Array
  previous: Int32Array // the next older posting of the same word; 0 for none
  first: number
  next: number
}

const CAPACITY_LEAST = 1024 // a power of two, like every capacity

/** No postings at all. */
export function newPostings(): Postings {
  const [owners, previous] = [new Int32Array(CAPACITY_LEAST), new Int32Array(CAPACITY_LEAST)]
  return { heads: newWordTable(), owners, previous, first: 1, next: 1 }
}

/** Notes that `owner` contains `word`. Returns the number of the posting, for `forgetPostings`. */
export function addPosting(postings: Postings, word: number, owner: number): number {
  if (postings.next - postings.first >= postings.owners.length) grow(postings)
  const posting = postings.next++
  const slot = posting & (postings.owners.length - 1)
  postings.owners[slot] = owner
  postings.previous[slot] = valueFor(postings.heads, word)
  setValue(postings.heads, word, posting, (head) => head >= postings.first)
  return posting
}

/** Is there a live posting of this word? */
export function hasPosting(postings: Postings, word: number): boolean {
  return valueFor(postings.heads, word) >= postings.first
}

/** Calls `visit` for the newest `most` owners of a word. */
export function visitOwners(
  postings: Postings,
  word: number,
  most: number,
  visit: (owner: number) => void,
): void {
  const mask = postings.owners.length - 1
  let posting = valueFor(postings.heads, word)
  for (let seen = 0; seen < most && posting >= postings.first; seen++) {
    visit(postings.owners[posting & mask] ?? 0)
    posting = postings.previous[posting & mask] ?? 0
  }
}

/** Forgets all postings numbered below `first`. */
export function forgetPostings(postings: Postings, first: number): void {
  postings.first = Math.max(postings.first, Math.min(first, postings.next))
}

function grow(postings: Postings): void {
  const { owners, previous, first, next } = postings
  const mask = owners.length - 1
  postings.owners = new Int32Array(owners.length * 2)
  postings.previous = new Int32Array(owners.length * 2)
  const newMask = postings.owners.length - 1
  for (let posting = first; posting < next; posting++) {
    postings.owners[posting & newMask] = owners[posting & mask] ?? 0
    postings.previous[posting & newMask] = previous[posting & mask] ?? 0
  }
}
