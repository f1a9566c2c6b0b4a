// Keeps the items of a transaction step by step, each step for many of them: look up, read, decide, write.
import type { Item } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedRow } from '../store/index.ts'
import type { Analysed } from './incoming.ts'
import { contentHash, itemKey } from './item-key.ts'
import { type Arrival, type Keeping, keepItem, readArrival } from './keep-item.ts'
import type { Tally } from './tally.ts'

type Arriving = {
  readonly feed: FeedRow
  readonly outcome: FetchOutcome
  readonly items: readonly Item[]
  readonly tally: Tally
}

/** The items of an outcome as they come in, with what is known of them already. */
export function arrivalsOf(
  { feed, outcome, items, tally }: Arriving,
  known?: ReadonlyMap<Item, Analysed>,
): readonly Arrival[] {
  const feedLanguage = outcome.kind === 'fetched' ? outcome.feed.language : undefined
  const isLate = outcome.at < (feed.lastSuccessAt ?? outcome.at)
  return items.map((item) => {
    const analysed = known?.get(item)
    return {
      feed,
      item,
      key: itemKey(item),
      hash: contentHash(item),
      isLate,
      tally,
      ...(feedLanguage === undefined ? {} : { feedLanguage }),
      ...(analysed === undefined ? {} : { analysed }),
    }
  })
}

/** Keeps items in the order given, and comes to what keeping them one by one would; call it inside a transaction. */
export function keepItems(deps: Keeping, arrivals: readonly Arrival[]): void {
  for (const run of runsOf(arrivals)) {
    const readings = changed(deps, run).map(([arrival, articleId]) => readArrival(deps, arrival, articleId))
    for (const reading of readings) keepItem(deps, reading)
    deps.unwritten.write()
  }
}

/** Cuts a list where a feed shows the same entry twice: the second must find what became of the first. */
function runsOf(arrivals: readonly Arrival[]): readonly (readonly Arrival[])[] {
  const runs: Arrival[][] = []
  const seen = new Set<string>()
  for (const arrival of arrivals) {
    const entry = `${arrival.feed.id} ${arrival.key}`
    if (seen.has(entry)) seen.clear()
    if (seen.size === 0) runs.push([])
    seen.add(entry)
    runs.at(-1)?.push(arrival)
  }
  return runs
}

/** Those that say something new, each with the article that its feed showed under this key so far. */
function changed(
  { store }: Keeping,
  run: readonly Arrival[],
): readonly (readonly [Arrival, articleId: number | undefined])[] {
  return run.flatMap((arrival) => {
    const { feed, key, hash, isLate, tally } = arrival
    const sighting = store.articles.findSighting(feed.id, key)
    const isKnown = sighting !== undefined && (sighting.contentHash === hash || isLate)
    if (isKnown) tally.unchanged++
    return isKnown ? [] : [[arrival, sighting?.articleId] as const]
  })
}
