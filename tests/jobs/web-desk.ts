// A store whose feeds are really fetched, from a local server, by a clock that the test sets.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Fetcher, Recognition } from '../../src/fetch/index.ts'
import {
  createEcho,
  createFetchHandler,
  createIngestHandler,
  type Desk,
  fetchJobs,
  type Ingested,
} from '../../src/jobs/index.ts'
import type { FeedSettings, Source } from '../../src/model/source.ts'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { openFetcher } from '../fetch/server.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
export const start = Date.UTC(2027, 0, 4)

export type WebDesk = {
  readonly store: Store
  readonly path: string // of its database
  /** Fetches and ingests what is due at `at`; returns one event a feed. */
  readonly round: (at: number) => Promise<readonly Ingested[]>
  /** What is due at `at`, for a runner to run with `handlers`. */
  readonly due: (at: number) => ReturnType<typeof fetchJobs>
  readonly handlers: {
    readonly fetch: ReturnType<typeof createFetchHandler>
    readonly ingest: WebDesk['ingest']
  }
  /** Keeps what came otherwise than by a poll. */
  readonly ingest: ReturnType<typeof createIngestHandler>
}

export function sourceOf(id: string, ...feeds: readonly (string | FeedSettings)[]): Source {
  return {
    id,
    name: `Outlet ${id}`,
    family: id,
    kind: 'independent',
    grade: 'C',
    language: 'en',
    feeds: feeds.map((feed) => (typeof feed === 'string' ? { url: feed } : feed)),
  }
}

/** Whether entries are known again by their source, and who is told how many of a body were. */
export type Knowing = { readonly recognises?: boolean; readonly onFetched?: (known: number) => void }

/** By what a desk knows the entries of a feed again. */
export function recognising({ feedListings }: Store): (feedId: number) => Recognition {
  return (feedId) => {
    const known = feedListings.known(feedId)
    return known === undefined ? { reader: 'test' } : { reader: 'test', known }
  }
}

/** Opens a new store for these sources. */
export function openWebDesk(
  sources: readonly Source[],
  fetcher: Fetcher = openFetcher(),
  topics: readonly Topic[] = [],
  knowing: Knowing = {},
): WebDesk {
  const path = join(mkdtempSync(join(tmpdir(), 'presslark-web-')), 'p.db')
  const store = openStore(path)
  onTestFinished(() => store.close())
  store.feeds.sync(sources)
  const desk: Desk = {
    sources: new Map(sources.map((source) => [source.id, source])),
    topics,
    compiled: compileWatchlist(topics).watchlist,
    watchlists: [],
    digests: [],
    alerts: [],
    configHash: 'test',
  }
  let clock = start
  const now = () => clock
  const events: Ingested[] = []
  const echo = createEcho(store, () => desk)
  const fetch = createFetchHandler({
    fetcher,
    now,
    expand: (text) => text,
    ...(knowing.recognises === true ? { recognise: recognising(store) } : {}),
  })
  const ingest = createIngestHandler({
    store,
    echo,
    desk: () => desk,
    now,
    random: () => 0,
    intervalMs: hourMs,
    detectLanguage: () => 'en',
    onIngested: (event) => void events.push(event),
  })
  const due = (at: number) => {
    clock = at
    return fetchJobs(store, at)
  }
  return {
    store,
    path,
    ingest,
    handlers: { fetch, ingest },
    due,
    round: async (at) => {
      const first = events.length
      for (const job of due(at)) {
        if (job.name !== 'fetch') continue
        for (const next of await fetch(job)) {
          if (next.name !== 'ingest') continue
          if (next.outcome.kind === 'fetched') knowing.onFetched?.(next.outcome.feed.known?.length ?? 0)
          await ingest(next)
        }
      }
      return events.slice(first)
    },
  }
}
