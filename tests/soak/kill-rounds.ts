// Kills one program of a desk with -9 at random moments, lets the desk recover, and says what it lost or did twice.
import { setTimeout as pause } from 'node:timers/promises'
import { type KillDesk, openKillDesk } from './kill-desk.ts'
import { messageIdOf } from './mail-sink.ts'
import type { ProgramName } from './program.ts'
import { randomFrom } from './random.ts'
import { complaints } from './verdict.ts'

export type KillReport = {
  readonly kills: number
  readonly inWork: number // kills at which a feed or a delivery was claimed
  readonly reports: number // served, each stored exactly once unless there are complaints
  readonly editions: number
  readonly mails: number
  readonly repeatedMails: number // the same bytes under the same Message-ID once more
  readonly complaints: readonly string[]
}

const feedCount = 6
const patienceMs = 120_000 // a machine may be busy with other things
const killsPerMeasure = 10
export const workers = ['ingest', 'scheduler', 'fetch', 'digest'] as const

/** The programs of the desk that a victim belongs to. */
const programsOf = (victim: ProgramName): readonly ProgramName[] =>
  victim.startsWith('run') ? [victim] : workers

/** Programs that tick when they start, so that starting them begins a round. */
const ticksAtStart = (program: ProgramName): boolean => program === 'scheduler' || program.startsWith('run')

/** True when nothing is left to do, false after so long. */
export async function untilQuiet(desk: KillDesk, limitMs: number): Promise<boolean> {
  for (const startedAt = performance.now(); performance.now() - startedAt < limitMs; await pause(25)) {
    desk.mustRun()
    if (desk.isQuiet() && (await desk.isIdle())) return true // an outcome that waits may be newer than the one just stored
  }
  return false
}

/** Later the same day, when everything is due again. */
async function nextRound(desk: KillDesk, program: ProgramName, minutes: number): Promise<void> {
  if (ticksAtStart(program) && desk.runs(program)) await desk.stop(program)
  desk.advance(minutes)
  if (ticksAtStart(program)) await desk.start(program)
  else await desk.tick()
}

export async function startAll(desk: KillDesk, programs: readonly ProgramName[]): Promise<void> {
  for (const name of programs) await desk.start(name)
  for (const name of programs) await desk.ready(name)
}

/** An undisturbed round tells how long one takes on this machine now: the moments are drawn from that span. */
async function measureRound(desk: KillDesk, program: ProgramName): Promise<number> {
  const startedAt = performance.now()
  await nextRound(desk, program, 11)
  if (!(await untilQuiet(desk, patienceMs))) throw new Error('an undisturbed round takes over two minutes')
  return performance.now() - startedAt
}

async function killOnce(desk: KillDesk, victim: ProgramName, afterMs: number): Promise<boolean> {
  desk.press.grow()
  await nextRound(desk, victim, 11)
  await pause(afterMs)
  await desk.kill(victim)
  const wasInWork = desk.inWork() > 0
  if (victim.startsWith('run')) return wasInWork // the next round starts it
  await desk.start(victim)
  await desk.ready(victim)
  return wasInWork
}

/** Rounds without a kill until nothing is left to do. What a kill interrupted may wait for its second try longer than a round lasts. */
export async function recover(
  desk: KillDesk,
  program: ProgramName,
  spanMs: number,
): Promise<readonly string[]> {
  let quietRounds = 0 // two in a row: what the first stored last may be older than what it stored before
  for (let round = 0; round < 12 && quietRounds < 2; round++) {
    await nextRound(desk, program, 21)
    quietRounds = (await untilQuiet(desk, Math.max(5_000, 5 * spanMs))) ? quietRounds + 1 : 0
  }
  if (quietRounds === 2) return []
  return ['the desk is still not quiet after twelve rounds']
}

/** Kills the victims, all of one desk, one after the other at moments drawn from `seed`. */
export async function killRounds(victims: readonly ProgramName[], seed: number): Promise<KillReport> {
  const random = randomFrom(seed)
  const programs = programsOf(victims[0] ?? 'run')
  const [planner = 'run'] = programs // of the workers one that does not tick: the desk is told to
  const desk = await openKillDesk(programs, feedCount)
  try {
    await startAll(desk, programs)
    let spanMs = await measureRound(desk, planner) // the first compiles
    let inWork = 0
    for (const [kill, victim] of victims.entries()) {
      if (kill % killsPerMeasure === 0) {
        if (kill > 0) await recover(desk, planner, spanMs)
        spanMs = await measureRound(desk, planner)
      }
      if (await killOnce(desk, victim, spanMs * (0.1 + random()))) inWork++
    }
    const unrest = await recover(desk, planner, spanMs)
    for (const name of programs) await desk.stop(name)
    return reportOf(desk, victims.length, inWork, unrest)
  } finally {
    await desk.close()
  }
}

function reportOf(
  { path, press, sink, count }: KillDesk,
  kills: number,
  inWork: number,
  unrest: readonly string[],
): KillReport {
  return {
    kills,
    inWork,
    reports: [...press.served().values()].flat().length,
    editions: count('select count(*) from edition'),
    mails: sink.received.length,
    repeatedMails: sink.received.length - new Set(sink.received.map(messageIdOf)).size,
    complaints: [...unrest, ...complaints(path, press, sink.received)],
  }
}
