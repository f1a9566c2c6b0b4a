// A store with one or more sources, and an ingest handler over it with a clock that the test sets.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEcho, createIngestHandler, type Desk, type Echo, type Ingested } from '../../src/jobs/index.ts'
import type { Item } from '../../src/model/item.ts'
import type { JobOf } from '../../src/model/job.ts'
import type { Fetched, FetchOutcome } from '../../src/model/outcome.ts'
import type { Source } from '../../src/model/source.ts'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { openStore, type Store } from '../../src/store/index.ts'

const harvest: readonly Topic[] = [{ id: 'harvest', name: 'Harvest', any: ['harvest', 'wheat'] }]

export function source(id: string): Source {
  return {
    id,
    name: `Outlet ${id}`,
    family: id,
    kind: 'independent',
    grade: 'C',
    feeds: [{ url: `https://${id}.example/feed` }],
  }
}

/** An item that says `title`; everything else about it is plain unless given. */
export function item(guid: string, title: string, more: Partial<Item> = {}): Item {
  const url = `https://a.example/${guid}`
  return {
    guid,
    url,
    title,
    summary: '',
    text: '',
    authors: [],
    categories: [],
    enclosures: [],
    flags: [],
    ...more,
  }
}

/** A successful fetch that brought these items, newest first as feeds have them. */
export function fetched(at: number, items: readonly Item[]): Fetched {
  return {
    kind: 'fetched',
    at,
    durationMs: 5,
    url: 'https://a.example/feed',
    pace: {},
    status: 200,
    validators: { etag: `"${at}"` },
    bodyHash: String(at),
    bytes: 100,
    feed: { format: 'rss', engine: 'tolerant', pace: {}, items, skipped: [], warnings: [] },
  }
}

export type TestDesk = {
  readonly store: Store
  readonly desk: Desk
  readonly path: string
  readonly echo: Echo
  readonly swapDesk: () => void // as a change of the configuration does, here to an equal one
  readonly ingest: (feedId: number, outcome: FetchOutcome, at?: number) => Promise<Ingested | undefined>
  /** One ingest job as a runner would run it, at the time of its outcome. */
  readonly run: (job: JobOf<'ingest'>) => Promise<Ingested | undefined>
}

type DeskOptions = {
  readonly topics?: readonly Topic[]
  readonly linksLanguages?: boolean
  readonly sourceIds?: readonly string[]
  /** Who decides about copies and stories, instead of the indexes of this thread. */
  readonly echoOf?: (room: {
    readonly store: Store
    readonly databasePath: string
    readonly desk: () => Desk
    readonly now: () => number
  }) => Echo
}

/** Opens a new store for sources a, b and c (feeds 1, 2 and 3) unless others are named, or the one at `path` again. */
export function openDesk(
  path = join(mkdtempSync(join(tmpdir(), 'presslark-jobs-')), 'p.db'),
  { topics = harvest, linksLanguages = false, sourceIds = ['a', 'b', 'c'], echoOf }: DeskOptions = {},
): TestDesk {
  const sources = sourceIds.map(source)
  const store = openStore(path)
  store.feeds.sync(sources)
  store.topics.register(topics, 0)
  let desk: Desk = {
    sources: new Map(sources.map((one) => [one.id, one])),
    topics,
    compiled: compileWatchlist(topics).watchlist,
    watchlists: [{ id: 'all', name: 'Everything', topics: topics.map(({ id }) => id) }],
    digests: [],
    alerts: [],
    linksLanguages,
    configHash: 'test',
  }
  let clock = 0
  let last: Ingested | undefined
  const room = { store, databasePath: path, desk: () => desk, now: () => clock }
  const echo = echoOf?.(room) ?? createEcho(store, () => desk)
  const handler = createIngestHandler({
    store,
    echo,
    desk: () => desk,
    now: () => clock,
    random: () => 0,
    intervalMs: 1_800_000,
    detectLanguage: () => 'und',
    onIngested: (event) => {
      last = event
    },
  })
  async function ingestAt(job: JobOf<'ingest'>, at: number): Promise<Ingested | undefined> {
    clock = at
    last = undefined
    await handler(job)
    return last
  }
  return {
    store,
    desk,
    path,
    echo,
    swapDesk: () => {
      desk = { ...desk }
    },
    ingest: (feedId, outcome, at = outcome.at) =>
      ingestAt({ name: 'ingest', id: 'test', feedId, outcome }, at),
    run: (job) => ingestAt(job, job.outcome.at),
  }
}
