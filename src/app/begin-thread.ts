// Begins a thread with room for new objects, and a limit to all of them.
import { setFlagsFromString } from 'node:v8'
import { type Transferable, Worker } from 'node:worker_threads'

// V8 gives the new objects of a thread 1 MiB at first, and where `keepHeapSmall` holds it there, collecting them takes a third of all
// the thread does; with 2 it takes 1.15 times as long as with 3 or 4. It has two such spaces, and counts a third one for large objects.
const newObjectsMiB = 3
const youngMiBMax = 4 * newObjectsMiB

export type ThreadOptions = {
  readonly name: string
  readonly heapMiBMax: number
  readonly workerData: unknown
  readonly transferList?: Transferable[]
}

/** A thread that begins with the module `entry`. It keeps the process alive until it is unreferenced. */
export function beginThread(entry: URL, { name, heapMiBMax, ...given }: ThreadOptions): Worker {
  setFlagsFromString(`--min-semi-space-size=${newObjectsMiB}`) // read when a thread begins; this one keeps its own
  return new Worker(entry, {
    name,
    ...given,
    resourceLimits: { maxOldGenerationSizeMb: heapMiBMax, maxYoungGenerationSizeMb: youngMiBMax },
  })
}
