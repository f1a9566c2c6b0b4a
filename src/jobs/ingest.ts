// Writes outcomes: articles, sightings, revisions, matches, validators and the next fetch time. Each is stored in one transaction,
// several that wait in the same one; the rare fetch of more than a hundred entries takes several, its validators with the last.
import { setImmediate as pause } from 'node:timers/promises'
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import { countEntries, entriesOf, type FeedEntry } from '../pipeline/feed-entries.ts'
import { type FeedRow, StoreError } from '../store/index.ts'
import { closeFetch, type FeedLifeDeps, type Ingested } from './close-fetch.ts'
import { createForesight } from './foresight.ts'
import { inGroups } from './in-groups.ts'
import type { Arrival, KnownArrival } from './keep-item.ts'
import { arrivalsOf, type Batch, keepItems } from './keep-items.ts'
import { listingOf, noteListing } from './note-listing.ts'
import { createParts, noParts, type StoredParts } from './parts.ts'
import { createUnwritten, type KeeperDeps } from './unwritten.ts'

export type IngestDeps = KeeperDeps &
  FeedLifeDeps & {
    /** How long outcomes that are small together wait for more, in milliseconds: a transaction costs as much as storing several. */
    readonly gatherMs?: number
    /** Told right before a feed's entries are stored: nothing else has the thread from then on. */
    readonly onWriting?: (feedId: number) => void
    /** Told once per outcome, after the commit. */
    readonly onIngested?: (event: Ingested) => void
  }

type IngestJob = JobOf<'ingest'>

// A hundred entries take some 20 ms; a feed of thousands must not hold up deliveries and the schedule meanwhile.
const entriesPerCommit = 100
/** Fewer wait a moment for others: every commit has a price of its own. */
const entriesWorthCommitting = 50

