// One process of a desk that is spread over several, connected by Redis.
import { afterDeaths, createFetchHandler } from '../jobs/index.ts'
import type { JobName } from '../model/job.ts'
import { createBullRunner, type Handlers, type Runner } from '../queue/index.ts'
import { loadConfig } from './config.ts'
import { configFolder } from './config-folder.ts'
import { enqueueDue } from './daily.ts'
import { CommandError, exitCodes, reportError } from './exit.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createJobLog, type JobLog, type JobLogOptions } from './job-log.ts'
import { startMonitor } from './monitor.ts'
import { createLog, type Log } from './observe.ts'
import { createFeedPublisher } from './publish-feeds.ts'
import { type Pushes, startPushes } from './pushes.ts'
import { loadSecrets } from './secrets.ts'
import { untilSignal } from './signal.ts'
import { keepHeapSmall } from './small-heap.ts'
import {
  createFetcherFor,
  createHandlers,
  createOutside,
  ingestsTogether,
  openRoom,
  type Room,
} from './start.ts'
import { tellStrayErrors } from './stray-errors.ts'
import { startTicking } from './tick.ts'
import { openUnsubscribePage } from './unsubscribe-desk.ts'
import { type WatchedStore, watchedStore } from './watched-store.ts'
import { endOf, lostLease, type WriterLease, waitForLease } from './writer-lease.ts'

export const workerNames = ['scheduler', 'fetch', 'ingest', 'digest'] as const
export type WorkerName = (typeof workerNames)[number]
type StoreWorkerName = Exclude<WorkerName, 'fetch'>

/** What a process does: its handlers, and for the scheduler what to do at each tick. */
type Duty = {
  readonly handlers: Handlers
  readonly jobLog: JobLog
  readonly store?: WatchedStore
  readonly names: readonly JobName[]
  readonly tick?: (runner: Runner) => Promise<void>
  readonly listen?: (runner: Runner) => Promise<Pushes | undefined>
  readonly lease?: WriterLease
  readonly settle?: () => void // makes the next start quick; not without the lease
  readonly close: () => Promise<void>
}

// What runs has eight seconds to end, and who asked us to stop has patience for ten: a start that is a second slower is the lesser harm.
const settleWithinMs = 6_000

/** Fetchers need Redis and the web, never the database. */
async function fetchDuty(folder: string, telling: JobLogOptions): Promise<Duty> {
  const secrets = loadSecrets(folder)
  const fetcher = createFetcherFor(await loadConfig(folder))
  const jobLog = createJobLog(telling)
  return {
    jobLog,
    handlers: jobLog.taking({
      fetch: createFetchHandler({ fetcher, now: Date.now, expand: secrets.expand }),
    }),
    names: ['fetch'],
    close: () => fetcher.close(),
  }
}

type OpenedRoom = { readonly room: Room; readonly lease?: WriterLease }

/** The database, for the ingest worker with the right to write it; undefined when `signal` came while another process had that. */
async function openForDuty(
  name: StoreWorkerName,
  folder: string,
  log: Log,
  signal: Promise<void>,
): Promise<OpenedRoom | undefined> {
  if (name !== 'ingest') return { room: await openRoom({ config: folder }) }
  const room = await openRoom({ config: folder, verify: true })
  const lease = await waitForLease(room.store, log, signal)
  if (lease !== undefined) return { room, lease }
  room.store.close()
  return undefined
}

function schedulerDuty(room: Room, parts: StoreParts, log: Log): Duty {
  const house = startHousekeeping(room, log)
  const publish = createFeedPublisher(room)
  const tick = async (runner: Runner): Promise<void> => {
    await enqueueDue(room, runner, Date.now())
    publish(Date.now())
  }
  const close = async (): Promise<void> => {
    await house.stop()
    await parts.close()
  }
  return { ...parts, handlers: {}, names: [], tick, close }
}

