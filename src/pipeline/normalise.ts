// A feed document as the rest of the house knows feeds.
import type { Item, NormalisedFeed, Skipped } from '../model/item.ts'
import { htmlToText } from '../text/html.ts'
import { firstAddress } from './normalise-address.ts'
import { type ItemContext, normaliseItem } from './normalise-item.ts'
import { languageOf } from './normalise-language.ts'
import { oneLine, titleOf } from './normalise-text.ts'
import type { FeedDocument, RawEntry } from './parse-document.ts'

/** Characters of markup mapped between two pauses; an entry counts for at least a thousand. */
const BATCH_LENGTH = 131_072

/** Maps a document item by item; `pause` is awaited between batches. `context.language` is used where the feed says nothing. */
export async function normaliseFeed(
  document: FeedDocument,
  context: ItemContext,
  pause: () => Promise<void>,
): Promise<NormalisedFeed> {
  const { feed, format, engine } = document
  const lengthMax = context.caps.titleLengthMax
  const own = languageOf(feed.language)
  const title = titleOf(feed.titles, lengthMax)?.text
  const description = feed.descriptions
    .map(({ text, plain }) => oneLine(plain ? text : htmlToText(text)))
    .find((text) => text !== '')
  const fields = {
    title,
    siteUrl: firstAddress(feed.sites, lengthMax),
    selfUrl: firstAddress(feed.selfs, lengthMax),
    description: description?.slice(0, lengthMax * 4),
    language: own,
    image: firstAddress(feed.images, lengthMax),
    hub: firstAddress(feed.hubs, lengthMax),
    older: firstAddress(feed.olders, lengthMax),
  }
  const { items, skipped } = await mapEntries(
    document,
    { ...context, language: own ?? context.language },
    pause,
  )
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return {
    format,
    engine,
    ...present,
    pace: feed.pace,
    items,
    skipped,
    warnings: warningsOf(document, items),
  }
}

async function mapEntries(
  document: FeedDocument,
  context: ItemContext,
  pause: () => Promise<void>,
): Promise<{ items: Item[]; skipped: Skipped[] }> {
  const items: Item[] = []
  const skipped: Skipped[] = []
  let length = 0
  for (let index = 0; index < document.entryCount; index++) {
    if (document.seals?.known.has(index)) continue
    const entry = document.entryAt(index)
    if (entry === undefined) {
      skipped.push({ index, because: 'not an object' })
      continue
    }
    items.push(normaliseItem(entry, context))
    length += 1000 + lengthOf(entry)
    if (length < BATCH_LENGTH) continue
    length = 0
    await pause()
  }
  return { items, skipped }
}

function lengthOf({ summaries, contents }: RawEntry): number {
  return (summaries[0]?.text.length ?? 0) + (contents[0]?.text.length ?? 0)
}

function warningsOf(document: FeedDocument, items: readonly Item[]): readonly string[] {
  const cut = items.filter(({ flags }) => flags.includes('cut')).length
  return [
    ...document.warnings,
    ...(document.omitted > 0
      ? [`entries left out beyond the first ${document.entryCount}: ${document.omitted}`]
      : []),
    ...(cut > 0 ? [`items with a field longer than its limit: ${cut}`] : []),
  ]
}
