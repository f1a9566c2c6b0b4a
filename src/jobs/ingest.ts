// Writes one outcome: articles, sightings, revisions, matches, validators and the next fetch time, in one transaction; the rare
// fetch of more than a hundred entries in several, its validators with the last.
import { setImmediate as pause } from 'node:timers/promises'
import type { Item } from '../model/item.ts'
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedRow } from '../store/index.ts'
import { closeFetch, type FeedLifeDeps, type Ingested } from './close-fetch.ts'
import { type KeeperDeps, type Keeping, keepItem, writeTexts } from './keep-item.ts'
import { noteListing } from './note-listing.ts'
import { createParts } from './parts.ts'
import { count, newTally, type Tally } from './tally.ts'

export type IngestDeps = KeeperDeps &
  FeedLifeDeps & {
    /** Told once per outcome, after the commit. */
    readonly onIngested?: (event: Ingested) => void
  }

// A hundred entries take some 50 ms; a feed of thousands must not hold up deliveries and the schedule meanwhile.
const entriesPerCommit = 100

/** Keeps entries in the order given: oldest first, so that article ids grow with age and the first to report stays the first. */
function keepAll(
  deps: IngestDeps,
  feed: FeedRow,
  items: readonly Item[],
  outcome: FetchOutcome,
  tally: Tally,
): void {
  const language = outcome.kind === 'fetched' ? outcome.feed.language : undefined
  const isLate = outcome.at < (feed.lastSuccessAt ?? outcome.at)
  const keeping: Keeping = { ...deps, texts: new Map(), isLate }
  for (const item of items) count(tally, keepItem(keeping, feed, item, language))
  writeTexts(keeping)
}

/**
 * What people changed in stories meanwhile is read before anything is decided: first while others may still write, then once more
 * when they no longer can. After a failed transaction the indexes may know articles that were never stored.
 */
function commitEntries<T>({ store, echo, now }: IngestDeps, work: () => T): T {
  echo.follow(now())
  try {
    return store.transaction(() => {
      echo.follow(now())
      return work()
    })
  } catch (error) {
    echo.rebuild(now())
    throw error
  }
}

type Writing = {
  readonly outcome: FetchOutcome
  readonly tally: Tally
  readonly isLast: boolean
  readonly isWhole: boolean // not one part of several
}

/**
 * Entries before validators: after a crash between two commits the feed is fetched again, and nothing is lost or doubled. Closes the
 * fetch with its last entries, unless further parts of it follow.
 */
async function write(
  deps: IngestDeps,
  feed: FeedRow,
  { outcome, tally, isLast, isWhole }: Writing,
): Promise<Ingested | undefined> {
  const items = outcome.kind === 'fetched' ? outcome.feed.items.toReversed() : []
  let from = 0
  for (; items.length - from > entriesPerCommit; from += entriesPerCommit) {
    commitEntries(deps, () => keepAll(deps, feed, items.slice(from, from + entriesPerCommit), outcome, tally))
    await pause()
  }
  const commit = <T>(work: () => T): T =>
    items.length === 0 ? deps.store.transaction(work) : commitEntries(deps, work)
  return commit(() => {
    keepAll(deps, feed, items.slice(from), outcome, tally)
    if (isWhole) noteListing(deps.store, feed, outcome, deps.now()) // a part does not say what the feed no longer lists
    return isLast ? closeFetch(deps, feed, outcome, tally) : undefined
  })
}

/** The handler of ingest jobs; the one writer of articles. Repeating a job changes nothing. */
export function createIngestHandler(deps: IngestDeps) {
  const parts = createParts()
  return async ({ feedId, outcome, part }: JobOf<'ingest'>): Promise<readonly Job[]> => {
    const feed = deps.store.feeds.find(feedId)
    if (feed === undefined) return [] // the feed left the configuration while its outcome waited
    const tally = part === undefined ? newTally() : parts.begin(feedId, outcome, part)
    if (tally === undefined) return []
    deps.echo.forget(deps.now())
    const isLast = part === undefined || part.index === part.of
    const ingested = await write(deps, feed, { outcome, tally, isLast, isWhole: part === undefined })
    if (part !== undefined) parts.end(feedId, tally)
    if (ingested !== undefined) deps.onIngested?.(ingested)
    return []
  }
}
