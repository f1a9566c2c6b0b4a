// How much memory a job may take until it is written.
import type { Job } from '../model/job.ts'

/** The bytes of the feed whose outcome waits to be stored; 0 for every other job. */
export function unwrittenBytesOf(job: Job): number {
  return job.name === 'ingest' && job.outcome.kind === 'fetched' ? job.outcome.bytes : 0
}
