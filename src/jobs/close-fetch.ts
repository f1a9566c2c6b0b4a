// Writes what an outcome says of the feed itself: validators, the next fetch, a move, a notice. With its last entries or not at all.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { FeedHealth } from '../pipeline/feed-health.ts'
import { believedMove } from '../pipeline/feed-move.ts'
import { feedNotice } from '../pipeline/feed-notice.ts'
import { type FeedSchedule, nextFetchAt } from '../pipeline/schedule.ts'
import { refusedScope } from '../pipeline/shared-host.ts'
import { pushedIntervalMs } from '../pipeline/websub.ts'
import type { FeedRow, FetchCounts, Store } from '../store/index.ts'
import { countsOf, isAside, type Tally } from './tally.ts'

export type FeedLifeDeps = {
  readonly store: Store
  readonly now: () => Instant
  readonly random: () => number
  readonly intervalMs: number // for feeds without an interval of their own
  readonly opensPrivate?: boolean // may every feed live on a private address?
  readonly takesPushes?: boolean // can hubs reach us?
}

/** One event per outcome: what became of the feed's entries. */
export type Ingested = {
  readonly feedId: number
  readonly url: string
  readonly sourceName: string
  readonly outcome: FetchOutcome
  readonly counts: FetchCounts
  readonly matches: number
  readonly lagMs: number // from the end of the fetch to its storing: how far the one writer is behind
  readonly trouble?: FeedHealth // present once, when the feed gets into it
}

const dayMs = 24 * 3_600_000

/** Call inside the transaction that writes the fetch's last entries. */
export function closeFetch(deps: FeedLifeDeps, feed: FeedRow, outcome: FetchOutcome, tally: Tally): Ingested {
  const counts = countsOf(feed, outcome, tally)
  const { id: feedId, url, sourceName } = feed
  const lagMs = Math.max(0, deps.now() - outcome.at - outcome.durationMs) // the fetcher's clock may be ahead of ours
  const event = { feedId, url, sourceName, outcome, counts, matches: tally.matches, lagMs }
  if (isAside(outcome)) {
    deps.store.feeds.recordAside({ feedId, outcome, counts })
    return event
  }
  noteHub(deps, feed, outcome)
  const { lastNewAt = 0 } = schedule(deps, feed, outcome, counts)
  if (tally.doubtful > 0) readAllAnew(deps, feedId)
  const address = believedMove(feed, outcome, deps.opensPrivate)
  if (address !== undefined) deps.store.feeds.move(feed.id, address, outcome.at)
  const trouble = isCalm(feed, outcome, counts, deps.now() - lastNewAt) ? undefined : newTrouble(deps, feed)
  return trouble === undefined ? event : { ...event, trouble }
}

/** Entries were taken for known that the store knows otherwise: the next poll brings them all, and all are read. */
function readAllAnew({ store }: FeedLifeDeps, feedId: number): void {
  store.feeds.forgetValidators(feedId)
  store.feedListings.breakSeals(feedId)
}

/** Only a whole body says whether the feed has a hub. */
function noteHub({ store }: FeedLifeDeps, feed: FeedRow, outcome: FetchOutcome): void {
  if (outcome.kind !== 'fetched') return
  const { hub, selfUrl = feed.url } = outcome.feed
  if (hub === undefined) store.subscriptions.withdraw(feed.id)
  else store.subscriptions.offer(feed.id, hub, selfUrl)
}

function schedule(
  { store, now, random, intervalMs, takesPushes = false }: FeedLifeDeps,
  feed: FeedRow,
  outcome: FetchOutcome,
  counts: FetchCounts,
): FeedSchedule {
  const leaseUntil = takesPushes ? store.subscriptions.leaseOf(feed.id) : undefined
  const polled = {
    outcome,
    intervalMs: pushedIntervalMs(feed.settings.intervalMs ?? intervalMs, leaseUntil, now()),
    newItems: counts.new + counts.duplicates,
    overflow: counts.overflow,
  }
  const next = nextFetchAt(feed.schedule as FeedSchedule, polled, now(), random()) // written by this function alone
  store.feeds.record({ feedId: feed.id, outcome, counts, recordedAt: now(), ...next })
  if (next.refusedUntil !== undefined) store.feeds.pause(refusedScope(feed), next.refusedUntil)
  return next.schedule
}

/** A feed that answers, brought something within the day and was in no trouble is in none now: most fetches need no look at the past. */
function isCalm(feed: FeedRow, outcome: FetchOutcome, counts: FetchCounts, sinceNewMs: number): boolean {
  const answers = outcome.kind === 'fetched' || outcome.kind === 'not-modified'
  const wasWell =
    feed.told === undefined && feed.failures === 0 && feed.movedTo === undefined && outcome.url === feed.url
  return answers && wasWell && counts.renamed === 0 && sinceNewMs < dayMs
}

/** What is wrong with the feed since this fetch; undefined when nothing is, or when it was told already. */
function newTrouble({ store, now }: FeedLifeDeps, feed: FeedRow): FeedHealth | undefined {
  const health = store.coverage.healthOf(feed.id, { from: now() - dayMs, until: now() })
  const { told, isNews } = feedNotice(health, feed.told, now())
  if (told !== feed.told) store.feeds.setTold(feed.id, told)
  return isNews ? health : undefined
}
