// How long a process does nothing else while ten thousand new reports are stored: the longest delay of its event loop, as it tells
// monitors itself.
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../queue/redis.ts'
import { type KillDesk, openKillDesk } from './kill-desk.ts'
import { workers } from './kill-rounds.ts'
import type { Program, ProgramName } from './program.ts'

export type StallReport = {
  readonly stored: number // reports, in the measured round
  readonly longestMs: ReadonlyMap<ProgramName, number> // the event loop's longest delay, by program
}

const feedCount = 10
const firstReports = 5 // of each feed, as the press begins
const patienceMs = 300_000

type Watched = { readonly program: Program; readonly port: number }

/** In milliseconds, since it was last asked: prom-client begins anew with every answer. */
async function longestDelayMs(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  const [, seconds = 'NaN'] = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(await answer.text()) ?? []
  return Math.round(Number(seconds) * 1_000)
}

async function startWatched(desk: KillDesk, name: ProgramName): Promise<Watched> {
  const port = await freePort()
  const program = desk.spawn(name, { PRESSLARK_METRICS: String(port) })
  await program.says('runs')
  return { program, port }
}

async function untilStored(desk: KillDesk, count: number): Promise<void> {
  const startedAt = performance.now()
  while (desk.count('select count(*) from sighting') < count) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`not all ${count} reports were stored`)
    await pause(100)
  }
}

/** A desk of one process, or of four over Redis, that has had one small round; then each of ten feeds brings so many new reports. */
export async function measureStalls(
  programs: readonly ProgramName[],
  reportsPerFeed: number,
): Promise<StallReport> {
  const desk = await openKillDesk(programs, feedCount)
  try {
    const watched: Watched[] = []
    for (const name of programs) watched.push(await startWatched(desk, name))
    const before = feedCount * firstReports
    await untilStored(desk, before)
    for (let n = firstReports; n < firstReports + reportsPerFeed; n++) desk.press.grow()
    for (const { port } of watched) await longestDelayMs(port)
    desk.advance(11) // every feed is due at the next tick of the scheduler
    await untilStored(desk, before + feedCount * reportsPerFeed)
    const delays = watched.map(
      async ({ program, port }) => [program.name, await longestDelayMs(port)] as const,
    )
    return {
      stored: desk.count('select count(*) from sighting') - before,
      longestMs: new Map(await Promise.all(delays)),
    }
  } finally {
    await desk.close()
  }
}

/** The programs that tick: of several processes the scheduler, else the one. */
export const desksOfStalls: readonly (readonly ProgramName[])[] = [['run'], workers]
