// One target of the fuzz in a thread of its own, which can be ended when it hangs and may not take all memory.
import { parentPort, workerData } from 'node:worker_threads'
import { fuzz } from './fuzz.ts'
import { fuzzTargets } from './fuzz-targets.ts'

/** `counter` holds the number of the input that is being read. */
export type FuzzWork = {
  readonly name: string
  readonly inputs: number
  readonly seed: number
  readonly counter: SharedArrayBuffer
}

const { name, inputs, seed, counter }: FuzzWork = workerData
const done = new Int32Array(counter)
const target = fuzzTargets().find((one) => one.name === name)
if (target === undefined) throw new Error(`there is no target ${name}`)
parentPort?.postMessage(await fuzz(target, inputs, seed, (count) => void Atomics.store(done, 0, count)))