/** What one transaction does for one outcome: keeps these of its entries, and may close the fetch. Tally and listing are of all parts so far. */
type Writing = StoredParts & {
  readonly feed: FeedRow
  readonly outcome: FetchOutcome
  readonly entries: readonly FeedEntry[] // oldest first, so that article ids grow with age and the first to report stays the first
  readonly hashes: Map<string, string> // of what the entries say, by their keys
  readonly closes: boolean
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

/** What is stored together, and the entries of all of it. */
type Arriving = {
  readonly writings: readonly Writing[]
  readonly arrivals: readonly (Arrival | KnownArrival)[]
}

/** One transaction: all of it is stored, or nothing. Returns the events of the fetches that it closed. */
function commit(
  deps: IngestDeps,
  { writings, arrivals, batch }: Arriving & { readonly batch?: Batch },
): readonly Ingested[] {
  if (arrivals.length === 0) return deps.store.transaction(() => writings.flatMap((one) => close(deps, one)))
  return commitEntries(deps, () => {
    const unwritten = createUnwritten(deps)
    keepItems({ ...deps, unwritten }, arrivals, batch)
    const events = writings.flatMap((one) => close(deps, one))
    unwritten.writeTexts()
    return events
  })
}

function close(deps: IngestDeps, writing: Writing): readonly Ingested[] {
  if (!writing.closes) return []
  const { feed, outcome, tally } = writing
  noteListing(deps.store, feed, writing, deps.now())
  return [closeFetch(deps, feed, outcome, tally)]
}

function countOf(outcome: FetchOutcome): number {
  return outcome.kind === 'fetched' ? countEntries(outcome.feed) : 0
}

function oldestFirst(outcome: FetchOutcome): readonly FeedEntry[] {
  return outcome.kind === 'fetched' ? entriesOf(outcome.feed).toReversed() : []
}

/**
 * Entries before validators: after a crash between two commits the feed is fetched again, and nothing is lost or doubled. Closes the
 * fetch with its last entries, unless further parts of it follow.
 */
async function writeInSteps(deps: IngestDeps, whole: Writing): Promise<readonly Ingested[]> {
  const { entries } = whole
  const step = (writing: Writing): readonly Ingested[] =>
    commit(deps, { writings: [writing], arrivals: arrivalsOf(writing, deps.now()) })
  let from = 0
  for (; entries.length - from > entriesPerCommit; from += entriesPerCommit) {
    step({ ...whole, entries: entries.slice(from, from + entriesPerCommit), closes: false })
    await pause()
  }
  return step({ ...whole, entries: entries.slice(from) })
}

/** Nothing but entries can kill a process. Of several feeds the last one counts, until a process takes one at a time. */
function takeInHand({ onWriting }: IngestDeps, jobs: readonly IngestJob[]): void {
  const last = jobs.findLast(({ outcome }) => outcome.kind === 'fetched')
  if (last !== undefined) onWriting?.(last.feedId)
}

/** What one job has to write; nothing when the feed left the configuration while its outcome waited. */
function writingsOf(
  { store }: IngestDeps,
  { feedId, outcome, part }: IngestJob,
  stored: StoredParts | undefined,
): readonly Writing[] {
  const feed = store.feeds.find(feedId)
  if (feed === undefined || stored === undefined) return []
  const listing = [...listingOf(outcome), ...stored.listing] // the oldest entries come first, and stand last
  const closes = part === undefined || part.index === part.of
  return [
    { feed, outcome, entries: oldestFirst(outcome), tally: stored.tally, listing, hashes: new Map(), closes },
  ]
}

function arriving(deps: IngestDeps, waiting: readonly IngestJob[]): Arriving {
  const writings = waiting.flatMap((one) => writingsOf(deps, one, noParts()))
  return { writings, arrivals: writings.flatMap((one) => arrivalsOf(one, deps.now())) }
}

/** The handler of ingest jobs; the one writer of articles. Repeating a job changes nothing. */
export function createIngestHandler(deps: IngestDeps): (job: IngestJob) => Promise<readonly Job[]> {
  const parts = createParts()
  const tell = (events: readonly Ingested[]): void => {
    for (const event of events) deps.onIngested?.(event)
  }

  async function writeOne(job: IngestJob): Promise<void> {
    const { feedId, outcome, part } = job
    const stored = part === undefined ? noParts() : parts.begin(feedId, outcome, part)
    const [writing] = writingsOf(deps, job, stored)
    if (writing === undefined) return
    takeInHand(deps, [job])
    deps.echo.forget(deps.now())
    const events = await writeInSteps(deps, writing)
    if (part !== undefined) parts.end(feedId, part, writing)
    tell(events)
  }

  /** What fails together may be the fault of one: the others are stored without it, unless the file itself is the trouble. */
  async function writeAll(waiting: readonly IngestJob[]): Promise<boolean> {
    const foreseen = foresight.take(waiting)
    if (!isStoredAtOnce(waiting)) return false
    takeInHand(deps, waiting)
    deps.echo.forget(deps.now())
    try {
      tell(commit(deps, foreseen ?? deps.store.reading(() => arriving(deps, waiting))))
      return true
    } catch (error) {
      if (error instanceof StoreError) throw error
      return false
    }
  }

  const foresight = createForesight(deps, (waiting: readonly IngestJob[]) =>
    isStoredAtOnce(waiting) ? arriving(deps, waiting) : undefined,
  )
  const write = inGroups<IngestJob>({
    one: writeOne,
    all: writeAll,
    mayJoin,
    isSmall: (waiting) => entriesOfAll(waiting) < entriesWorthCommitting,
    foresee: foresight.foresee,
    gatherMs: deps.gatherMs ?? 0,
  })
  return async (job) => {
    await write(job)
    return []
  }
}

function entriesOfAll(waiting: readonly IngestJob[]): number {
  return waiting.reduce((sum, { outcome }) => sum + countOf(outcome), 0)
}

function isStoredAtOnce(waiting: readonly IngestJob[]): boolean {
  return entriesOfAll(waiting) <= entriesPerCommit && waiting.every(({ part }) => part === undefined)
}

/** Whether an outcome may be stored in the transaction of others: they are small together, and of different feeds. */
function mayJoin(group: readonly IngestJob[], next: IngestJob): boolean {
  const [first] = group
  if (next.part !== undefined || first?.part !== undefined) return false // parts stand alone
  const entries = entriesOfAll([...group, next])
  return entries <= entriesPerCommit && group.every(({ feedId }) => feedId !== next.feedId)
}
