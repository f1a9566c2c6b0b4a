// Notes what a feed lists now, and which entries its publisher took out since the fetch before.
import type { NormalisedFeed } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { entriesOf, isKnown } from '../pipeline/feed-entries.ts'
import { judgeListing, type ListedEntry } from '../pipeline/feed-listing.ts'
import type { FeedRow, Store } from '../store/index.ts'
import { itemKey, shortHashLength } from './item-key.ts'

/** A feed that seems to withdraw more than so many entries a week is not one that lists by age, whatever its dates say. */
const withdrawnPerWeekMax = 3
const weekMs = 7 * 24 * 3_600_000

/** What a fetch, or a part of one, lists: in document order. */
export function listingOf(outcome: FetchOutcome): readonly ListedEntry[] {
  if (outcome.kind !== 'fetched') return []
  return entriesOf(outcome.feed).map((entry) => ({
    key: isKnown(entry) ? entry.key : itemKey(entry),
    ...(entry.publishedAt === undefined ? {} : { at: entry.publishedAt }),
  }))
}

/** A fetch with all that it lists: of one that came in parts `outcome` is the last, which alone says what was left out. */
type Listed = {
  readonly outcome: FetchOutcome
  readonly listing: readonly ListedEntry[]
  readonly hashes: ReadonlyMap<string, string> // of what the entries say, by their keys
}

/**
 * Call after the entries of the fetch are kept, in the transaction of the last. Nothing is concluded from a fetch that failed, that
 * brought no entries or not all of them, that comes late, after a newer one, or from what was pushed or looked up in the past.
 */
export function noteListing(store: Store, feed: FeedRow, listed: Listed, now: Instant): void {
  const { outcome, listing } = listed
  if (outcome.kind !== 'fetched' || outcome.aside !== undefined) return
  const { skipped, warnings } = outcome.feed
  const before = store.feedListings.read(feed.id)
  const isWhole = listing.length > 0 && skipped.length === 0 && warnings.length === 0
  if (!isWhole || (before !== undefined && outcome.at < before.at)) return
  const judged = judgeListing(before?.entries ?? [], listing)
  store.feedListings.write(
    feed.id,
    { at: outcome.at, entries: judged.listing },
    sealsOf(outcome.feed, listed),
  )
  store.feedListings.restore(
    feed.id,
    listing.map(({ key }) => key),
  )
  if (judged.withdrawn.length === 0) return
  const recently = store.feedListings.withdrawnSince(feed.id, now - weekMs)
  if (recently < withdrawnPerWeekMax) store.feedListings.withdraw(feed.id, judged.withdrawn, now)
}

/** By what the listed entries are known again: those that came whole, and were read by somebody who seals. */
function sealsOf({ seals }: NormalisedFeed, { listing, hashes }: Listed) {
  if (seals === undefined) return undefined
  const { surroundings, entries } = seals
  const sealed = listing.flatMap(({ key }, place) => {
    const seal = entries[place]
    const hash = hashes.get(key)?.slice(0, shortHashLength)
    return seal === null || seal === undefined || hash === undefined ? [] : [[key, { seal, hash }] as const]
  })
  return { surroundings, entries: new Map(sealed) }
}
