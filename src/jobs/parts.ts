// Which parts of a large fetch this process has stored. Only when it has them all may the fetch be closed and its validators be saved.
import type { Part } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import { newTally, type Tally } from './tally.ts'

type Progress = { readonly at: number; next: number; tally: Tally }

/**
 * In memory only: after a crash the last part finds that others are missing, so the fetch is not closed and the feed is fetched
 * again, with its old validators, when its lease ends.
 */
export function createParts() {
  const fetches = new Map<number, Progress>()
  return {
    /**
     * What the entries stored so far came to, to be counted further; undefined for a part that was stored before. Throws when
     * an earlier part is missing.
     */
    begin: (feedId: number, { at }: FetchOutcome, { index, of }: Part): Tally | undefined => {
      const progress = fetches.get(feedId)
      if (index === 1 && progress?.at !== at) fetches.set(feedId, { at, next: 1, tally: newTally() })
      const known = fetches.get(feedId)
      if (known?.at !== at || index > known.next)
        throw new Error(
          `part ${index} of ${of} of a large fetch came without those before it; the feed is fetched again`,
        )
      return index < known.next ? undefined : { ...known.tally }
    },
    /** Call it after the commit. */
    end: (feedId: number, tally: Tally): void => {
      const progress = fetches.get(feedId)
      if (progress === undefined) return
      progress.tally = tally
      progress.next++
    },
  }
}
