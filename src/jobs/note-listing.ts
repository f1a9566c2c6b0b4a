// Notes what a feed lists now, and which entries its publisher took out since the fetch before.
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { judgeListing } from '../pipeline/feed-listing.ts'
import type { FeedRow, Store } from '../store/index.ts'
import { itemKey } from './item-key.ts'

/** A feed that seems to withdraw more than so many entries a week is not one that lists by age, whatever its dates say. */
const withdrawnPerWeekMax = 3
const weekMs = 7 * 24 * 3_600_000

/**
 * Call after the entries of the outcome are kept, in the transaction of the last. Nothing is concluded from a fetch that failed, that
 * brought no entries or not all of them, that comes late, after a newer one, or from what was pushed or looked up in the past.
 */
export function noteListing(store: Store, feed: FeedRow, outcome: FetchOutcome, now: Instant): void {
  if (outcome.kind !== 'fetched' || outcome.aside !== undefined) return
  const { items, skipped, warnings } = outcome.feed
  const before = store.feedListings.read(feed.id)
  const isWhole = items.length > 0 && skipped.length === 0 && warnings.length === 0
  if (!isWhole || (before !== undefined && outcome.at < before.at)) return
  const current = items.map((item) => ({
    key: itemKey(item),
    ...(item.publishedAt === undefined ? {} : { at: item.publishedAt }),
  }))
  const { listing, withdrawn } = judgeListing(before?.entries ?? [], current)
  store.feedListings.write(feed.id, { at: outcome.at, entries: listing })
  store.feedListings.restore(
    feed.id,
    current.map(({ key }) => key),
  )
  if (withdrawn.length === 0) return
  const recently = store.feedListings.withdrawnSince(feed.id, now - weekMs)
  if (recently < withdrawnPerWeekMax) store.feedListings.withdraw(feed.id, withdrawn, now)
}
