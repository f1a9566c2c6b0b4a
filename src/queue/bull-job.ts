// One job as BullMQ hands it over: read, run, followed up, told.
import type { Job as BullJob } from 'bullmq'
import type { Job, JobName } from '../model/job.ts'
import { errorLine } from './error-line.ts'
import { unpackJob } from './payload.ts'
import { type JobEnding, jobEvent, runJob, tell } from './run-job.ts'
import type { Handlers, JobEvent } from './runner.ts'
import { unwrittenBytesOf } from './unwritten-bytes.ts'

export type WorkOptions = {
  readonly handlers: Handlers
  readonly follow: (jobs: readonly Job[]) => Promise<void>
  /** What follows a job whose workers died too often; nothing when absent. */
  readonly afterDeaths?: ((job: Job) => readonly Job[]) | undefined
  readonly onEvent?: ((event: JobEvent) => void) | undefined
}

/** An unpacked outcome of so many bytes of feed is a part of the memory that counts: the next is unpacked when it is stored. */
const largeBytesMin = 1024 * 1024

/**
 * Begins the jobs in their order, however long each takes to unpack. Returns in the same order the errors of those that failed, and
 * undefined for those that went well.
 */
export async function workOnBullJobs(
  name: JobName,
  bullJobs: readonly BullJob[],
  work: WorkOptions,
): Promise<readonly (string | undefined)[]> {
  const errors: Promise<string | undefined>[] = []
  for (const bullJob of bullJobs) {
    const startedAt = performance.now()
    const job = await readJob(name, bullJob).catch(errorLine)
    const error = told(
      typeof job === 'string' ? reject(name, bullJob, job) : runAndFollow(job, work),
      startedAt,
      work,
    )
    errors.push(error)
    if (typeof job !== 'string' && (unwrittenBytesOf(job) ?? 0) > largeBytesMin) await error
  }
  return Promise.all(errors)
}

type Ended = { readonly job: Pick<Job, 'name' | 'id'>; readonly ending: JobEnding }

async function told(
  ended: Promise<Ended>,
  startedAt: number,
  work: WorkOptions,
): Promise<string | undefined> {
  const { job, ending } = await ended
  tell(work.onEvent, jobEvent(job, ending, startedAt))
  return ending.ok ? undefined : ending.error
}

async function reject(name: JobName, { id }: BullJob, error: string): Promise<Ended> {
  return { job: { name, id: String(id) }, ending: { ok: false, error } }
}

async function readJob(name: JobName, { data }: BullJob): Promise<Job> {
  const job = await unpackJob(data)
  if (job.name !== name) throw new Error(`not a job: a ${job.name} job in the ${name} queue`)
  return job
}

async function runAndFollow(job: Job, { handlers, follow }: WorkOptions): Promise<Ended> {
  const ending = await runJob(handlers, job)
  if (!ending.ok) return { job, ending }
  try {
    await follow(ending.followUps)
    return { job, ending }
  } catch (error) {
    return { job, ending: { ok: false, error: `follow-ups were not enqueued: ${errorLine(error)}` } }
  }
}

/**
 * BullMQ fails a job by itself when its workers died too often; no handler saw it, so nobody told of it yet, and nobody said what
 * should follow.
 */
export async function endBullFailure(
  name: JobName,
  bullJob: BullJob,
  error: Error,
  work: WorkOptions,
): Promise<void> {
  const job = await readJob(name, bullJob).catch(() => undefined)
  const known = job ?? { name, id: String(bullJob.id) }
  tell(work.onEvent, jobEvent(known, { ok: false, error: errorLine(error) }, performance.now()))
  await work.follow(job === undefined ? [] : (work.afterDeaths?.(job) ?? []))
}
