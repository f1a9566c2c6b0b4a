// The seals of a feed's listing as one short text beside it: those of the surroundings, then for each listed entry that of its source and
// the beginning of the hash of what it says, or blanks. The listing itself knows the rest.
import type { KnownEntry, KnownSeals } from '../model/item.ts'
import type { Instant } from '../model/time.ts'

type Listed = { readonly key: string; readonly at?: Instant }

/** The seals to keep: those of entries by their keys; both of a seal's parts have a fixed length. */
export type ListedSeals = {
  readonly surroundings: string
  readonly entries: ReadonlyMap<string, { readonly seal: string; readonly hash: string }>
}

const sealLength = 12
const hashLength = 8
const entryLength = sealLength + hashLength
const blank = ' '.repeat(entryLength)

/** What stands beside a listing; `unpackSeals` reads it again. */
export function packSeals(listing: readonly Listed[], { surroundings, entries }: ListedSeals): string {
  const packed = listing.map(({ key }) => {
    const found = entries.get(key)
    const text = found === undefined ? blank : found.seal + found.hash
    return text.length === entryLength ? text : blank
  })
  return surroundings.slice(0, sealLength).padEnd(sealLength) + packed.join('')
}

/** What is known of the entries of a listing. */
export function unpackSeals(listing: readonly Listed[], packed: string): KnownSeals {
  const entries = new Map<string, Omit<KnownEntry, 'place'>>()
  for (const [index, { key, at }] of listing.entries()) {
    const from = sealLength + index * entryLength
    const seal = packed.slice(from, from + sealLength)
    const hash = packed.slice(from + sealLength, from + entryLength)
    if (hash.trim() === '') continue
    entries.set(seal, { key, hash, ...(at === undefined ? {} : { publishedAt: at }) })
  }
  return { surroundings: packed.slice(0, sealLength), entries }
}
