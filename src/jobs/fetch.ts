// One attempt at one feed. Needs the web, never the database.
import type { Fetcher } from '../fetch/index.ts'
import type { FeedRef, Job, JobOf } from '../model/job.ts'
import type { Instant } from '../model/time.ts'

export type FetchDeps = {
  readonly fetcher: Pick<Fetcher, 'fetchFeed'>
  readonly now: () => Instant
  /** Fills `${NAME}` in a header from the environment of this process: jobs carry the name only. */
  readonly expand: (text: string) => string
}

function withSecrets(feed: FeedRef, expand: FetchDeps['expand']): FeedRef {
  const { headers } = feed.settings
  if (headers === undefined) return feed
  const expanded = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, expand(value)]))
  return { ...feed, settings: { ...feed.settings, headers: expanded } }
}

/** The handler of fetch jobs: the outcome travels to the one writer. */
export function createFetchHandler({ fetcher, now, expand }: FetchDeps) {
  return async ({ feed }: JobOf<'fetch'>): Promise<readonly Job[]> => {
    const outcome = await fetcher.fetchFeed(withSecrets(feed, expand), now)
    if (outcome.kind === 'failed' && outcome.reason === 'crashed') return [] // we were stopped; the feed is due again when its lease ends
    return [{ name: 'ingest', id: `ingest-${feed.feedId}-${outcome.at}`, feedId: feed.feedId, outcome }]
  }
}
