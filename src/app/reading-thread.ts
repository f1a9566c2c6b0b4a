// Reads bodies and entries in a second thread while there are many: a round that brings a thousand new feeds has two cores to use.
import { availableParallelism } from 'node:os'
import { type ReadBody, readBody as readHere } from '../fetch/index.ts'
import type { Analyst } from '../jobs/index.ts'
import type { Topic } from '../model/topic.ts'
import { unpackAnalyses } from '../pipeline/packed-analyses.ts'
import { packArticles } from '../pipeline/packed-articles.ts'
import { createPace } from './pace.ts'
import type { ReadingResult, ReadingTask, SharedRules } from './reading-task.ts'
import { createTaskThread, type TaskThread } from './task-thread.ts'

export type ReadingThread = {
  readonly readBody: ReadBody
  readonly analyst: Analyst
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
  readonly entriesFrom?: number // of outcomes that came lately
}

// A thread takes some 100 ms of processor time to begin. Reading takes 50 ms a megabyte, the analysis of an entry 80 us.
const worthwhileBytes = 4 * 1024 * 1024
const worthwhileEntries = 4_000
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
  entriesFrom = worthwhileEntries,
}: ReadingThreadOptions = {}): ReadingThread {
  const thread: Thread = createTaskThread({ entry, name: 'reading', heapMiBMax })
  let aloneUntil = cores < 2 ? Number.POSITIVE_INFINITY : 0
  const isBusyFrom = (least: number): ((amount: number) => boolean) => {
    const pace = createPace(latelyMs, () => performance.now())
    return (amount) => performance.now() >= aloneUntil && (pace(amount) >= least || thread.isRunning())
  }
  return {
    readBody: readingBodies(thread, isBusyFrom(bytesFrom)),
    analyst: { isBusy: isBusyFrom(entriesFrom), analyse: analysing(thread) },
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
    if (done.ok && 'reading' in done.result) return done.result.reading
    if (done.ok || done.because === 'unavailable') return readHere(body, onTurn)
    const detail = `the thread that read it ended twice: ${done.detail}`
    return { ok: false, reason: 'crashed', detail }
  }
}

function analysing(thread: Thread): Analyst['analyse'] {
  const rulesOf = sharedRules()
  return async (articles, topics) => {
    const rules = rulesOf(topics)
    const done = await thread.run(() => {
      const packed = packArticles(articles)
      return { content: { articles: packed, rules }, transfer: [packed.lengths.buffer] }
    })
    return done.ok && 'analyses' in done.result ? unpackAnalyses(done.result.analyses) : undefined
  }
}

/** Topics as the thread gets them, made once for a configuration. */
function sharedRules(): (topics: readonly Topic[]) => SharedRules {
  let known: { readonly topics: readonly Topic[]; readonly rules: SharedRules } | undefined
  return (topics) => {
    if (known?.topics !== topics) {
      const bytes = Buffer.from(JSON.stringify(topics))
      const json = new Uint8Array(new SharedArrayBuffer(bytes.length))
      json.set(bytes)
      known = { topics, rules: { version: (known?.rules.version ?? 0) + 1, json } }
    }
    return known.rules
  }
}
