// One log line for each job that ended, with all that is known of it, and one for each trouble.
import type { JobName } from '../model/job.ts'
import type { Handlers, JobEvent } from '../queue/index.ts'
import type { Store } from '../store/index.ts'
import { jobFields, troubleLine } from './events.ts'
import { createJobNotes, type Fields } from './job-notes.ts'
import type { Log } from './observe.ts'
import type { Observers } from './start.ts'

export type JobLog = Required<Observers> & {
  /** Wrap the handlers before a runner gets them: else a line says no more than that a job is done. */
  readonly taking: (handlers: Handlers) => Handlers
}

export type JobLogOptions = {
  readonly log: Log
  readonly store?: Store // absent in a process without a database
  readonly also?: readonly Observers[] // told of everything as well
}

const messages = {
  fetch: 'fetched',
  ingest: 'ingested',
  digest: 'composed',
  deliver: 'delivered',
} as const satisfies Record<JobName, string>

/** With a database at hand the ingest job tells of the same fetch and more, so the fetch job's line is for debugging. */
function levelOf({ job, outcome }: JobEvent, noted: Fields, hasStore: boolean): keyof Log {
  if (outcome === 'failed') return 'error'
  if (job === 'fetch' && hasStore) return 'debug'
  return job === 'deliver' && noted['outcome'] !== 'sent' ? 'warn' : 'info'
}

/** The observers of a process that is told in log lines. */
export function createJobLog({ log, store, also = [] }: JobLogOptions): JobLog {
  const notes = createJobNotes(store)
  return {
    taking: notes.taking,
    onIngested: (event) => {
      notes.onIngested(event)
      for (const other of also) other.onIngested?.(event)
      const line = troubleLine(event)
      if (line !== undefined) log.warn({ feed: event.feedId }, line)
    },
    onJob: (event) => {
      for (const other of also) other.onJob?.(event)
      const noted = notes.of(event)
      const message = event.outcome === 'failed' ? 'job failed' : messages[event.job]
      log[levelOf(event, noted, store !== undefined)]({ ...jobFields(event), ...noted }, message)
    },
    onTrouble: (trouble) => {
      for (const other of also) other.onTrouble?.(trouble)
      log.warn(trouble, 'trouble')
    },
    onProblem: (problem) => {
      for (const other of also) other.onProblem?.(problem)
      log.error({}, problem)
    },
  }
}
