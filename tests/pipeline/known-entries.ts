// Reading a feed that was read before, as the store and the writer have it: what is known of its entries comes from the reading before.
import { hash } from 'node:crypto'
import { contentHash, itemKey, shortHashLength } from '../../src/jobs/item-key.ts'
import type { KnownSeals, NormalisedFeed } from '../../src/model/item.ts'
import { entriesOf, isKnown } from '../../src/pipeline/feed-entries.ts'
import { type ReadContext, readFeed } from '../../src/pipeline/parse.ts'
import { packSeals, unpackSeals } from '../../src/store/feed-seals.ts'
import { context } from './parse-feeds.ts'

export const sealing = {
  reader: 'test',
  digest: (text: string) => hash('sha256', text, 'base64url').slice(0, 12),
}

/** An entry as the writer judges and lists it. */
export type Told = { readonly key: string; readonly hash: string; readonly publishedAt: number | undefined }

/** All entries as the writer judges and lists them, in document order. */
export function toldBy(feed: NormalisedFeed): readonly Told[] {
  return entriesOf(feed).map((entry) =>
    isKnown(entry)
      ? { key: entry.key, hash: entry.hash, publishedAt: entry.publishedAt }
      : {
          key: itemKey(entry),
          hash: contentHash(entry).slice(0, shortHashLength),
          publishedAt: entry.publishedAt,
        },
  )
}

/** What the store knows after a reading. */
export function knownAfter(feed: NormalisedFeed): KnownSeals | undefined {
  if (feed.seals === undefined) return undefined
  const { surroundings, entries } = feed.seals
  const told = toldBy(feed)
  const sealed = told.flatMap(({ key, hash: says }, place) => {
    const seal = entries[place]
    return typeof seal === 'string' ? [[key, { seal, hash: says }] as const] : []
  })
  const listing = told.map(({ key, publishedAt: at }) => (at === undefined ? { key } : { key, at }))
  return unpackSeals(listing, packSeals(listing, { surroundings, entries: new Map(sealed) }))
}

/** The feed, or undefined when it is none. */
export async function readKnowing(
  text: string,
  known: KnownSeals | undefined,
  more: Partial<ReadContext> = {},
): Promise<NormalisedFeed | undefined> {
  const reading = await readFeed(text, {
    ...context,
    ...more,
    sealing: { ...sealing, ...more.sealing, ...(known === undefined ? {} : { known }) },
  })
  return reading.ok ? reading.feed : undefined
}

/** Reads it entry by entry, as if nobody had seen it before. */
export async function readAnew(
  text: string,
  more: Partial<ReadContext> = {},
): Promise<NormalisedFeed | undefined> {
  const reading = await readFeed(text, { ...context, ...more })
  return reading.ok ? reading.feed : undefined
}
