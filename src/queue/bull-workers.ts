// The consuming side of BullMQ: one worker per job name that this process has a handler for.
import { setTimeout as pause } from 'node:timers/promises'
import type { Job as BullJob, Worker } from 'bullmq'
import type { Job, JobName } from '../model/job.ts'
import { atMost } from './at-most.ts'
import { errorLine } from './error-line.ts'
import { unpackJob } from './payload.ts'
import { QueueError } from './queue-error.ts'
import type { RedisLink } from './redis-link.ts'
import { type Ending, jobEvent, runJob, tell } from './run-job.ts'
import type { Handlers, JobEvent } from './runner.ts'
import { mendUnreadable } from './unreadable.ts'

export type WorkOptions = {
  readonly link: RedisLink
  readonly prefix: string
  readonly handlers: Handlers
  readonly concurrency: Readonly<Record<JobName, number>>
  readonly lockMs: number
  readonly stalledCheckMs: number
  readonly follow: (jobs: readonly Job[]) => Promise<void>
  readonly onEvent?: ((event: JobEvent) => void) | undefined
  readonly onError: (error: unknown) => void
}

/** Starts working on the queue of `name` at once. */
export async function startBullWorker(name: JobName, work: WorkOptions): Promise<Worker> {
  const { Worker, UnrecoverableError } = await import('bullmq')
  const told = new WeakSet<Error>()
  const worker = new Worker(
    name,
    async (bullJob) => {
      const error = await workOn(name, bullJob, work)
      if (error === undefined) return
      const final = new UnrecoverableError(error) // whoever enqueued it with more attempts: retries are not the queue's
      told.add(final)
      throw final
    },
    {
      connection: work.link.worker,
      prefix: work.prefix,
      concurrency: work.concurrency[name],
      lockDuration: work.lockMs,
      stalledInterval: work.stalledCheckMs,
      maxStalledCount: 5, // a worker may be killed that often before a job counts as poison
      runRetryDelay: 2_000,
      drainDelay: 5,
    },
  )
  worker.on('error', work.onError)
  worker.on('stalled', (id) => {
    mendUnreadable(work.link.producer, worker.toKey(id)).catch(work.onError)
  })
  worker.on('failed', (bullJob, error) => {
    if (bullJob !== undefined && !told.has(error)) void tellOfBullFailure(name, bullJob, error, work)
  })
  return worker
}

/** Lets running jobs finish for `graceMs`, then leaves them to other workers, who take them when their locks end. */
export async function stopBullWorker(worker: Worker, graceMs: number): Promise<void> {
  // pause() waits for running jobs and can be given up; close() could not be forced once it has begun to wait.
  const paused = await atMost(graceMs, worker.pause()).catch(() => 'late')
  await atMost(1_000, worker.close(paused === 'late')).catch(() => undefined)
}

/** Returns the error of a job that failed, undefined when all went well. */
async function workOn(name: JobName, bullJob: BullJob, work: WorkOptions): Promise<string | undefined> {
  const startedAt = performance.now()
  const job = await readJob(name, bullJob).catch(errorLine)
  const known = typeof job === 'string' ? { name, id: String(bullJob.id) } : job
  const ending = typeof job === 'string' ? { ok: false as const, error: job } : await runAndFollow(job, work)
  tell(work.onEvent, jobEvent(known, ending, startedAt))
  return ending.ok ? undefined : ending.error
}

async function readJob(name: JobName, { data }: BullJob): Promise<Job> {
  const job = await unpackJob(data)
  if (job.name !== name) throw new Error(`not a job: a ${job.name} job in the ${name} queue`)
  return job
}

async function runAndFollow(job: Job, { handlers, follow }: WorkOptions): Promise<Ending> {
  const ending = await runJob(handlers, job)
  if (!ending.ok) return ending
  try {
    await follow(ending.followUps)
    return ending
  } catch (error) {
    return { ok: false, error: `follow-ups were not enqueued: ${errorLine(error)}` }
  }
}

const followAttemptsMax = 30

/**
 * Enqueues follow-ups, with patience: the work is done, so a Redis that restarts or a full backlog is waited for, about
 * a minute long, before the job counts as failed and the schedule repeats it.
 */
export async function followPatiently(add: () => Promise<void>, givenUp: () => boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await add()
    } catch (error) {
      const final = !(error instanceof QueueError) || error.code === 'too-large'
      if (final || givenUp() || attempt >= followAttemptsMax) throw error
      await pause(Math.min(200 * attempt, 2_000))
    }
  }
}

// BullMQ fails a job by itself when its workers died too often; no handler saw it, so nobody told of it yet.
async function tellOfBullFailure(
  name: JobName,
  bullJob: BullJob,
  error: Error,
  work: WorkOptions,
): Promise<void> {
  const job = await readJob(name, bullJob).catch(() => ({ name, id: String(bullJob.id) }))
  tell(work.onEvent, jobEvent(job, { ok: false, error: errorLine(error) }, performance.now()))
}
