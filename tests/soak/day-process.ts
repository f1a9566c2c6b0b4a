// The desk of a simulated day as a process of its own, so that it can be killed: `day-process.ts folder from calmFrom`. Asks its parent
// at every step whether it may go on, so that press and desk have the same time. Node is started with --expose-gc.
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { oneRound } from '../../src/app/daily.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../../src/app/start.ts'
import { takeLeaseOrEnd } from '../../src/app/writer-lease.ts'

/** What could grow and must not, at one moment of the day. */
export type DaySample = {
  readonly heapMiB: number
  readonly rssMiB: number
  readonly descriptors: number
  readonly resources: number // handles and requests that keep the process alive
  readonly listeners: number // of the process itself
  readonly walMiB: number
  readonly articles: number
}
export type DayMessage = { readonly at: number; readonly sample?: DaySample }

export const stepMs = 10 * 60_000
const hourMs = 3_600_000
// Longer than a feed is ever left alone, so that after it each has been fetched once more; and again, for one whose answer came late.
const restMs = 50 * hourMs
const rests = 3
const stepsAfterRest = 3

const mebibytes = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10

function sampleOf({ store, config }: Awaited<ReturnType<typeof openRoom>>): DaySample {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const wal = statSync(`${config.settings.databasePath}-wal`, { throwIfNoEntry: false })
  return {
    heapMiB: mebibytes(heapUsed),
    rssMiB: mebibytes(rss),
    descriptors: readdirSync('/proc/self/fd').length,
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    walMiB: mebibytes(wal?.size ?? 0),
    articles: store.stats(0).articles,
  }
}

/** Tells the parent and waits for its leave to go on. */
async function tell(message: DayMessage): Promise<void> {
  const leave = once(process, 'message')
  process.send?.(message)
  await leave
}

async function live(folder: string, from: number, calmFrom: number): Promise<void> {
  let now = from
  const room = await openRoom({ config: join(folder, 'config'), now })
  const lease = takeLeaseOrEnd(room.store)
  const outside = createOutside(room, { perHostGapMs: 0 })
  const handlers = lease.guard(await createHandlers(room, outside, {}, { now: () => now }))
  const runner = await createRunner(room.config, handlers, {})
  const round = () => oneRound(room, runner, () => now)
  for (; now < calmFrom; now += stepMs) {
    await tell(now % hourMs === 0 ? { at: now, sample: sampleOf(room) } : { at: now })
    await round()
  }
  await tell({ at: now, sample: sampleOf(room) })
  await round()
  for (let rest = 0; rest < rests; rest++) {
    now += restMs
    for (let step = 0; step < stepsAfterRest; step++, now += stepMs) await round()
  }
  await runner.stop()
  await outside.fetcher.close()
  await outside.deliverer.close()
  lease.release()
  room.store.close()
}

const [folder = '', from, calmFrom] = process.argv.slice(2)
await live(folder, Number(from), Number(calmFrom))
process.disconnect()
