// One job through its handler, as both runners do it: what follows, or what went wrong, never an exception.
import type { Job } from '../model/job.ts'
import { errorLine } from './error-line.ts'
import type { Handlers, JobEvent } from './runner.ts'

export type JobEnding =
  | { readonly ok: true; readonly followUps: readonly Job[] }
  | { readonly ok: false; readonly error: string }

/** Runs the handler of the job's name; a job without one ends as failed. */
export async function runJob(handlers: Handlers, job: Job): Promise<JobEnding> {
  try {
    const followUps = await handle(handlers, job)
    if (followUps === undefined)
      return { ok: false, error: `no handler for ${job.name} jobs in this process` }
    return { ok: true, followUps }
  } catch (error) {
    return { ok: false, error: errorLine(error) }
  }
}

/** The event of a job that began at `startedAt` on the clock of `performance.now()`. */
export function jobEvent(job: Pick<Job, 'name' | 'id'>, ending: JobEnding, startedAt: number): JobEvent {
  const durationMs = Math.round(performance.now() - startedAt)
  const head = { job: job.name, id: job.id, durationMs }
  if (ending.ok) return { ...head, outcome: 'done', followUps: ending.followUps.length }
  return { ...head, outcome: 'failed', followUps: 0, error: ending.error }
}

/** Hands the event over. An observer that throws must not stop the news: its mistake becomes a process warning. */
export function tell(onEvent: ((event: JobEvent) => void) | undefined, event: JobEvent): void {
  try {
    onEvent?.(event)
  } catch (error) {
    process.emitWarning(`an observer of job events threw: ${errorLine(error)}`)
  }
}

// A switch, because only so does the compiler see that job and handler belong together.
async function handle(handlers: Handlers, job: Job): Promise<readonly Job[] | undefined> {
  switch (job.name) {
    case 'fetch':
      return handlers.fetch?.(job)
    case 'ingest':
      return handlers.ingest?.(job)
    case 'digest':
      return handlers.digest?.(job)
    case 'deliver':
      return handlers.deliver?.(job)
  }
}
