// What follows a job that killed the process of everybody who tried it.
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from '../store/index.ts'

const deathsOfOne = 2 // a process may die once with any feed in hand; the second time it is the feed
const putOffMs = 60 * 60_000 // until the failure is written down, which says how long

/**
 * `isWary` while it is not known which feed it was: with one outcome in hand at a time, the next death tells. `hasDied` says no more
 * than that: it may have been a feed that the second thread had in hand, or the machine.
 */
type LastDeath = { readonly jobs: readonly Job[]; readonly isWary: boolean; readonly hasDied: boolean }

/** Call it at the start of a process without a queue server: what follows when the one before died with a feed in hand. */
export function afterLastDeath(store: Store, now: Instant): LastDeath {
  const { feed: death, hasDied } = store.feeds.settleDeath(now)
  const feed = death && death.deaths >= deathsOfOne ? store.feeds.find(death.feedId) : undefined
  if (feed === undefined) return { jobs: [], isWary: death !== undefined, hasDied }
  store.feeds.postpone(feed.id, now + putOffMs)
  return { jobs: [crashed(feed.id, feed.settings.url, now)], isWary: true, hasDied }
}

/**
 * A fetch becomes a failure of its feed, so that the feed is left alone for a while and said to be failing, instead of killing
 * fetchers again whenever its lease ends; and so does the storing of what it brought. Deliveries are given up by their own count.
 */
export function afterDeaths(job: Job, now: Instant): readonly Job[] {
  if (job.name === 'fetch') return [crashed(job.feed.feedId, job.feed.settings.url, now)]
  if (job.name !== 'ingest' || job.outcome.kind !== 'fetched') return []
  return [crashed(job.feedId, job.outcome.url, now)]
}

function crashed(feedId: number, url: string, now: Instant): Job {
  const detail = 'every process that had it in hand died of it'
  const outcome = {
    kind: 'failed',
    reason: 'crashed',
    detail,
    at: now,
    durationMs: 0,
    url,
    pace: {},
  } as const
  return { name: 'ingest', id: `ingest-${feedId}-${now}`, feedId, outcome }
}
