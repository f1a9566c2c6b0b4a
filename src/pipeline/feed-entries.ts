// All entries of a feed, those that were read and those that are known, in the order of the document.
import type { Item, KnownEntry, NormalisedFeed } from '../model/item.ts'

/** An entry as it came: read, or known to say what it said. */
export type FeedEntry = Item | KnownEntry

/** Entries of larger bodies may travel in parts, so all of them are read: a part holds none that are known. */
export const undividedBytesMax = 1024 * 1024

/** True for an entry that was not read again. */
export function isKnown(entry: FeedEntry): entry is KnownEntry {
  return 'place' in entry
}

/** How many there are. */
export function countEntries({ items, known = [] }: Pick<NormalisedFeed, 'items' | 'known'>): number {
  return items.length + known.length
}

/** In document order. */
export function entriesOf({
  items,
  known = [],
}: Pick<NormalisedFeed, 'items' | 'known'>): readonly FeedEntry[] {
  if (known.length === 0) return items
  const byPlace = new Map<number, FeedEntry>(known.map((entry) => [entry.place, entry]))
  const read = items.values()
  return Array.from({ length: items.length + known.length }, (_, place) => {
    return byPlace.get(place) ?? read.next().value
  }).filter((entry) => entry !== undefined)
}
