// Entries that are known again by their source, so that they need not be read: most of what a changed feed sends was there before.
import type { FeedSeals, Item, KnownEntry, KnownSeals } from '../model/item.ts'

/** What sealing needs. `reader` names the program that reads: what one made of an entry is not what another makes of it. */
export type Sealing = {
  readonly digest: (text: string) => string
  readonly reader: string
  readonly known?: KnownSeals
}

/** What was sealed of one document, and which of its entries were known. `isSound`: each stands for itself. */
export type DocumentSeals = {
  readonly isSound: boolean
  readonly surroundings: string // as text: what entries may depend on
  readonly entries: readonly (string | undefined)[] // by place
  readonly known: ReadonlyMap<number, KnownEntry> // by place
}

/** A longer identity is kept as a hash, see jobs/item-key.ts. */
const KEY_LENGTH_MAX = 200

/** The seals to keep; undefined where entries cannot be told apart by them, or where those that were known are not what they seem. */
export function trustedSeals(
  { isSound, entries, known }: DocumentSeals,
  items: readonly Item[],
  surroundings: string,
  sealing: Sealing,
): FeedSeals | undefined {
  const isSame = known.size === 0 || surroundings === sealing.known?.surroundings
  if (!isSound || !isSame || hasDoubles(items, known)) return undefined
  const read = items.values()
  const count = items.length + known.size
  const kept = Array.from({ length: count }, (_, place) => {
    const item = known.has(place) ? undefined : read.next().value
    const seal = item === undefined || saysTheSame(item) ? entries[place] : undefined
    return seal ?? null
  })
  return { surroundings, entries: kept }
}

/** Whether its source alone says what it is, at any time: a date in the future is that of the fetch, and a long identity is a hash. */
function saysTheSame({ flags, guid, url }: Item): boolean {
  const name = guid ?? url
  return (
    name !== undefined &&
    name.length <= KEY_LENGTH_MAX &&
    !flags.includes('future-date') &&
    !flags.includes('cut')
  )
}

/** Two entries of one identity: what becomes of one depends on what became of the other. */
function hasDoubles(items: readonly Item[], known: ReadonlyMap<number, KnownEntry>): boolean {
  const names = [
    ...items.flatMap(({ guid, url }) => guid ?? url ?? []),
    ...[...known.values()].map(({ key }) => key),
  ]
  return new Set(names).size < names.length
}
