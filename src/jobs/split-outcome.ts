// A fetch whose entries are too many bytes for one job of the queue, as several that are small enough.
import type { Item } from '../model/item.ts'
import type { Fetched } from '../model/outcome.ts'
import { undividedBytesMax } from '../pipeline/feed-entries.ts'

/** The entries of one part, as JSON. A single entry may be larger; the queue's own limit is far above. */
const partBytesMax = 4 * 1024 * 1024

/**
 * Parts to be stored in this order, the oldest entries first; all but the last are without validators and without anything else
 * that is said of the feed once. A fetch that fits one job comes back as it is.
 */
export function splitOutcome(outcome: Fetched, bytesMax: number = partBytesMax): readonly Fetched[] {
  // A body of so few bytes cannot become much more than a part: its text may stand three times in an entry.
  if (outcome.bytes <= Math.min(undividedBytesMax, bytesMax)) return [outcome]
  const groups = groupsOf(outcome.feed.items, bytesMax)
  const last = groups.length - 1
  return groups.map((items, index) => ({
    ...outcome,
    ...(index === last ? {} : { validators: {} }),
    feed: { ...outcome.feed, items, ...(index === last ? {} : { skipped: [], warnings: [] }) },
  }))
}

/** Cuts a list that begins with the newest entry; the groups begin with the oldest. */
function groupsOf(items: readonly Item[], bytesMax: number): readonly (readonly Item[])[] {
  const groups: Item[][] = [[]]
  let bytes = 0
  for (const item of items.toReversed()) {
    const size = Buffer.byteLength(JSON.stringify(item))
    if (bytes > 0 && bytes + size > bytesMax) {
      groups.push([])
      bytes = 0
    }
    bytes += size
    groups.at(-1)?.push(item)
  }
  return groups.map((group) => group.toReversed())
}
