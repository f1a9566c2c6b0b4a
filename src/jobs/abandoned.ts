// What follows a job that killed the process of everybody who tried it.
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'

/**
 * A fetch becomes a failure of its feed, so that the feed is left alone for a while and said to be failing, instead of killing
 * fetchers again whenever its lease ends. Deliveries are given up by their own count; nothing follows the others.
 */
export function afterDeaths(job: Job, now: Instant): readonly Job[] {
  if (job.name !== 'fetch') return []
  const { feedId, settings } = job.feed
  const outcome = {
    kind: 'failed',
    reason: 'crashed',
    detail: 'every process that fetched it died of it',
    at: now,
    durationMs: 0,
    url: settings.url,
    pace: {},
  } as const
  return [{ name: 'ingest', id: `ingest-${feedId}-${now}`, feedId, outcome }]
}
