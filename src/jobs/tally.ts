// What became of the entries of one fetch, counted as they are kept.
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedRow, FetchCounts } from '../store/index.ts'

/** Mutable: counts by what became of an entry, and matches, entries that came under a new identity, and entries taken for known that the store knows otherwise. */
export type Tally = Record<
  'new' | 'duplicates' | 'revisions' | 'unchanged' | 'matches' | 'renamed' | 'doubtful',
  number
>

export function newTally(): Tally {
  return { new: 0, duplicates: 0, revisions: 0, unchanged: 0, matches: 0, renamed: 0, doubtful: 0 }
}

/** True for entries that came otherwise than by a poll. */
export function isAside(outcome: FetchOutcome): boolean {
  return outcome.kind === 'fetched' && outcome.aside !== undefined
}

/** The counts of a fetch. When every entry was new although the feed was heard before, some may have been missed in between. */
export function countsOf(feed: FeedRow, outcome: FetchOutcome, tally: Tally): FetchCounts {
  const items = tally.new + tally.duplicates + tally.revisions + tally.unchanged // of all parts, when it came in several
  const skipped = outcome.kind === 'fetched' ? outcome.feed.skipped.length : 0
  const heardBefore = feed.lastSuccessAt !== undefined
  const known = tally.unchanged + tally.revisions + tally.renamed
  const { new: fresh, duplicates, revisions, renamed } = tally
  return {
    items,
    new: fresh,
    duplicates,
    revisions,
    skipped,
    overflow: heardBefore && !isAside(outcome) && items > 0 && known === 0,
    renamed,
  }
}
