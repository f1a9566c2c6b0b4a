// A feed's text as a normalised feed: detect, parse with an engine, map.
import type { NormalisedFeed } from '../model/item.ts'
import type { Engine } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { normaliseFeed } from './normalise.ts'
import { languageOf } from './normalise-language.ts'
import { DEFAULT_PARSE_CAPS, type ParseCaps } from './parse-caps.ts'
import { isTelegramPreview, looksLikeJson } from './parse-detect.ts'
import type { FeedDocument } from './parse-document.ts'
import { readTree } from './parse-feed.ts'
import { parseJsonFeed } from './parse-json.ts'
import { describeBody } from './parse-reject.ts'
import { parseWithRssParser } from './parse-rss-parser.ts'
import { type Sealing, trustedSeals } from './parse-seals.ts'
import { parseXml } from './parse-xml.ts'

export type ReadContext = {
  readonly url: string // final address of the feed: what relative references are relative to
  readonly fetchedAt: Instant
  readonly engine?: Engine
  readonly customFields?: Readonly<Record<string, string>> // for rss-parser: which of the feed's own elements stand for which others
  readonly timeZone?: string // IANA zone of dates without one
  readonly language?: string // the source's, for feeds and items that name none
  readonly caps?: Partial<ParseCaps>
  readonly sealing?: Sealing // by what entries are known again, for bodies that the tolerant engine reads
  readonly pause: () => Promise<void> // lets other work run; awaited between batches
}
type FeedReading =
  | { readonly ok: true; readonly feed: NormalisedFeed }
  | { readonly ok: false; readonly detail: string }

/** Larger bodies are read by the tolerant engine whatever is configured. */
const STRICT_LENGTH_MAX = 1_048_576
/** Larger bodies get no second opinion: rss-parser holds the event loop for as long as it reads. */
const SECOND_OPINION_LENGTH_MAX = 262_144

/**
 * Reads a decoded body of any feed format. A body that is no feed comes back with what it looks like instead.
 * Never throws, whatever the body holds.
 */
export async function readFeed(text: string, context: ReadContext): Promise<FeedReading> {
  const caps = { ...DEFAULT_PARSE_CAPS, ...context.caps }
  const found = await findDocument(text, context, caps)
  if (typeof found === 'string') return { ok: false, detail: found }
  const { fetchedAt, timeZone, pause } = context
  const language = languageOf(context.language)
  const feed = await normaliseFeed(found, { fetchedAt, timeZone, language, caps }, pause)
  const { sealing } = context
  if (sealing === undefined || found.seals === undefined) return { ok: true, feed }
  const dependsOn = [found.seals.surroundings, feed.language ?? language, timeZone, caps, context.url]
  const surroundings = sealing.digest(JSON.stringify([sealing.reader, ...dependsOn]))
  const seals = trustedSeals(found.seals, feed.items, surroundings, sealing)
  const { known } = found.seals
  if (known.size === 0) return { ok: true, feed: seals === undefined ? feed : { ...feed, seals } }
  if (seals !== undefined) return { ok: true, feed: { ...feed, known: [...known.values()], seals } }
  const { known: _, ...anew } = sealing
  return readFeed(text, { ...context, sealing: anew })
}

/** The document, or what the body looks like. */
async function findDocument(
  text: string,
  context: ReadContext,
  caps: ParseCaps,
): Promise<FeedDocument | string> {
  const { url } = context
  if (looksLikeJson(text)) {
    const document = parseJsonFeed(text, url, caps.itemsMax)
    if (document !== undefined) return document
  }
  if (isTelegramPreview(text)) {
    const { parseTelegram } = await import('./parse-telegram.ts') // its HTML parser is loaded when it is needed
    return parseTelegram(text, url, caps.itemsMax) ?? describeBody(text, 'html')
  }
  const isTooLarge = text.length > STRICT_LENGTH_MAX
  const isStrict = context.engine === 'rss-parser'
  if (isStrict && !isTooLarge) {
    const strict = await strictDocument(text, url, caps, context.customFields)
    if (strict !== undefined) return strict
  }
  const found = await tolerantDocument(text, context, caps)
  return isStrict && typeof found !== 'string'
    ? withWarning(found, isTooLarge ? TOO_LARGE : UNREADABLE)
    : found
}

const TOO_LARGE = 'too large for rss-parser (1 MiB), so it was read by the tolerant engine'
const UNREADABLE = 'not readable by rss-parser, so it was read by the tolerant engine'

function withWarning(document: FeedDocument, warning: string): FeedDocument {
  return { ...document, warnings: [...document.warnings, warning] }
}

async function tolerantDocument(
  text: string,
  { url, pause, sealing }: ReadContext,
  caps: ParseCaps,
): Promise<FeedDocument | string> {
  const tree = await parseXml(text, url, caps, pause, sealing)
  const document = readTree(tree, url, 'tolerant')
  if (document !== undefined && document.entryCount > 0) return document
  const second = deservesSecondOpinion(text) ? await strictDocument(text, url, caps) : undefined
  if (second !== undefined && second.entryCount > 0) return second
  return document ?? second ?? describeBody(text, tree.firstName)
}

async function strictDocument(
  text: string,
  url: string,
  caps: ParseCaps,
  customFields: Readonly<Record<string, string>> = {},
): Promise<FeedDocument | undefined> {
  const tree = await parseWithRssParser(text, url, caps, customFields)
  return tree === undefined ? undefined : readTree(tree, url, 'rss-parser')
}

function deservesSecondOpinion(text: string): boolean {
  return text.length <= SECOND_OPINION_LENGTH_MAX && /<(?:[\w-]+:)?(?:item|entry)[\s/>]/i.test(text)
}
