// Which reports contain a word: linked lists in a ring of typed arrays, newest first. Forgetting the oldest costs nothing.
import { newWordTable, setValue, valueFor, type WordTable } from '../text/word-table.ts'

/**
 * Mutable. Postings are numbered from 1; those below `first` are forgotten. `heads` holds the newest posting of each word, `links` the
 * owner of each posting and behind it the next older posting of the same word, 0 for none.
 */
export type Postings = {
  readonly heads: WordTable
  links: Int32Array
  first: number
  next: number
  readonly isLive: (posting: number) => boolean
}

const CAPACITY_LEAST = 1024 // of postings; a power of two, like every capacity

/** No postings at all. */
export function newPostings(): Postings {
  const postings: Postings = {
    heads: newWordTable(),
    links: new Int32Array(CAPACITY_LEAST * 2),
    first: 1,
    next: 1,
    isLive: (posting) => posting >= postings.first,
  }
  return postings
}

/** Notes that `owner` contains `word`. Returns the number of the posting, for `forgetPostings`. */
export function addPosting(postings: Postings, word: number, owner: number): number {
  if ((postings.next - postings.first) * 2 >= postings.links.length) grow(postings)
  const posting = postings.next++
  const at = (posting * 2) & (postings.links.length - 1)
  postings.links[at] = owner
  postings.links[at + 1] = valueFor(postings.heads, word)
  setValue(postings.heads, word, posting, postings.isLive)
  return posting
}

/** Is there a live posting of this word? */
export function hasPosting(postings: Postings, word: number): boolean {
  return valueFor(postings.heads, word) >= postings.first
}

/** Writes the newest owners of a word into `owners`, as many as there is room for, newest first. Returns how many. */
export function readOwners({ heads, links, first }: Postings, word: number, owners: Int32Array): number {
  const mask = links.length - 1
  let [posting, count] = [valueFor(heads, word), 0]
  while (count < owners.length && posting >= first) {
    const at = (posting * 2) & mask
    owners[count++] = links[at] ?? 0
    posting = links[at + 1] ?? 0
  }
  return count
}

/** Forgets all postings numbered below `first`. */
export function forgetPostings(postings: Postings, first: number): void {
  postings.first = Math.max(postings.first, Math.min(first, postings.next))
}

function grow(postings: Postings): void {
  const { links, first, next } = postings
  const mask = links.length - 1
  const grown = new Int32Array(links.length * 2)
  const grownMask = grown.length - 1
  for (let posting = first; posting < next; posting++) {
    const [from, to] = [(posting * 2) & mask, (posting * 2) & grownMask]
    grown[to] = links[from] ?? 0
    grown[to + 1] = links[from + 1] ?? 0
  }
  postings.links = grown
}
