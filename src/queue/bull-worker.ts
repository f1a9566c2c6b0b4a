// The consuming side of BullMQ: one worker for each job name that this process works on.
import type { Worker } from 'bullmq'
import type { JobName } from '../model/job.ts'
import { atMost } from './at-most.ts'
import { endBullFailure, type WorkOptions, workOnBullJob } from './bull-job.ts'
import type { RedisLink } from './redis-link.ts'
import { mendUnreadable } from './unreadable.ts'

export type BullWorkerOptions = WorkOptions & {
  readonly link: RedisLink
  readonly prefix: string
  readonly concurrency: Readonly<Record<JobName, number>>
  readonly lockMs: number
  readonly stalledCheckMs: number
  readonly onError: (error: unknown) => void
}

export type BullWorker = {
  /** Lets running jobs finish for `graceMs`, then leaves them to other workers, who take them when their locks end. */
  readonly stop: (graceMs: number) => Promise<void>
}

/** Starts working on the queue of `name` at once. */
export async function startBullWorker(name: JobName, options: BullWorkerOptions): Promise<BullWorker> {
  const { Worker, UnrecoverableError } = await import('bullmq')
  const told = new WeakSet<Error>()
  const running = new Set<Promise<unknown>>()
  const worker = new Worker(
    name,
    async (bullJob) => {
      const work = workOnBullJob(name, bullJob, options)
      running.add(work)
      const error = await work.finally(() => running.delete(work))
      if (error === undefined) return
      const final = new UnrecoverableError(error) // whoever enqueued it with more attempts: retries are not the queue's
      told.add(final)
      throw final
    },
    {
      connection: options.link.worker,
      prefix: options.prefix,
      concurrency: options.concurrency[name],
      lockDuration: options.lockMs,
      stalledInterval: options.stalledCheckMs,
      maxStalledCount: 5, // a worker may be killed that often before a job counts as poison
      runRetryDelay: 2_000,
      drainDelay: 5,
    },
  )
  worker.on('error', options.onError)
  worker.on('stalled', (id) => {
    mendUnreadable(options.link.producer, worker.toKey(id)).catch(options.onError)
  })
  worker.on('failed', (bullJob, error) => {
    if (bullJob !== undefined && !told.has(error))
      endBullFailure(name, bullJob, error, options).catch(options.onError)
  })
  return { stop: (graceMs) => stop(worker, options.link, running, graceMs) }
}

async function stop(
  worker: Worker,
  link: RedisLink,
  running: ReadonlySet<Promise<unknown>>,
  graceMs: number,
): Promise<void> {
  // pause() waits for running jobs and can be given up; close() could not be forced once it has begun to wait.
  const paused = worker.pause().catch(() => undefined)
  // Without Redis pause() never ends, and nobody can be told how the jobs ended: wait for the handlers only.
  const withRedis = link.worker.status === 'ready'
  const quiet = await atMost<unknown>(graceMs, withRedis ? paused : Promise.allSettled(running))
  const force = !withRedis || quiet === 'late'
  await atMost(1_000, worker.close(force)).catch(() => undefined)
}
