// presslark run: the daily program, or one round of it.

import { afterLastDeath, fetchJobs } from '../../jobs/index.ts'
import type { Runner } from '../../queue/index.ts'
import { configFolder } from '../config-folder.ts'
import { oneRound, runUntilStopped } from '../daily.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { startHousekeeping } from '../housekeeping.ts'
import { createJobLog } from '../job-log.ts'
import { loadBuiltins } from '../load-builtins.ts'
import { startMonitor } from '../monitor.ts'
import { isNewDesk } from '../new-desk.ts'
import { createLog, type Log } from '../observe.ts'
import { beginWithOneArena } from '../one-arena.ts'
import { createFeedPublisher } from '../publish-feeds.ts'
import { startPushes } from '../pushes.ts'
import { playRound, type Round, stopWith } from '../round.ts'
import { expectShortRound } from '../short-round.ts'
import { untilSignal } from '../signal.ts'
import { keepHeapSmall } from '../small-heap.ts'
import { parseTime } from '../span.ts'
import {
  createHandlers,
  createOutside,
  createRunner,
  gatherMs,
  type Observers,
  type Outside,
  openRoom,
  type Room,
} from '../start.ts'
import { tellStrayErrors } from '../stray-errors.ts'
import { shortTime } from '../terminal.ts'
import { printTopicWarnings } from '../topic-warnings.ts'
import { mostlyUnheard } from '../unheard.ts'
import { unsentLines } from '../unsent.ts'
import { checkUnsubscribeKey, openUnsubscribePage } from '../unsubscribe-desk.ts'
import { watchedStore } from '../watched-store.ts'
import { endOf, lostLease, takeLeaseOrEnd, type WriterLease } from '../writer-lease.ts'

type RunOptions = {
  readonly config?: string
  readonly once?: boolean
  readonly quiet?: boolean
  readonly queue?: string
  readonly replay?: string
  readonly clock?: string
}

/** The room with another queue than the configured one. Throws CommandError for what is none. */
function withQueue(room: Room, queue: string): Room {
  const { redisUrl: _, ...settings } = room.config.settings
  const redisUrl = queueAddress(queue)
  return {
    ...room,
    config: {
      ...room.config,
      settings: redisUrl === undefined ? settings : { ...settings, redisUrl },
    },
  }
}

function queueAddress(queue: string): string | undefined {
  if (queue === 'embedded') return undefined
  if (/^rediss?:\/\/./.test(queue)) return queue
  throw new CommandError(
    '--queue is neither embedded nor the address of a Redis',
    'write --queue embedded or --queue redis://127.0.0.1:6379',
    exitCodes.usage,
  )
}

/** Opens the room with its pages verified, takes the writer's lease, and closes everything in order whatever happens. */
async function inRoom(
  options: RunOptions,
  work: (room: Room, outside: Outside, lease: WriterLease) => Promise<number>,
): Promise<number> {
  const opened = await openRoom({
    verify: true,
    ...(options.config === undefined ? {} : { config: options.config }),
  })
  const room = options.queue === undefined ? opened : withQueue(opened, options.queue)
  const outside = createOutside(room)
  let lease: WriterLease | undefined
  try {
    lease = takeLeaseOrEnd(room.store)
    return await work(room, outside, lease)
  } finally {
    await outside.fetcher.close()
    await outside.deliverer.close()
    if (lease !== undefined) room.store.feeds.letGo()
    lease?.release()
    room.store.checkpoint()
    room.store.close()
  }
}

function tellNextDue({ store }: Room): void {
  const polled = store.feeds
    .list()
    .filter((feed) => feed.polledInstead === undefined && feed.goneAt === undefined)
  const next = Math.min(...polled.map((feed) => feed.nextFetchAt))
  process.stderr.write(
    `No feed is due; the next one is at ${shortTime(Number.isFinite(next) ? next : undefined)}. \`presslark fetch\` asks now.\n`,
  )
}

/** What somebody has to look after: most feeds were not heard, an edition did not reach a recipient. */
function alarmsOf({ store }: Room, { report, tried }: Round): readonly string[] {
  const unheard = report.sum.failed > 0 ? mostlyUnheard(store.feeds.list()) : undefined
  return [...(unheard === undefined ? [] : [unheard]), ...unsentLines(store, tried)]
}

