// Writes outcomes: articles, sightings, revisions, matches, validators and the next fetch time. Each is stored in one transaction,
// several that wait in the same one; the rare fetch of more than a hundred entries takes several, its validators with the last.
import { setImmediate as pause } from 'node:timers/promises'
import type { Item } from '../model/item.ts'
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import { type FeedRow, StoreError } from '../store/index.ts'
import { type Ahead, type Analyst, analyseAhead } from './analyse-ahead.ts'
import { closeFetch, type FeedLifeDeps, type Ingested } from './close-fetch.ts'
import { createForesight } from './foresight.ts'
import { inGroups } from './in-groups.ts'
import type { Arrival } from './keep-item.ts'
import { arrivalsOf, type Batch, keepItems } from './keep-items.ts'
import { listingOf, noteListing } from './note-listing.ts'
import { createParts, noParts, type StoredParts } from './parts.ts'
import { createUnwritten, type KeeperDeps } from './unwritten.ts'

export type IngestDeps = KeeperDeps &
  FeedLifeDeps & {
    /** How long outcomes that are small together wait for more, in milliseconds: a transaction costs as much as storing several. */
    readonly gatherMs?: number
    /** Reads entries ahead of the writer, in another thread; without one the writer reads them itself. */
    readonly analyst?: Analyst
    /** Told right before a feed's entries are stored: nothing else has the thread from then on. */
    readonly onWriting?: (feedId: number) => void
    /** Told once per outcome, after the commit. */
    readonly onIngested?: (event: Ingested) => void
  }

type IngestJob = JobOf<'ingest'>

/** A job in the line of the writer, and what was found out of it meanwhile, when `ahead` is over. */
type Waiting = {
  readonly job: IngestJob
  readonly ahead: Promise<void>
  isRead: boolean
  found: Ahead | undefined
}

// A hundred entries take some 20 ms; a feed of thousands must not hold up deliveries and the schedule meanwhile.
const entriesPerCommit = 100
/** Fewer wait a moment for others: every commit has a price of its own. */
const entriesWorthCommitting = 50

