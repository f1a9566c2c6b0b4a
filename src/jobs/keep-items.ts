// Keeps the items of a transaction step by step, each step for many of them: look up, read, decide, write.
import type { Item } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Question } from '../pipeline/judge.ts'
import type { FeedRow } from '../store/index.ts'
import { contentHash, itemKey } from './item-key.ts'
import { type Arrival, type Keeping, keepItem, type Reading, readArrival } from './keep-item.ts'
import type { Tally } from './tally.ts'
import type { KeeperDeps } from './unwritten.ts'

type Arriving = {
  readonly feed: FeedRow
  readonly outcome: FetchOutcome
  readonly items: readonly Item[]
  readonly tally: Tally
}

/** The items of an outcome as they come in. */
export function arrivalsOf({ feed, outcome, items, tally }: Arriving): readonly Arrival[] {
  const feedLanguage = outcome.kind === 'fetched' ? outcome.feed.language : undefined
  const isLate = outcome.at < (feed.lastSuccessAt ?? outcome.at)
  return items.map((item) => ({
    feed,
    item,
    key: itemKey(item),
    hash: contentHash(item),
    isLate,
    tally,
    ...(feedLanguage === undefined ? {} : { feedLanguage }),
  }))
}

/** One arrival that was looked up; without a reading when it says nothing new. */
type LookedUp = { readonly arrival: Arrival; readonly reading?: Reading }

/** Arrivals that were looked up and read together, for nothing that becomes of one changes what the store knows of another. */
export type Batch = {
  readonly entries: readonly LookedUp[]
  readonly questions: readonly Question[] // of each reading, in order
  readonly marks: ReadonlySet<string> // who has one of these must be looked up when this batch is written
}

/** Keeps items in the order given, and comes to what keeping them one by one would; call it inside a transaction. `first` was read before, and announced. */
export function keepItems(deps: Keeping, arrivals: readonly Arrival[], first?: Batch): void {
  const isValid = first !== undefined && deps.echo.isAnnounced(first.questions)
  let kept = keepBatch(deps, isValid ? first : readBatch(deps, arrivals))
  while (kept < arrivals.length) kept += keepBatch(deps, readBatch(deps, arrivals.slice(kept)))
}

/** Returns how many of the arrivals were kept: those before the first question that is to be asked again. */
function keepBatch(deps: Keeping, { entries, questions }: Batch): number {
  const verdicts = questions.length === 0 ? [] : deps.echo.judge(questions)
  let judged = 0
  let kept = 0
  for (const { arrival, reading } of entries) {
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
export function readBatch(deps: KeeperDeps, arrivals: readonly Arrival[]): Batch {
  const entries: LookedUp[] = []
  const questions: Question[] = []
  const marks = new Set<string>()
  for (const arrival of arrivals) {
    const entry = `entry ${arrival.feed.id} ${arrival.key}`
    if (marks.has(entry)) break
    const sighting = deps.store.articles.findSighting(arrival.feed.id, arrival.key)
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
