// `npm run soak -- fuzz`: a million inputs to everything that reads foreign text, and what did not hold, hung, or grew.
import { Worker } from 'node:worker_threads'
import type { FuzzReport } from '../tests/soak/fuzz.ts'
import { fuzzTargets } from '../tests/soak/fuzz-targets.ts'
import type { FuzzWork } from '../tests/soak/fuzz-worker.ts'

const heapMiBMax = 1_024 // a thread that needs more ends with an error
const heapGrowthMiBMax = 32
const hangsAfterMs = 60_000
const lookEveryMs = 5_000

/** Ends the thread when the number of its input stands still. */
function watch(worker: Worker, done: Int32Array, onHang: (input: number) => void): () => void {
  let last = -1
  let movedAt = performance.now()
  const timer = setInterval(() => {
    const count = Atomics.load(done, 0)
    if (count !== last) movedAt = performance.now()
    last = count
    if (performance.now() - movedAt < hangsAfterMs) return
    onHang(count)
    void worker.terminate()
  }, lookEveryMs)
  return () => clearInterval(timer)
}

async function fuzzInThread(work: Omit<FuzzWork, 'counter'>): Promise<FuzzReport> {
  const counter = new SharedArrayBuffer(4)
  const { promise, resolve } = Promise.withResolvers<FuzzReport>()
  const fail = (complaint: string): void =>
    resolve({
      name: work.name,
      inputs: Atomics.load(new Int32Array(counter), 0),
      seconds: 0,
      slowestMs: 0,
      heapGrowthMiB: 0,
      complaint,
    })
  const worker = new Worker(new URL('../tests/soak/fuzz-worker.ts', import.meta.url), {
    workerData: { ...work, counter },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMiBMax },
  })
  const stopWatching = watch(worker, new Int32Array(counter), (input) => fail(`hangs at input ${input}`))
  worker.on('message', resolve)
  worker.on('error', (error) => fail(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  const report = await promise
  stopWatching()
  await worker.terminate()
  return report
}

/** False when anything was thrown, did not hold, hung, or grew. */
export async function soakFuzz(
  inputs: number,
  seed: number,
  asked: readonly string[],
): Promise<boolean | undefined> {
  const targets = fuzzTargets().filter(({ name }) => asked.length === 0 || asked.includes(name))
  if (targets.length === 0) return undefined
  const shares = targets.reduce((sum, { share }) => sum + share, 0)
  process.stdout.write(`| target (seed ${seed}) | inputs | s | slowest ms | heap MiB more | holds |\n`)
  process.stdout.write('|---|---|---|---|---|---|\n')
  let isWell = true
  for (const { name, share } of targets) {
    const report = await fuzzInThread({ name, inputs: Math.ceil((inputs * share) / shares), seed })
    const { complaint, heapGrowthMiB, ...figures } = report
    const holds = complaint === undefined && heapGrowthMiB <= heapGrowthMiBMax
    process.stdout.write(
      `| ${name} | ${figures.inputs} | ${figures.seconds} | ${figures.slowestMs} | ${heapGrowthMiB} | ${holds ? 'yes' : 'NO'} |\n`,
    )
    if (complaint !== undefined) process.stdout.write(`${complaint}\n`)
    if (!holds) isWell = false
  }
  return isWell
}
