// Feeds one target with so many inputs, one after the other, and says what did not hold, what took long, and what grew.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import type { FuzzTarget } from './fuzz-targets.ts'

export type FuzzReport = {
  readonly name: string
  readonly inputs: number
  readonly seconds: number
  readonly slowestMs: number // of CPU, for one input
  readonly heapGrowthMiB: number
  readonly complaint?: string // with the smallest input that was found, and how to have it again
}

const limitMs = 1_000 // of CPU for one input
const complaintMax = 4_000 // characters: an input may be a hundred kilobytes, and the seed brings it back
const restEvery = 10_000

type Progress = (done: number) => void

/** CPU milliseconds that the check took in this thread. Throws when they are too many. */
async function within(check: () => void | Promise<void>): Promise<number> {
  const before = process.threadCpuUsage()
  await check()
  const { user, system } = process.threadCpuUsage(before)
  const tookMs = (user + system) / 1_000
  if (tookMs > limitMs) throw new Error(`took ${Math.round(tookMs)} ms of CPU`)
  return tookMs
}

setFlagsFromString('--expose-gc') // for contexts made from now on
const collectGarbage = runInNewContext('gc') as () => void // what the option adds

function heapMiB(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** `onProgress` is told of every input before it is used, so that whoever watches can tell an endless one. */
export async function fuzz(
  { name, input, check }: FuzzTarget,
  numRuns: number,
  seed: number,
  onProgress: Progress = () => undefined,
): Promise<FuzzReport> {
  const startedAt = performance.now()
  const heapBefore = heapMiB()
  let done = 0
  let slowestMs = 0
  const property = fc.asyncProperty(input, async (given) => {
    onProgress(++done)
    if (done % restEvery === 0) await new Promise(setImmediate)
    slowestMs = Math.max(slowestMs, await within(() => check(given)))
  })
  const result = await fc.check(property, { numRuns, seed, endOnFailure: false })
  const heapGrowthMiB = Math.round((heapMiB() - heapBefore) * 10) / 10
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const report = { name, inputs: result.numRuns, seconds, slowestMs: Math.round(slowestMs), heapGrowthMiB }
  return result.failed
    ? { ...report, complaint: (fc.defaultReportMessage(result) ?? 'failed').slice(0, complaintMax) }
    : report
}
