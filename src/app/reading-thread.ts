// Reads the bodies of feeds in a second thread while there are many: a round that brings a thousand new feeds has two cores to use.
import { availableParallelism } from 'node:os'
import { type Body, type BodyReading, type ReadBody, readBody as readHere } from '../fetch/index.ts'
import { createTaskThread } from './task-thread.ts'

export type ReadingThread = {
  readonly readBody: ReadBody
  /** Reads everything in this thread from now on: a process that dies of a feed then knows which. */
  readonly stayHere: () => void
  readonly isRunning: () => boolean
  /** Finishes what is being read, and ends the thread. */
  readonly close: () => Promise<void>
}

export type ReadingThreadOptions = {
  readonly cores?: number // of this machine, for this process
  readonly bytesFrom?: number // of bodies within ten seconds: from here on a thread is worth its start
}

// A thread takes some 50 ms of processor time to begin, and 30 MiB. Reading takes 70 ms a megabyte.
const worthwhileBytes = 4 * 1024 * 1024
const withinMs = 10_000
/** What the largest body that is read may need many times over; without a limit one feed could take all the memory there is. */
const heapMiBMax = 1_024

/** The module beside this one, from sources and from dist/ alike. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread-entry.ts' : './reading-thread-entry.js',
  import.meta.url,
)

/** How much came within the last seconds, counted in steps of these seconds. */
function createPace(now: () => number): (amount: number) => number {
  let [since, sum, before] = [now(), 0, 0]
  return (amount) => {
    const steps = Math.floor((now() - since) / withinMs)
    if (steps > 0) {
      before = steps === 1 ? sum : 0
      sum = 0
      since += steps * withinMs
    }
    sum += amount
    return before + sum
  }
}

/** Begins no thread yet. */
export function createReadingThread({
  cores = availableParallelism(),
  bytesFrom = worthwhileBytes,
}: ReadingThreadOptions = {}): ReadingThread {
  const thread = createTaskThread<Body, BodyReading>({ entry, name: 'reading', heapMiBMax })
  const paceOf = createPace(() => performance.now())
  let isAlone = cores < 2
  const readBody: ReadBody = async (body, onTurn) => {
    if (isAlone || (paceOf(body.bytes.length) < bytesFrom && !thread.isRunning()))
      return readHere(body, onTurn)
    onTurn?.()
    const done = await thread.run(() => {
      const bytes = new Uint8Array(body.bytes) // a copy: these may share their memory, and a thread that dies takes its own along
      return { task: { ...body, bytes }, transfer: [bytes.buffer] }
    })
    if (done.ok) return done.result
    if (done.because === 'unavailable') return readHere(body, onTurn)
    const detail = `the thread that read it ended twice: ${done.detail}`
    return { ok: false, reason: 'crashed', detail }
  }
  return {
    readBody,
    stayHere: () => {
      isAlone = true
    },
    isRunning: thread.isRunning,
    close: thread.close,
  }
}
