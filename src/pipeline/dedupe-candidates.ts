// Which known reports may be the same as a new one: those that share at least two of its rarest words, or its headline.
// On 10,000 labelled items this finds 99.5 % of all copies and proposes 1.5 candidates an item; MinHash and SimHash miss 10-50 %.
import { blockBytes } from '../text/blocks.ts'
import { titleHash } from '../text/fingerprint.ts'
import { newRarity, type Rarity } from '../text/rarity.ts'
import { COUNT, cellOf } from '../text/word-ledger.ts'
import { type Entries, type Entry, keepEntry, newEntries } from './dedupe-entries.ts'
import type { Headed } from './dedupe-headlines.ts'
import { emptyOwnerTally, largestOwners, newOwnerTally, type OwnerTally } from './owner-tally.ts'
import { addOwner, freeList, newestOwner, newPostings, type Postings, tallyOwners } from './postings.ts'

/** Mutable. The owners of a word are the entries that are found by it. */
export type Candidates = {
  readonly rarity: Rarity
  readonly postings: Postings
  readonly tally: OwnerTally
  readonly entries: Entries
}

const WORDS_POSTED = 12
const WORDS_ASKED = 10
const OWNERS_READ_MAX = 32 // of one word: a word in more reports than that is not rare
const OWNERS_TALLIED_MAX = (WORDS_ASKED + 1) * (OWNERS_READ_MAX + 1) // the newest of a word stands beside its list
const SHARED_LEAST = 2
const CANDIDATES_MAX = 5

/** No entries at all. `learned` is what `saveRarity` made of the words of other candidates. */
export function newCandidates(learned?: Int32Array): Candidates {
  const [entries, postings] = [newEntries(), newPostings(OWNERS_READ_MAX)]
  const forget = (newest: number, list: number): boolean => {
    if (newest >= entries.first) return false
    freeList(postings, list)
    return true
  }
  return {
    rarity: newRarity('words', forget, learned),
    postings,
    tally: newOwnerTally(OWNERS_TALLIED_MAX),
    entries,
  }
}

/** Keeps an entry, to be found by its headline and by those of its words that say so. */
export function addEntry(
  { entries, postings, rarity }: Candidates,
  entry: Entry,
  isPosted: Uint8Array,
): void {
  const { words } = entry.print
  const title = headlineHash(entry)
  const number = keepEntry(entries, entry)
  if (title !== 0) addOwner(postings, rarity.ledger, title, number)
  for (let index = 0; index < words.length; index++)
    if (isPosted[index] === 1) addOwner(postings, rarity.ledger, words[index] ?? 0, number)
}

/** A hash of the headline without the outlet behind it, 0 for none: by it a copy is found that adds its own name. */
export function headlineHash({ print: { words, titleCount }, shape: { credit } }: Headed): number {
  return titleHash({ words, titleCount: Math.max(0, titleCount - credit) })
}

/** Of each word whether copies are to be found by it: the rarest ones, each where it comes first. */
export function postedWords(
  { rarity }: Candidates,
  words: Int32Array,
  distinctWords: Int32Array,
): Uint8Array {
  const isPosted = blockBytes(words.length)
  for (const word of rarestWords(rarity, distinctWords, WORDS_POSTED)) isPosted[words.indexOf(word)] = 1
  return isPosted
}

/** The entries worth comparing with a report of these words and this title hash, those that share most first. */
export function candidatesOf(
  { postings, tally, entries, rarity }: Candidates,
  distinctWords: Int32Array,
  title: number,
  isInWindow?: (entry: number) => boolean,
): readonly number[] {
  emptyOwnerTally(tally)
  const { first } = entries
  // A word that no known report has would only take the place of one that some have: misprints are rare words.
  const words = rarestWords(rarity, distinctWords, WORDS_ASKED, first)
  for (const [round, word] of words.entries())
    tallyOwners(postings, rarity.ledger, word, { tally, amount: 1, round, first })
  // The same headline comes before any number of words: a text that many reports share would hide it among them.
  if (title !== 0)
    tallyOwners(postings, rarity.ledger, title, { tally, amount: WORDS_ASKED, round: words.length, first })
  return largestOwners(tally, SHARED_LEAST, CANDIDATES_MAX, isInWindow)
}

/**
 * The rarest of some distinct words, rarest first; of equally rare ones the lower goes first, so that copies choose alike. With
 * `ownedSince` only words that have an owner from there on.
 */
export function rarestWords(
  { ledger }: Rarity,
  words: Int32Array,
  most: number,
  ownedSince = 0,
): readonly number[] {
  const rarest: number[] = []
  const counts: number[] = []
  for (const word of words) {
    const cell = cellOf(ledger, word)
    const count = ledger.cells[cell + COUNT] ?? 0
    if (rarest.length === most && !isBefore(count, word, counts[most - 1] ?? 0, rarest[most - 1] ?? 0))
      continue
    if (newestOwner(ledger, cell) < ownedSince) continue
    let at = Math.min(rarest.length, most - 1)
    for (; at > 0 && isBefore(count, word, counts[at - 1] ?? 0, rarest[at - 1] ?? 0); at--) {
      rarest[at] = rarest[at - 1] ?? 0
      counts[at] = counts[at - 1] ?? 0
    }
    rarest[at] = word
    counts[at] = count
  }
  return rarest
}

function isBefore(count: number, word: number, otherCount: number, otherWord: number): boolean {
  return count < otherCount || (count === otherCount && word < otherWord)
}
