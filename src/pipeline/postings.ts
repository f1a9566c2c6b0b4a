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

/** Mutable, and lent to one question after another: the owners of several words, `most` places for each, and how many there are. */
export type OwnerLists = {
  readonly most: number
  readonly owners: Int32Array
  readonly counts: Int32Array
  readonly postings: Int32Array // where reading has come to
}

/** Room for the newest `most` owners of each of up to `words` words. */
export function newOwnerLists(words: number, most: number): OwnerLists {
  const [counts, postings] = [new Int32Array(words), new Int32Array(words)]
  return { most, owners: new Int32Array(words * most), counts, postings }
}

/**
 * Reads the newest owners of each word, newest first. One step in every list after the other: each step is a distant place in memory, and
 * the processor waits for those of different lists at once.
 */
export function readOwners(postings: Postings, words: ArrayLike<number>, lists: OwnerLists): void {
  const { heads, links, first } = postings
  const mask = links.length - 1
  for (let list = 0; list < words.length; list++) {
    lists.postings[list] = valueFor(heads, words[list] ?? 0)
    lists.counts[list] = 0
  }
  for (let step = 0, left = words.length; step < lists.most && left > 0; step++) {
    left = 0
    for (let list = 0; list < words.length; list++) {
      const posting = lists.postings[list] ?? 0
      if (posting < first) continue
      const at = (posting * 2) & mask
      lists.owners[list * lists.most + step] = links[at] ?? 0
      lists.postings[list] = links[at + 1] ?? 0
      lists.counts[list] = step + 1
      left++
    }
  }
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
