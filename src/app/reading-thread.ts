// Reads bodies in a second thread while there are many: a round that brings a thousand new feeds has two cores to use.
import { availableParallelism } from 'node:os'
import { type ReadBody, readBody as readHere } from '../fetch/index.ts'
import { createPace } from './pace.ts'
import type { ReadingResult, ReadingTask } from './reading-task.ts'
import { createTaskThread, type TaskThread } from './task-thread.ts'

export type ReadingThread = {
  readonly readBody: ReadBody
  /**
   * Reads everything in this thread for ten minutes: a process that dies of a feed then knows which. Long enough, for whatever the
   * process before had in hand is due again five minutes after it was claimed.
   */
  readonly stayHere: () => void
  readonly isRunning: () => boolean
  /** Finishes what is being read, and ends the thread. */
  readonly close: () => Promise<void>
}

export type ReadingThreadOptions = {
  readonly cores?: number // of this machine, for this process
  readonly bytesFrom?: number // of bodies that came lately: from here on the thread is worth its start
}

// A thread takes some 100 ms of processor time to begin. Reading takes 50 ms a megabyte.
const worthwhileBytes = 4 * 1024 * 1024
/** The first body of a feed counts as several, for all its entries are new. */
const firstBodies = 4
const latelyMs = 10_000
const aloneMs = 600_000
/** The largest body that is read needs a fraction of it; without a limit one feed could take all the memory there is. */
const heapMiBMax = 1_024

/** The module beside this one, from sources and from dist/ alike. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread-entry.ts' : './reading-thread-entry.js',
  import.meta.url,
)

type Thread = TaskThread<ReadingTask, ReadingResult>

/** Begins no thread yet. */
export function createReadingThread({
  cores = availableParallelism(),
  bytesFrom = worthwhileBytes,
}: ReadingThreadOptions = {}): ReadingThread {
  const thread: Thread = createTaskThread({ entry, name: 'reading', heapMiBMax })
  let aloneUntil = cores < 2 ? Number.POSITIVE_INFINITY : 0
  const pace = createPace(latelyMs, () => performance.now())
  const isBusy = (bytes: number): boolean =>
    performance.now() >= aloneUntil && (pace(bytes) >= bytesFrom || thread.isRunning())
  return {
    readBody: readingBodies(thread, isBusy),
    stayHere: () => {
      aloneUntil = Math.max(aloneUntil, performance.now() + aloneMs)
    },
    isRunning: thread.isRunning,
    close: thread.close,
  }
}

function readingBodies(thread: Thread, isBusy: (bytes: number) => boolean): ReadBody {
  return async (body, onTurn) => {
    if (!isBusy(body.bytes.length * (body.isFirst === true ? firstBodies : 1))) return readHere(body, onTurn)
    onTurn?.()
    const done = await thread.run(() => {
      const bytes = new Uint8Array(body.bytes) // a copy: these may share their memory, and a thread that dies takes its own along
      return { content: { body: { ...body, bytes } }, transfer: [bytes.buffer] }
    })
    if (done.ok) return done.result.reading
    if (done.because === 'unavailable') return readHere(body, onTurn)
    const detail = `the thread that read it ended twice: ${done.detail}`
    return { ok: false, reason: 'crashed', detail }
  }
}