async function digestDuty(room: Room, parts: StoreParts, { digest, deliver }: Handlers): Promise<Duty> {
  const closePage = await openUnsubscribePage(room)
  const close = async (): Promise<void> => {
    closePage()
    await parts.close()
  }
  const handlers = { ...(digest ? { digest } : {}), ...(deliver ? { deliver } : {}) }
  return { ...parts, handlers, names: ['digest', 'deliver'], close }
}

/** What the duties beside the database have in common. */
type StoreParts = Pick<Duty, 'jobLog' | 'store' | 'close'>

/** Undefined when it was asked to end before it could begin. */
async function storeDuty(
  name: StoreWorkerName,
  folder: string,
  telling: JobLogOptions,
  signal: Promise<void>,
): Promise<Duty | undefined> {
  const opened = await openForDuty(name, folder, telling.log, signal)
  if (opened === undefined) return undefined
  const { room, lease } = opened
  const outside = createOutside(room)
  const jobLog = createJobLog({ ...telling, store: room.store })
  const close = async (): Promise<void> => {
    await outside.fetcher.close()
    await outside.deliverer.close()
    lease?.release()
    room.store.close()
  }
  const parts = { jobLog, store: watchedStore(room), close }
  if (name === 'scheduler') return schedulerDuty(room, parts, telling.log)
  const { settle, ...all } = await createHandlers(room, outside, jobLog, { runsOn: true })
  if (lease === undefined) return digestDuty(room, parts, jobLog.taking(all))
  const { ingest } = jobLog.taking(lease.guard(all))
  const listen: Duty['listen'] = (runner) =>
    startPushes(room, outside.fetcher, (jobs) => runner.enqueue(jobs), telling.log)
  return { ...parts, lease, handlers: ingest ? { ingest } : {}, names: ['ingest'], listen, settle }
}

async function work(name: WorkerName, folder: string): Promise<number> {
  const { settings } = await loadConfig(folder)
  const { redisUrl } = settings
  if (redisUrl === undefined)
    throw new CommandError(
      'workers need Redis',
      'set queue: redis://... in presslark.yaml or PRESSLARK_REDIS_URL; one machine needs only `presslark run`',
      exitCodes.usage,
    )
  const log = await createLog(settings.log.level)
  tellStrayErrors(log)
  const monitor = await startMonitor(settings.listen, name, log)
  const telling = { log, also: [monitor.observers] }
  const signal = untilSignal()
  const duty = await (name === 'fetch'
    ? fetchDuty(folder, telling)
    : storeDuty(name, folder, telling, signal))
  if (duty === undefined) {
    await monitor.close()
    return exitCodes.ok
  }
  const runner = await createBullRunner({
    redisUrl,
    handlers: duty.handlers,
    names: duty.names,
    concurrency: { fetch: settings.http.concurrency, ingest: ingestsTogether },
    onEvent: duty.jobLog.onJob,
    afterDeaths: (job) => afterDeaths(job, Date.now()),
    onTrouble: duty.jobLog.onTrouble,
  })
  monitor.watch({ runner, ...(duty.store && { store: duty.store }) })
  log.info({ worker: name }, 'worker runs')
  const { tick, listen } = duty
  const pushes = await listen?.(runner)
  const ticking = tick && (await startTicking(() => tick(runner), log))
  const successor = await endOf(duty.lease, signal)
  if (successor !== undefined) log.error({ successor }, lostLease)
  const stoppingSince = performance.now()
  await ticking?.stop()
  await pushes?.close()
  await runner.stop()
  if (successor === undefined && performance.now() - stoppingSince < settleWithinMs) duty.settle?.()
  await duty.close()
  await monitor.close()
  log.info({ worker: name }, 'worker stopped')
  return successor === undefined ? exitCodes.ok : exitCodes.database
}

/** Does the duty of the named worker until SIGTERM or SIGINT, finishing what runs. Errors become one line; returns the exit code. */
export async function startWorker(name: WorkerName, config?: string): Promise<number> {
  keepHeapSmall()
  try {
    return await work(name, configFolder(config))
  } catch (error) {
    return reportError(error)
  }
}
