// One attempt at one feed. Needs the web, never the database.
import type { Fetcher, Recognition } from '../fetch/index.ts'
import type { FeedRef, Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { withoutMarkup } from '../pipeline/without-markup.ts'
import { splitOutcome } from './split-outcome.ts'

export type FetchDeps = {
  readonly fetcher: Pick<Fetcher, 'fetchFeed'>
  readonly now: () => Instant
  /** Fills `${NAME}` in a header from the environment of this process: jobs carry the name only. */
  readonly expand: (text: string) => string
  /** By what the entries of a feed are known again; absent where there is no store to ask: then all are read, to the same effect. */
  readonly recognise?: (feedId: number) => Recognition | undefined
}

function withSecrets(feed: FeedRef, expand: FetchDeps['expand']): FeedRef {
  const { headers } = feed.settings
  if (headers === undefined) return feed
  const expanded = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, expand(value)]))
  return { ...feed, settings: { ...feed.settings, headers: expanded } }
}

function ingestJobs(feedId: number, outcome: FetchOutcome): readonly Job[] {
  const id = `ingest-${feedId}-${outcome.at}`
  if (outcome.kind !== 'fetched') return [{ name: 'ingest', id, feedId, outcome }]
  const parts = splitOutcome({ ...outcome, feed: withoutMarkup(outcome.feed) })
  if (parts.length === 1) return parts.map((one) => ({ name: 'ingest', id, feedId, outcome: one }))
  return parts.map((one, index) => ({
    name: 'ingest',
    id: `${id}-${index + 1}`,
    feedId,
    outcome: one,
    part: { index: index + 1, of: parts.length },
  }))
}

/** We were stopped before there was an answer. With a status, it is the reading of the answer that ended what read it. */
function wasStopped(outcome: FetchOutcome): boolean {
  return outcome.kind === 'failed' && outcome.reason === 'crashed' && outcome.status === undefined
}

/** The handler of fetch jobs: the outcome travels to the one writer, in parts when it is large. */
export function createFetchHandler({ fetcher, now, expand, recognise }: FetchDeps) {
  return async ({ feed }: JobOf<'fetch'>): Promise<readonly Job[]> => {
    const outcome = await fetcher.fetchFeed(withSecrets(feed, expand), now, () => recognise?.(feed.feedId))
    if (wasStopped(outcome)) return [] // the feed is due again when its lease ends
    return ingestJobs(feed.feedId, outcome)
  }
}
