// Writes one outcome: articles, sightings, revisions, matches, validators and the next fetch time, in one transaction; the rare
// fetch of more than a hundred entries in several, its validators with the last.
import { setImmediate as pause } from 'node:timers/promises'
import type { Item } from '../model/item.ts'
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedHealth } from '../pipeline/feed-health.ts'
import { believedMove } from '../pipeline/feed-move.ts'
import { troubleToTell } from '../pipeline/feed-notice.ts'
import { type FeedSchedule, nextFetchAt } from '../pipeline/schedule.ts'
import type { FeedRow, FetchCounts } from '../store/index.ts'
import { type KeeperDeps, type Keeping, type Kept, keepItem, writeTexts } from './keep-item.ts'

export type IngestDeps = KeeperDeps & {
  readonly random: () => number
  readonly intervalMs: number // for feeds without an interval of their own
  readonly opensPrivate?: boolean // may every feed live on a private address?
  /** Told once per outcome, after the commit. */
  readonly onIngested?: (event: Ingested) => void
}

/** One event per outcome: what became of the feed's entries. */
export type Ingested = {
  readonly feedId: number
  readonly url: string
  readonly sourceName: string
  readonly outcome: FetchOutcome
  readonly counts: FetchCounts
  readonly matches: number
  readonly trouble?: FeedHealth // present once, when the feed gets into it
}

const dayMs = 24 * 3_600_000

// A hundred entries take some 50 ms; a feed of thousands must not hold up deliveries and the schedule meanwhile.
const entriesPerCommit = 100

/** What became of the entries of one fetch so far. */
type Tally = Record<Kept['kind'] | 'matches' | 'renamed', number>

function count(tally: Tally, kept: Kept): void {
  tally[kept.kind]++
  tally.matches += kept.matches
  if (kept.isRenamed) tally.renamed++
}

function countsOf(feed: FeedRow, outcome: FetchOutcome, tally: Tally): FetchCounts {
  const [items, skipped] =
    outcome.kind === 'fetched' ? [outcome.feed.items.length, outcome.feed.skipped.length] : [0, 0]
  const heardBefore = feed.lastSuccessAt !== undefined
  const known = tally.unchanged + tally.revisions + tally.renamed
  return {
    items,
    new: tally.new,
    duplicates: tally.duplicates,
    revisions: tally.revisions,
    skipped,
    overflow: heardBefore && items > 0 && known === 0,
    renamed: tally.renamed,
  }
}

/** The handler of ingest jobs; the one writer of articles. Repeating a job changes nothing. */
export function createIngestHandler(deps: IngestDeps) {
  const { store, echo, now, random } = deps

  /** Keeps entries in the order given: oldest first, so that article ids grow with age and the first to report stays the first. */
  function keepAll(feed: FeedRow, items: readonly Item[], language: string | undefined, tally: Tally): void {
    const keeping: Keeping = { ...deps, texts: new Map() }
    for (const item of items) count(tally, keepItem(keeping, feed, item, language))
    writeTexts(keeping)
  }

  /** Writes what the outcome says of the feed itself. */
  function close(feed: FeedRow, outcome: FetchOutcome, tally: Tally): Ingested {
    const counts = countsOf(feed, outcome, tally)
    const intervalMs = feed.settings.intervalMs ?? deps.intervalMs
    const polled = {
      outcome,
      intervalMs,
      newItems: counts.new + counts.duplicates,
      overflow: counts.overflow,
      sharesHost: feed.settings.allowPrivate ?? false,
    }
    const next = nextFetchAt(feed.schedule as FeedSchedule, polled, now(), random()) // written by this function alone
    store.feeds.record({ feedId: feed.id, outcome, counts, ...next })
    if (next.pausedHostUntil !== undefined)
      store.feeds.pauseHost(new URL(feed.url).host, next.pausedHostUntil)
    const address = believedMove(feed, outcome, deps.opensPrivate)
    if (address !== undefined) store.feeds.move(feed.id, address, outcome.at)
    const trouble = newTrouble(feed)
    const { id: feedId, url, sourceName } = feed
    const event = { feedId, url, sourceName, outcome, counts, matches: tally.matches }
    return trouble === undefined ? event : { ...event, trouble }
  }

  /** What is wrong with the feed since this fetch; undefined when nothing is, or when it was told already. */
  function newTrouble(feed: FeedRow): FeedHealth | undefined {
    const health = store.coverage.healthOf(feed.id, { from: now() - dayMs, until: now() })
    const trouble = troubleToTell(health, feed.told, now())
    if (trouble === feed.told) return undefined
    store.feeds.setTold(feed.id, trouble)
    return trouble === undefined ? undefined : health
  }

  function commit<T>(work: () => T): T {
    try {
      return store.transaction(work)
    } catch (error) {
      echo.rebuild(now())
      throw error
    }
  }

  /** Entries before validators: after a crash between two commits the feed is fetched again, and nothing is lost or doubled. */
  async function write(feed: FeedRow, outcome: FetchOutcome): Promise<Ingested> {
    const [items, language] =
      outcome.kind === 'fetched' ? [outcome.feed.items.toReversed(), outcome.feed.language] : [[], undefined]
    const tally: Tally = { new: 0, duplicates: 0, revisions: 0, unchanged: 0, matches: 0, renamed: 0 }
    let from = 0
    for (; items.length - from > entriesPerCommit; from += entriesPerCommit) {
      commit(() => keepAll(feed, items.slice(from, from + entriesPerCommit), language, tally))
      await pause()
    }
    return commit(() => {
      keepAll(feed, items.slice(from), language, tally)
      return close(feed, outcome, tally)
    })
  }

  return async ({ feedId, outcome }: JobOf<'ingest'>): Promise<readonly Job[]> => {
    const feed = store.feeds.find(feedId)
    if (feed === undefined) return [] // the feed left the configuration while its outcome waited
    const ingested = await write(feed, outcome)
    deps.onIngested?.(ingested)
    echo.forget(now())
    return []
  }
}
