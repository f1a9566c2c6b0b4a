// The indexes of recent articles as runs of bytes in the store: a start reads these, and only the reports that came since.
import type { StoryClusters } from '../pipeline/cluster.ts'
import type { DuplicateIndex } from '../pipeline/dedupe-index.ts'
import { createReportReader } from '../pipeline/kept-report.ts'
import { readPacked } from '../pipeline/packed-lists.ts'
import type { Store } from '../store/index.ts'

/** Both indexes, and the last report in them. */
export type Indexed = { readonly duplicates: DuplicateIndex; readonly stories: StoryClusters; lastId: number }

/** Raise it whenever the bytes mean something else: older ones are not used then. */
const version = 2

/** Saves the indexes. `changeId` is the last change of stories by hand that they know. Call it in the transaction that saves what was learned. */
export function saveSnapshot(store: Store, indexes: Indexed, changeId: number): void {
  store.echo.saveSnapshot({ version, afterId: indexes.lastId, changeId, runs: packed(indexes) })
}

function* packed({ duplicates, stories }: Indexed): Generator<Uint8Array> {
  yield* duplicates.packed()
  yield* stories.packed()
}

/**
 * Takes the snapshot over into indexes that have learned and hold nothing yet. False, with nothing changed, when there is none that goes
 * with what was learned up to `afterId`: of another version, or from before a change of stories by hand.
 */
export function takeSnapshot(store: Store, indexes: Indexed, afterId: number): boolean {
  const snapshot = store.echo.snapshot()
  if (snapshot?.version !== version || snapshot.afterId !== afterId) return false
  if (snapshot.changeId !== store.storyChanges.latest()) return false
  const lists = readPacked(snapshot.runs)
  indexes.duplicates.takePacked(lists)
  const readReport = createReportReader() // a story is read in the middle of adding a report to it
  indexes.stories.takePacked(lists, function* (storyId, most) {
    for (const row of store.echo.latestOf(storyId, afterId, most)) yield { ...readReport(row.report), ...row }
  })
  indexes.lastId = afterId
  return true
}
