// The indexes of recent articles as one process has them: read from the store, grown old, and noted there for the next start.
import type { Instant } from '../model/time.ts'
import type { Store } from '../store/index.ts'
import {
  copiesMs,
  type EchoIndexes,
  keepEarlier,
  type Listening,
  newIndexes,
  restore,
  storiesMs,
  tidy,
} from './echo-indexes.ts'

const hourMs = 3_600_000

/** After so many reports what a start needs is noted before the hour is over: the first round of a new desk brings tens of thousands. */
const reportsBetweenMin = 8_000

/** Noting takes as long as what is known is large: so much of it must be new, or a round of tens of thousands would note them again and again. */
const newShareMin = 0.5

/** What a start takes in report by report costs it 30 ms for so many, and noting how the indexes stand costs some 70 ms once. */
export const reportsLeftMax = 1_000

/** The indexes, the last change of stories by hand that they know, and when and up to which report they were noted. */
export type Loaded = {
  readonly indexes: EchoIndexes
  readonly changesSeen: number
  tidiedAt: Instant
  tidiedId: number
}

/** Reads the recent archive. */
export function load(store: Store, desk: Listening, now: Instant): Loaded {
  const changesSeen = store.storyChanges.latest() // before reading: what changes meanwhile is read once more
  const memory = store.echo.memory()
  const indexes = newIndexes(desk, memory)
  const id = restore(store, indexes, memory)
  keepEarlier(store, desk, indexes, { id, from: now - storiesMs })
  return { indexes, changesSeen, tidiedAt: memory?.takenAt ?? 0, tidiedId: memory?.afterId ?? 0 } // what was noted may have been rolled back
}

/** Forgets what is too old to matter at `now`. */
export function forgetOld({ indexes: { duplicates, stories } }: Loaded, now: Instant): void {
  duplicates.forgetBefore(now - copiesMs)
  stories.forgetBefore(now - storiesMs)
}

/** Reports that a start would take in one by one. */
export function reportsLeft({ indexes: { lastId }, tidiedId }: Loaded): number {
  return lastId - tidiedId
}

/** Whether it is time to note how the indexes stand. */
export function isNoteDue(loaded: Loaded, now: Instant): boolean {
  const reportsBetween = Math.max(reportsBetweenMin, loaded.indexes.duplicates.size * newShareMin)
  return now - loaded.tidiedAt >= hourMs || reportsLeft(loaded) >= reportsBetween
}

/** Notes how the indexes stand. Call it only when every report in them is stored. */
export function note(store: Store, loaded: Loaded, now: Instant): void {
  tidy(store, loaded.indexes, { now, changeId: loaded.changesSeen })
  loaded.tidiedAt = now
  loaded.tidiedId = loaded.indexes.lastId
}
