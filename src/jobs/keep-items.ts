// Keeps the items of a transaction step by step, each step for many of them: look up, read, decide, write.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { type FeedEntry, isKnown } from '../pipeline/feed-entries.ts'
import type { Question } from '../pipeline/judge.ts'
import type { FeedRow } from '../store/index.ts'
import { contentHash, itemKey } from './item-key.ts'
import {
  type Arrival,
  type Keeping,
  type KnownArrival,
  keepItem,
  type Reading,
  readArrival,
} from './keep-item.ts'
import type { Tally } from './tally.ts'
import type { KeeperDeps } from './unwritten.ts'

type Arriving = {
  readonly feed: FeedRow
  readonly outcome: FetchOutcome
  readonly entries: readonly FeedEntry[]
  readonly tally: Tally
  readonly hashes: Map<string, string> // filled here: of what the entries say, by their keys
}

/** The entries of an outcome as they come in at `now`. */
export function arrivalsOf(
  { feed, outcome, entries, tally, hashes }: Arriving,
  now: Instant,
): readonly (Arrival | KnownArrival)[] {
  const feedLanguage = outcome.kind === 'fetched' ? outcome.feed.language : undefined
  const { lastSuccessAt = outcome.at } = feed
  const isLate = outcome.at < lastSuccessAt && lastSuccessAt <= now // a fetch whose clock was ahead is not newer
  const said = feedLanguage === undefined ? {} : { feedLanguage }
  return entries.map((entry) => {
    const key = isKnown(entry) ? entry.key : itemKey(entry)
    const hash = isKnown(entry) ? entry.hash : contentHash(entry)
    hashes.set(key, hash)
    return isKnown(entry)
      ? { feed, key, hash, tally }
      : { feed, item: entry, key, hash, isLate, tally, ...said }
  })
}

/** One arrival that was looked up; without a reading when it says nothing new. `isDoubtful`: it was not read, and should have been. */
type LookedUp = {
  readonly arrival: Pick<Arrival, 'tally'>
  readonly reading?: Reading
  readonly isDoubtful?: boolean
}

/** Arrivals that were looked up and read together, for nothing that becomes of one changes what the store knows of another. */
export type Batch = {
  readonly entries: readonly LookedUp[]
  readonly questions: readonly Question[] // of each reading, in order
  readonly marks: ReadonlySet<string> // who has one of these must be looked up when this batch is written
}

/** Keeps items in the order given, and comes to what keeping them one by one would; call it inside a transaction. `first` was read before, and announced. */
export function keepItems(deps: Keeping, arrivals: readonly (Arrival | KnownArrival)[], first?: Batch): void {
  const isValid = first !== undefined && deps.echo.isAnnounced(first.questions)
  let kept = keepBatch(deps, isValid ? first : readBatch(deps, arrivals))
  while (kept < arrivals.length) kept += keepBatch(deps, readBatch(deps, arrivals.slice(kept)))
}

/** Returns how many of the arrivals were kept: those before the first question that is to be asked again. */
function keepBatch(deps: Keeping, { entries, questions }: Batch): number {
  const verdicts = questions.length === 0 ? [] : deps.echo.judge(questions)
  let judged = 0
  let kept = 0
  for (const { arrival, reading, isDoubtful } of entries) {
    if (isDoubtful) arrival.tally.doubtful++
    if (reading === undefined) arrival.tally.unchanged++
    else {
      const verdict = verdicts[judged++]
      if (verdict === undefined) break
      keepItem(deps, reading, verdict)
    }
    kept++
  }
  deps.unwritten.write()
  return kept
}

/** Looks up and reads the first arrivals: until one comes whose entry, page or article another one before it has. */
export function readBatch(deps: KeeperDeps, arrivals: readonly (Arrival | KnownArrival)[]): Batch {
  const entries: LookedUp[] = []
  const questions: Question[] = []
  const marks = new Set<string>()
  for (const arrival of arrivals) {
    const entry = `entry ${arrival.feed.id} ${arrival.key}`
    if (marks.has(entry)) break
    const sighting = deps.store.articles.findSighting(arrival.feed.id, arrival.key)
    if (!('item' in arrival)) {
      entries.push({ arrival, isDoubtful: sighting?.contentHash.startsWith(arrival.hash) !== true })
      continue
    }
    if (sighting !== undefined && (sighting.contentHash === arrival.hash || arrival.isLate)) {
      entries.push({ arrival })
      continue
    }
    const reading = readArrival(deps, arrival, sighting?.articleId)
    const own = [entry, ...marksOf(reading)]
    if (own.some((mark) => marks.has(mark))) break
    for (const mark of own) marks.add(mark)
    entries.push({ arrival, reading })
    questions.push(reading.question)
  }
  return { entries, questions, marks }
}

function marksOf({ incoming: { urlKey }, question: { known } }: Reading): readonly string[] {
  const { sameItem, sameUrl } = known
  const articles = [sameItem, sameUrl].flatMap((article) => article ?? [])
  const ids = new Set(articles.map(({ articleId }) => `article ${articleId}`))
  return urlKey === undefined ? [...ids] : [...ids, `page ${urlKey}`]
}
