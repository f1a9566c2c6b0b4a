// The consuming side of BullMQ: one worker for each job name that this process works on.
import type { Job as BullJob, Worker } from 'bullmq'
import type { JobName } from '../model/job.ts'
import { atMost } from './at-most.ts'
import { createFollowers } from './bull-followers.ts'
import { endBullFailure, type WorkOptions, workOnBullJobs } from './bull-job.ts'
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

/** Jobs of these names begin in the order of their queue, also when several are in hand. */
const orderedNames: ReadonlySet<JobName> = new Set(['ingest'])

/** Starts working on the queue of `name` at once. */
export async function startBullWorker(name: JobName, options: BullWorkerOptions): Promise<BullWorker> {
  const { Worker, UnrecoverableError } = await import('bullmq')
  const { link, lockMs, onError } = options
  const told = new WeakSet<Error>()
  const running = new Set<Promise<unknown>>()
  const isOrdered = orderedNames.has(name)
  async function workOn(leader: BullJob): Promise<void> {
    const along = isOrdered ? await followers.take(leader) : []
    const release = followers.hold(along)
    const work = workOnBullJobs(name, [leader, ...along], options)
    running.add(work)
    const [error, ...others] = await work.finally(() => running.delete(work))
    await Promise.all(along.map((job, index) => endFollower(job, failure(others[index])).catch(onError)))
    release()
    if (error !== undefined) throw failure(error)
  }
  /** Final also for whoever enqueued it with more attempts: retries are not the queue's. */
  function failure(error: string | undefined): Error | undefined {
    if (error === undefined) return undefined
    const final = new UnrecoverableError(error)
    told.add(final)
    return final
  }
  const worker = new Worker(name, workOn, {
    connection: link.worker,
    prefix: options.prefix,
    concurrency: isOrdered ? 1 : options.concurrency[name],
    lockDuration: lockMs,
    stalledInterval: options.stalledCheckMs,
    maxStalledCount: 5, // a worker may be killed that often before a job counts as poison
    runRetryDelay: 2_000,
    drainDelay: 5,
  })
  const followers = createFollowers(worker, { countMax: options.concurrency[name], lockMs, onError })
  worker.on('error', onError)
  worker.on('stalled', (id) => {
    mendUnreadable(link.producer, worker.toKey(id)).catch(onError)
  })
  worker.on('failed', (bullJob, error) => {
    if (bullJob !== undefined && !told.has(error))
      endBullFailure(name, bullJob, error, options).catch(onError)
  })
  return { stop: (graceMs) => stop(worker, link, running, graceMs) }
}

/** Rejects when the lock of the job was lost: another worker does it again. */
async function endFollower(job: BullJob, failed: Error | undefined): Promise<void> {
  const { token = '' } = job
  if (failed === undefined) await job.moveToCompleted(undefined, token, false)
  else await job.moveToFailed(failed, token, false)
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
