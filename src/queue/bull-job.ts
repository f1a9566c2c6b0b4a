// One job as BullMQ hands it over: read, run, followed up, told.
import type { Job as BullJob } from 'bullmq'
import type { Job, JobName } from '../model/job.ts'
import { errorLine } from './error-line.ts'
import { unpackJob } from './payload.ts'
import { type Ending, jobEvent, runJob, tell } from './run-job.ts'
import type { Handlers, JobEvent } from './runner.ts'

export type WorkOptions = {
  readonly handlers: Handlers
  readonly follow: (jobs: readonly Job[]) => Promise<void>
  /** What follows a job whose workers died too often; nothing when absent. */
  readonly afterDeaths?: ((job: Job) => readonly Job[]) | undefined
  readonly onEvent?: ((event: JobEvent) => void) | undefined
}

/** Returns the error of a job that failed, undefined when all went well. */
export async function workOnBullJob(
  name: JobName,
  bullJob: BullJob,
  work: WorkOptions,
): Promise<string | undefined> {
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
