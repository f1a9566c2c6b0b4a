// How much memory a job may take until it is written.
import type { Job } from '../model/job.ts'

/** The bytes of the feed whose outcome waits to be stored; undefined for every other job. */
export function unwrittenBytesOf(job: Job): number | undefined {
  return job.name === 'ingest' && job.outcome.kind === 'fetched' ? job.outcome.bytes : undefined
}
