// Feeds one target with so many inputs, one after the other, and says what did not hold, what took long, and what grew.
import fc from 'fast-check'
import type { FuzzTarget } from './fuzz-targets.ts'

export type FuzzReport = {
  readonly name: string
  readonly inputs: number
  readonly seconds: number
  readonly slowestMs: number
  readonly heapGrowthMiB: number
  readonly complaint?: string // with the smallest input that was found, and how to have it again
}

const limitMs = 1_000 // for one input
const restEvery = 10_000

type Progress = (done: number) => void

/** Slow only if it is so twice: a machine may be busy with other things. */
async function within(check: () => void | Promise<void>, slowest: (ms: number) => void): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const startedAt = performance.now()
    await check()
    const tookMs = performance.now() - startedAt
    slowest(tookMs)
    if (tookMs < limitMs) return
  }
  throw new Error(`took longer than ${limitMs} ms`)
}

function heapMiB(): number {
  globalThis.gc?.()
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
    await within(
      () => check(given),
      (ms) => {
        slowestMs = Math.max(slowestMs, ms)
      },
    )
  })
  const result = await fc.check(property, { numRuns, seed, endOnFailure: false })
  const heapGrowthMiB = Math.round((heapMiB() - heapBefore) * 10) / 10
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const report = { name, inputs: result.numRuns, seconds, slowestMs: Math.round(slowestMs), heapGrowthMiB }
  return result.failed ? { ...report, complaint: fc.defaultReportMessage(result) ?? 'failed' } : report
}
