// Writes one outcome: articles, sightings, revisions, matches, validators and the next fetch time, all in one transaction or not at all.
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedHealth } from '../pipeline/feed-health.ts'
import { believedMove } from '../pipeline/feed-move.ts'
import { troubleToTell } from '../pipeline/feed-notice.ts'
import { type FeedSchedule, nextFetchAt } from '../pipeline/schedule.ts'
import type { FeedRow, FetchCounts } from '../store/index.ts'
import { type KeeperDeps, type Keeping, keepItem, writeTexts } from './keep-item.ts'

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

const noItems: FetchCounts = { items: 0, new: 0, duplicates: 0, revisions: 0, skipped: 0, overflow: false }

/** Oldest first, so that article ids grow with age and the first to report stays the first. */
function keepAll(
  deps: Keeping,
  feed: FeedRow,
  outcome: FetchOutcome,
): { counts: FetchCounts; matches: number } {
  if (outcome.kind !== 'fetched') return { counts: noItems, matches: 0 }
  const tally = { new: 0, duplicates: 0, revisions: 0, unchanged: 0, matches: 0, renamed: 0 }
  for (const item of outcome.feed.items.toReversed()) {
    const kept = keepItem(deps, feed, item, outcome.feed.language)
    tally[kept.kind]++
    tally.matches += kept.matches
    if (kept.isRenamed) tally.renamed++
  }
  const items = outcome.feed.items.length
  const heardBefore = feed.lastSuccessAt !== undefined
  const known = tally.unchanged + tally.revisions + tally.renamed
  const overflow = heardBefore && items > 0 && known === 0
  const counts = {
    items,
    new: tally.new,
    duplicates: tally.duplicates,
    revisions: tally.revisions,
    skipped: outcome.feed.skipped.length,
    overflow,
    renamed: tally.renamed,
  }
  return { counts, matches: tally.matches }
}

/** The handler of ingest jobs; the one writer of articles. Repeating a job changes nothing. */
export function createIngestHandler(deps: IngestDeps) {
  const { store, echo, now, random } = deps

  function write(feed: FeedRow, outcome: FetchOutcome): Ingested {
    const keeping = { ...deps, texts: new Map() }
    const { counts, matches } = keepAll(keeping, feed, outcome)
    writeTexts(keeping)
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
    const event = { feedId: feed.id, url: feed.url, sourceName: feed.sourceName, outcome, counts, matches }
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

  function commit(feed: FeedRow, outcome: FetchOutcome): Ingested {
    try {
      return store.transaction(() => write(feed, outcome))
    } catch (error) {
      echo.rebuild(now())
      throw error
    }
  }

  return async ({ feedId, outcome }: JobOf<'ingest'>): Promise<readonly Job[]> => {
    const feed = store.feeds.find(feedId)
    if (feed === undefined) return [] // the feed left the configuration while its outcome waited
    const ingested = commit(feed, outcome)
    deps.onIngested?.(ingested)
    echo.forget(now())
    return []
  }
}
