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
import { createLog } from './observe.ts'
import { createFeedPublisher } from './publish-feeds.ts'
import { type Pushes, startPushes } from './pushes.ts'
import { loadSecrets } from './secrets.ts'
import { untilSignal } from './signal.ts'
import { createFetcherFor, createHandlers, createOutside, openRoom } from './start.ts'
import { tellStrayErrors } from './stray-errors.ts'
import { startTicking } from './tick.ts'
import { openUnsubscribePage } from './unsubscribe-desk.ts'
import { type WatchedStore, watchedStore } from './watched-store.ts'

export const workerNames = ['scheduler', 'fetch', 'ingest', 'digest'] as const
export type WorkerName = (typeof workerNames)[number]

/** What a process does: its handlers, and for the scheduler what to do at each tick. */
type Duty = {
  readonly handlers: Handlers
  readonly jobLog: JobLog
  readonly store?: WatchedStore
  readonly names: readonly JobName[]
  readonly tick?: (runner: Runner) => Promise<void>
  readonly listen?: (runner: Runner) => Promise<Pushes | undefined>
  readonly close: () => Promise<void>
}

/** Fetchers need Redis and the web, never the database. */
function fetchDuty(folder: string, telling: JobLogOptions): Duty {
  const secrets = loadSecrets(folder)
  const fetcher = createFetcherFor(loadConfig(folder))
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

async function storeDuty(
  name: Exclude<WorkerName, 'fetch'>,
  folder: string,
  telling: JobLogOptions,
): Promise<Duty> {
  const room = openRoom({ config: folder, verify: name === 'ingest' })
  const outside = createOutside(room)
  const jobLog = createJobLog({ ...telling, store: room.store })
  const store = watchedStore(room)
  const house = name === 'scheduler' ? startHousekeeping(room, telling.log) : undefined
  const close = async (): Promise<void> => {
    await house?.stop()
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.close()
  }
  if (name === 'scheduler') {
    const publish = createFeedPublisher(room)
    const tick = async (runner: Runner): Promise<void> => {
      await enqueueDue(room, runner, Date.now())
      publish(Date.now())
    }
    return { jobLog, store, handlers: {}, names: [], tick, close }
  }
  const { ingest, digest, deliver } = jobLog.taking(await createHandlers(room, outside, jobLog))
  if (name === 'ingest')
    return {
      jobLog,
      store,
      handlers: ingest ? { ingest } : {},
      names: ['ingest'],
      listen: (runner) => startPushes(room, outside.fetcher, (jobs) => runner.enqueue(jobs), telling.log),
      close,
    }
  const closePage = await openUnsubscribePage(room)
  return {
    jobLog,
    store,
    handlers: { ...(digest ? { digest } : {}), ...(deliver ? { deliver } : {}) },
    names: ['digest', 'deliver'],
    close: async () => {
      closePage()
      await close()
    },
  }
}

async function work(name: WorkerName, folder: string): Promise<void> {
  const { settings } = loadConfig(folder)
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
  const duty = name === 'fetch' ? fetchDuty(folder, telling) : await storeDuty(name, folder, telling)
  const signal = untilSignal()
  const runner = await createBullRunner({
    redisUrl,
    handlers: duty.handlers,
    names: duty.names,
    concurrency: { fetch: settings.http.concurrency },
    onEvent: duty.jobLog.onJob,
    afterDeaths: (job) => afterDeaths(job, Date.now()),
    onTrouble: duty.jobLog.onTrouble,
  })
  monitor.watch({ runner, ...(duty.store && { store: duty.store }) })
  log.info({ worker: name }, 'worker runs')
  const { tick, listen } = duty
  const pushes = await listen?.(runner)
  const ticking = tick && (await startTicking(() => tick(runner), log))
  await signal
  await ticking?.stop()
  await pushes?.close()
  await runner.stop()
  await duty.close()
  await monitor.close()
  log.info({ worker: name }, 'worker stopped')
}

/** Does the duty of the named worker until SIGTERM or SIGINT, finishing what runs. Errors become one line; returns the exit code. */
export async function startWorker(name: WorkerName, config?: string): Promise<number> {
  try {
    await work(name, configFolder(config))
    return exitCodes.ok
  } catch (error) {
    return reportError(error)
  }
}
