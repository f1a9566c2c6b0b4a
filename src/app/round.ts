// One round in the foreground: fetch what is given, tell a person what happened, stop cleanly on Ctrl-C.
import type { Ingested } from '../jobs/index.ts'
import type { Job } from '../model/job.ts'
import type { Runner } from '../queue/index.ts'
import { exitCodes } from './exit.ts'
import { numberOf } from './number-of.ts'
import { createRoundReport } from './round-report.ts'
import { watchForLongRound } from './short-round.ts'
import { createHandlers, createRunner, gatherMs, type Observers, type Outside, type Room } from './start.ts'

export type Round = {
  readonly report: ReturnType<typeof createRoundReport>
  readonly tried: ReadonlySet<string> // ids of the jobs of deliveries
  readonly exitCode: number
}

/** A wary round has one outcome in hand at a time; a quiet one shows no progress. */
type RoundManner = { readonly isWary?: boolean; readonly isQuiet?: boolean }

/** Takes nothing new, abandons fetches under way (no feed is blamed for it), and lets what is being written finish. */
export async function stopWith(runner: Runner, { fetcher }: Outside): Promise<void> {
  const stopping = runner.stop()
  await fetcher.close()
  await stopping
}

function untilInterrupt(): Promise<'interrupted'> {
  return new Promise((resolve) => void process.once('SIGINT', () => resolve('interrupted')))
}

/** Asks the queue first: waiting for one that is away to become idle would have no end, and its connections hold the process. */
async function worked(
  runner: Runner,
  outside: Outside,
  work: (runner: Runner) => Promise<void>,
): Promise<void> {
  try {
    await runner.room('fetch')
    await work(runner)
  } catch (error) {
    await stopWith(runner, outside)
    throw error
  }
}

/**
 * Plays `work` over a runner with every handler; `jobs` are the fetches it will do, for the bar. Exit code 1 when any job of ours failed.
 * Rejects with a QueueError when the queue cannot be reached.
 */
export async function playRound(
  room: Room,
  outside: Outside,
  jobs: readonly Job[],
  work: (runner: Runner) => Promise<void>,
  { isWary = false, isQuiet = false }: RoundManner = {},
): Promise<Round> {
  const interrupt = untilInterrupt() // before the handlers are made, which may take a second
  const report = createRoundReport(jobs.length, { isQuiet })
  const noteEntries = watchForLongRound()
  const onIngested = (event: Ingested): void => {
    noteEntries(event.counts.items)
    report.onIngested(event)
  }
  const failures = new Set<string>()
  const tried = new Set<string>()
  const observers: Observers = {
    onJob: ({ job, id, error }) => {
      if (job === 'deliver') tried.add(id)
      if (error !== undefined) failures.add(`${job}: ${error}`)
    },
    onTrouble: (trouble) => process.stderr.write(`${trouble.error}\n`),
  }
  const { settle, ...handlers } = await createHandlers(
    room,
    outside,
    { onIngested },
    isWary ? {} : { gatherMs },
  )
  const runner = await createRunner(room.config, handlers, observers, isWary)
  const ended = await Promise.race([worked(runner, outside, work), interrupt])
  await stopWith(runner, outside)
  settle()
  if (ended === 'interrupted') {
    process.stderr.write(
      `Interrupted: what ${numberOf(report.sum.feeds, 'feed')} brought is stored; the others are due again within five minutes.\n`,
    )
    return { report, tried, exitCode: exitCodes.interrupted }
  }
  for (const failure of failures)
    process.stderr.write(
      `presslark: ${failure}\n    presslark doctor says what is wrong; nothing half-done was stored, and it is tried again\n`,
    )
  return { report, tried, exitCode: failures.size > 0 ? exitCodes.failed : exitCodes.ok }
}