/** One round, told in plain lines; a quiet one says nothing as long as nobody has to look after anything. */
async function once(room: Room, outside: Outside, isQuiet: boolean): Promise<number> {
  const { jobs: first, isWary, hasDied } = afterLastDeath(room.store, Date.now())
  if (hasDied) outside.reading.stayHere()
  room.store.upkeep.bringForward(Date.now())
  const jobs = fetchJobs(room.store, Date.now())
  const play = (runner: Runner): Promise<void> => oneRound(room, runner, Date.now, [...first, ...jobs])
  const round = await playRound(room, outside, jobs, play, { isWary, isQuiet })
  const alarms = alarmsOf(room, round)
  const exitCode = round.exitCode === exitCodes.ok && alarms.length > 0 ? exitCodes.failed : round.exitCode
  if (isQuiet && exitCode === exitCodes.ok) round.report.endQuietly()
  else round.report.end()
  for (const alarm of alarms) process.stderr.write(`presslark: ${alarm}\n`)
  createFeedPublisher(room)(Date.now())
  if (jobs.length === 0 && !isQuiet) tellNextDue(room)
  return exitCode
}

async function forever(room: Room, outside: Outside, lease: WriterLease, log: Log): Promise<number> {
  tellStrayErrors(log)
  const totals = { new: 0, feeds: 0 }
  const counting: Observers = {
    onIngested: ({ counts }) => {
      totals.feeds++
      totals.new += counts.new
    },
  }
  const monitor = await startMonitor(room.config.settings.listen, 'run', log)
  const jobLog = createJobLog({ log, store: room.store, also: [counting, monitor.observers] })
  const lastDeath = afterLastDeath(room.store, Date.now())
  if (lastDeath.hasDied) outside.reading.stayHere()
  const gathering = lastDeath.isWary ? {} : { gatherMs, runsOn: true }
  const { settle, ...every } = await createHandlers(room, outside, jobLog, gathering)
  const handlers = jobLog.taking(lease.guard(every))
  const closePage = await openUnsubscribePage(room)
  const runner = await createRunner(room.config, handlers, jobLog, lastDeath.isWary)
  monitor.watch({ runner, store: watchedStore(room) })
  const end = endOf(lease, untilSignal())
  const house = startHousekeeping(room, log)
  log.info(
    {
      feeds: room.store.feeds.list().length,
      digests: room.config.digests.length,
      database: room.config.settings.databasePath,
    },
    'presslark runs; stop it with Ctrl-C',
  )
  const pushes = await startPushes(room, outside.fetcher, (jobs) => runner.enqueue(jobs), log)
  await runner.enqueue(lastDeath.jobs)
  await runUntilStopped(room, runner, log, end)
  await pushes?.close()
  await stopWith(runner, outside)
  closePage()
  await house.stop()
  await monitor.close()
  const successor = await end
  if (successor !== undefined) {
    log.error({ successor }, lostLease)
    return exitCodes.database
  }
  settle()
  log.info({ fetches: totals.feeds, newArticles: totals.new }, 'stopped; everything fetched is stored')
  return exitCodes.ok
}

async function replayed(recording: string, { config, clock }: RunOptions): Promise<number> {
  if (clock === undefined)
    throw new CommandError(
      '--replay needs --clock',
      'name the time to play at: --clock 2020-01-24T05:00:00Z',
      exitCodes.usage,
    )
  const { replay } = await import('../replay.ts')
  const at = parseTime(clock, Date.now())
  return replay({ recording, clock: at, ...(config === undefined ? {} : { config }) })
}

/** With --once: one round, told in plain lines; with --replay: the same offline. Otherwise until stopped, told in log lines. */
export async function run(options: RunOptions): Promise<number> {
  if (options.quiet && !options.once)
    throw new CommandError(
      '--quiet needs --once',
      'how much a service says is log: level in presslark.yaml',
      exitCodes.usage,
    )
  const isFirst = isNewDesk(configFolder(options.config))
  if (!options.once || isFirst) beginWithOneArena()
  loadBuiltins()
  keepHeapSmall()
  if (options.once) expectShortRound(isFirst)
  if (options.replay !== undefined) return replayed(options.replay, options)
  if (options.clock !== undefined)
    throw new CommandError('--clock needs --replay', 'only a replay has a clock of its own', exitCodes.usage)
  return inRoom(options, async (room, outside, lease) => {
    if (!options.quiet) printTopicWarnings(room.config)
    checkUnsubscribeKey(room)
    if (options.once) return once(room, outside, options.quiet ?? false)
    return forever(room, outside, lease, await createLog(room.config.settings.log.level))
  })
}