/** What one transaction does for one outcome: keeps these of its entries, and may close the fetch. Tally and listing are of all parts so far. */
type Writing = StoredParts & {
  readonly feed: FeedRow
  readonly outcome: FetchOutcome
  readonly items: readonly Item[] // oldest first, so that article ids grow with age and the first to report stays the first
  readonly closes: boolean
  readonly ahead: Ahead | undefined
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
type Arriving = { readonly writings: readonly Writing[]; readonly arrivals: readonly Arrival[] }

function arrivalsOfAll(deps: IngestDeps, writings: readonly Writing[]): readonly Arrival[] {
  const desk = deps.desk()
  return writings.flatMap((writing) => {
    const { ahead } = writing // made by rules that were in force then
    return arrivalsOf(writing, ahead?.desk === desk ? ahead.entries : undefined)
  })
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

function entriesOf(outcome: FetchOutcome): number {
  return outcome.kind === 'fetched' ? outcome.feed.items.length : 0
}

function itemsOf(outcome: FetchOutcome): readonly Item[] {
  return outcome.kind === 'fetched' ? outcome.feed.items.toReversed() : []
}

/**
 * Entries before validators: after a crash between two commits the feed is fetched again, and nothing is lost or doubled. Closes the
 * fetch with its last entries, unless further parts of it follow.
 */
async function writeInSteps(deps: IngestDeps, whole: Writing): Promise<readonly Ingested[]> {
  const { items } = whole
  const step = (writing: Writing): readonly Ingested[] =>
    commit(deps, { writings: [writing], arrivals: arrivalsOfAll(deps, [writing]) })
  let from = 0
  for (; items.length - from > entriesPerCommit; from += entriesPerCommit) {
    step({ ...whole, items: items.slice(from, from + entriesPerCommit), closes: false })
    await pause()
  }
  return step({ ...whole, items: items.slice(from) })
}

/** Nothing but entries can kill a process. Of several feeds the last one counts, until a process takes one at a time. */
function takeInHand({ onWriting }: IngestDeps, jobs: readonly IngestJob[]): void {
  const last = jobs.findLast(({ outcome }) => outcome.kind === 'fetched')
  if (last !== undefined) onWriting?.(last.feedId)
}

/** What one job has to write; nothing when the feed left the configuration while its outcome waited. */
function writingsOf(
  { store }: IngestDeps,
  { job: { feedId, outcome, part }, found: ahead }: Waiting,
  stored: StoredParts | undefined,
): readonly Writing[] {
  const feed = store.feeds.find(feedId)
  if (feed === undefined || stored === undefined) return []
  const listing = [...listingOf(outcome), ...stored.listing] // the oldest entries come first, and stand last
  const closes = part === undefined || part.index === part.of
  return [{ feed, outcome, items: itemsOf(outcome), tally: stored.tally, listing, closes, ahead }]
}

function arriving(deps: IngestDeps, waiting: readonly Waiting[]): Arriving {
  const writings = waiting.flatMap((one) => writingsOf(deps, one, noParts()))
  return { writings, arrivals: arrivalsOfAll(deps, writings) }
}

/** The handler of ingest jobs; the one writer of articles. Repeating a job changes nothing. */
export function createIngestHandler(deps: IngestDeps): (job: IngestJob) => Promise<readonly Job[]> {
  const parts = createParts()
  const tell = (events: readonly Ingested[]): void => {
    for (const event of events) deps.onIngested?.(event)
  }

  async function writeOne(waiting: Waiting): Promise<void> {
    const { job, ahead } = waiting
    const { feedId, outcome, part } = job
    const stored = part === undefined ? noParts() : parts.begin(feedId, outcome, part)
    await ahead
    const [writing] = writingsOf(deps, waiting, stored)
    if (writing === undefined) return
    takeInHand(deps, [job])
    deps.echo.forget(deps.now())
    const events = await writeInSteps(deps, writing)
    if (part !== undefined) parts.end(feedId, part, writing)
    tell(events)
  }

  /** What fails together may be the fault of one: the others are stored without it, unless the file itself is the trouble. */
  async function writeAll(waiting: readonly Waiting[]): Promise<boolean> {
    const foreseen = foresight.take(waiting)
    if (!isStoredAtOnce(waiting)) return false
    await Promise.all(waiting.map(({ ahead }) => ahead))
    takeInHand(
      deps,
      waiting.map(({ job }) => job),
    )
    deps.echo.forget(deps.now())
    try {
      tell(commit(deps, foreseen ?? deps.store.reading(() => arriving(deps, waiting))))
      return true
    } catch (error) {
      if (error instanceof StoreError) throw error
      return false
    }
  }

  const foresight = createForesight(deps, (waiting: readonly Waiting[]) =>
    isStoredAtOnce(waiting) && waiting.every(({ isRead }) => isRead) ? arriving(deps, waiting) : undefined,
  )
  const write = inGroups<Waiting>({
    one: writeOne,
    all: writeAll,
    mayJoin,
    isSmall: (waiting) => entriesOfAll(waiting) < entriesWorthCommitting,
    foresee: foresight.foresee,
    gatherMs: deps.gatherMs ?? 0,
  })
  return async (job) => {
    await write(beginAnalysis(deps, job))
    return []
  }
}

function beginAnalysis(deps: IngestDeps, job: IngestJob): Waiting {
  const { analyst } = deps
  if (analyst === undefined) return { job, ahead: Promise.resolve(), isRead: true, found: undefined }
  const analysing = analyseAhead({ ...deps, analyst }, job.feedId, job.outcome)
  const waiting: Waiting = {
    job,
    ahead: analysing.then((found) => {
      Object.assign(waiting, { found, isRead: true })
    }),
    isRead: false,
    found: undefined,
  }
  return waiting
}

function entriesOfAll(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { job }) => sum + entriesOf(job.outcome), 0)
}

function isStoredAtOnce(waiting: readonly Waiting[]): boolean {
  return entriesOfAll(waiting) <= entriesPerCommit && waiting.every(({ job }) => job.part === undefined)
}

/** Whether an outcome may be stored in the transaction of others: they are small together, and of different feeds. */
function mayJoin(group: readonly Waiting[], next: Waiting): boolean {
  const [first] = group
  if (next.job.part !== undefined || first?.job.part !== undefined) return false // parts stand alone
  const entries = entriesOfAll([...group, next])
  return entries <= entriesPerCommit && group.every(({ job }) => job.feedId !== next.job.feedId)
}
