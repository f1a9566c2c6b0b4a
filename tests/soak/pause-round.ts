// A Redis that stands still in the middle of a round: it neither answers nor hangs up, as a machine does that swaps or was suspended.
import { setTimeout as pause } from 'node:timers/promises'
import { openKillDesk } from './kill-desk.ts'
import { recover, startAll, untilQuiet, workers } from './kill-rounds.ts'
import { messageIdOf } from './mail-sink.ts'
import { complaints } from './verdict.ts'

export type PauseReport = {
  readonly refusedAfterMs: number // from when a tick asked it, while it stood still, until the tick failed
  readonly quietAfterMs: number // from its first answer until the round was done
  readonly troublesLogged: number // by the four processes, meanwhile and after
  readonly reports: number
  readonly mails: number
  readonly repeatedMails: number
  readonly complaints: readonly string[]
}

const feedCount = 6
const patienceMs = 120_000

/** How long it took to fail; infinite when it did not. */
async function untilRefused(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  return work().then(
    () => Number.POSITIVE_INFINITY,
    () => Math.round(performance.now() - startedAt),
  )
}

/** A desk of four processes, one undisturbed round, and one in whose middle Redis stands still for so long. */
export async function pauseRedis(pauseMs: number): Promise<PauseReport> {
  const desk = await openKillDesk(workers, feedCount)
  try {
    await startAll(desk, workers)
    desk.advance(11)
    await desk.tick()
    await untilQuiet(desk, patienceMs)
    desk.press.grow()
    desk.advance(11)
    await desk.tick()
    desk.redis?.signal('SIGSTOP')
    const refusedAfterMs = await untilRefused(() => desk.tick())
    await pause(Math.max(0, pauseMs - refusedAfterMs))
    desk.mustRun()
    desk.redis?.signal('SIGCONT')
    const startedAt = performance.now()
    const isQuiet = await untilQuiet(desk, patienceMs)
    const quietAfterMs = Math.round(performance.now() - startedAt)
    const unrest = isQuiet ? await recover(desk, 'ingest', 1_000) : ['the round was not done in two minutes']
    const troublesLogged = workers
      .flatMap((name) => desk.lines(name))
      .filter((line) => /"level":(?:40|50)/.test(line)).length
    for (const name of workers) await desk.stop(name)
    const { press, sink, path } = desk
    return {
      refusedAfterMs,
      quietAfterMs,
      troublesLogged,
      reports: [...press.served().values()].flat().length,
      mails: sink.received.length,
      repeatedMails: sink.received.length - new Set(sink.received.map(messageIdOf)).size,
      complaints: [...unrest, ...complaints(path, press, sink.received)],
    }
  } finally {
    await desk.close()
  }
}
