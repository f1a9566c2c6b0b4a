// Which parts of a large fetch this process has stored. Only when it has them all may the fetch be closed and its validators be saved.
import type { OutcomePart } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { ListedEntry } from '../pipeline/feed-listing.ts'
import { newTally, type Tally } from './tally.ts'

/** What the parts stored so far came to: their entries counted, and what they list, in document order. */
export type StoredParts = { readonly tally: Tally; readonly listing: readonly ListedEntry[] }

type Progress = { readonly at: number; next: number; stored: StoredParts }

/** Nothing is stored yet. */
export function noParts(): StoredParts {
  return { tally: newTally(), listing: [] }
}

/**
 * In memory only: after a crash the last part finds that others are missing, so the fetch is not closed and the feed is fetched
 * again, with its old validators, when its lease ends.
 */
export function createParts() {
  const fetches = new Map<number, Progress>()
  return {
    /** What the parts so far came to, to be gone on with; undefined for a part that was stored before. Throws when an earlier one is missing. */
    begin: (feedId: number, { at }: FetchOutcome, { index, of }: OutcomePart): StoredParts | undefined => {
      const progress = fetches.get(feedId)
      if (index === 1 && progress?.at !== at) fetches.set(feedId, { at, next: 1, stored: noParts() })
      const known = fetches.get(feedId)
      if (known?.at !== at || index > known.next)
        throw new Error(
          `part ${index} of ${of} of a large fetch came without those before it; the feed is fetched again`,
        )
      const { tally, listing } = known.stored
      return index < known.next ? undefined : { tally: { ...tally }, listing }
    },
    /** Call it after the commit. Of a fetch that is stored whole only that is remembered. */
    end: (feedId: number, { index, of }: OutcomePart, { tally, listing }: StoredParts): void => {
      const progress = fetches.get(feedId)
      if (progress === undefined) return
      progress.stored = index === of ? noParts() : { tally, listing }
      progress.next++
    },
  }
}
