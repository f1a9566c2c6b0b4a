// Whether so much is being stored that a thread for copies and stories is worth its start.
import { availableParallelism } from 'node:os'
import { createPace } from './pace.ts'

// The thread takes some 200 ms of processor time to begin and to be compiled; a thousand entries take about as long to be decided.
const worthwhileEntries = 4_000
const latelyMs = 10_000

export type BusyWriter = {
  /** Counts the entries of an outcome that was stored. */
  readonly note: (entries: number) => void
  readonly isBusy: () => boolean
}

/** Never busy with one core; `cores` are those of this machine, for this process. */
export function createBusyWriter(cores: number = availableParallelism()): BusyWriter {
  const pace = createPace(latelyMs, () => performance.now())
  return { note: pace, isBusy: () => cores > 1 && pace(0) >= worthwhileEntries }
}
