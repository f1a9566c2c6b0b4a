// What a feed said, normalised; and what we keep of it.
import type { Instant } from './time.ts'

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json' | 'sitemap' | 'telegram'

export type Person = { readonly name?: string; readonly email?: string; readonly url?: string }

export type Enclosure = { readonly url: string; readonly type?: string; readonly length?: number }

/** Which element the date came from, so that a reader can judge it. */
export type DateSource = 'published' | 'issued' | 'dc:date' | 'created' | 'updated'

/** Odd things about an item, each kept and shown instead of dropping the item. */
export type ItemFlag =
  | 'undated' // no date at all
  | 'bad-date' // a date was given that is none
  | 'future-date' // later than fetch time + 24 h: clamped to the fetch time
  | 'no-id' // neither guid nor link
  | 'cut' // a field was longer than its cap
  | 'from-archive' // came with a page of the feed's past, on request: kept and found, but no news

/** One entry as a feed published it. Strings are NFC without control characters; URLs are absolute http(s). Absent means the feed did not say. */
export type Item = {
  readonly guid?: string // verbatim, never resolved
  readonly url?: string
  readonly title?: string // plain text
  readonly summaryHtml?: string
  readonly contentHtml?: string
  readonly summary: string // plain text of the summary, '' if none
  readonly text: string // plain text of the content (or the summary), '' if none
  readonly publishedAt?: Instant
  readonly updatedAt?: Instant
  readonly dateText?: string // as written
  readonly dateSource?: DateSource
  readonly authors: readonly Person[]
  readonly categories: readonly string[]
  readonly enclosures: readonly Enclosure[]
  readonly image?: string
  readonly comments?: string
  readonly language?: string // BCP 47
  readonly origin?: { readonly title?: string; readonly url?: string } // <source>: whom the entry was taken from
  readonly flags: readonly ItemFlag[]
}

/** What the feed asks of pollers, as written; `pipeline/schedule.ts` weighs it. */
export type FeedPace = {
  readonly ttlMinutes?: number
  readonly updatePeriod?: string // sy:updatePeriod
  readonly updateFrequency?: number // sy:updateFrequency
  readonly skipHours?: readonly number[] // GMT
  readonly skipDays?: readonly string[] // English day names
}

/** An entry that came byte for byte as at an earlier fetch, among the same surroundings: it was not read again. */
export type KnownEntry = {
  readonly place: number // among all entries of the document, from 0
  readonly key: string // identity within the feed
  readonly hash: string // the beginning of the hash of what it says
  readonly publishedAt?: Instant
}

/** By what the entries of a feed are known again: digests of their source as it stands in the document. */
export type FeedSeals = {
  readonly surroundings: string // digest of all that the reading of an entry depends on beside its own source
  readonly entries: readonly (string | null)[] // by place; null for one that has to be read every time
}

/** What is known of a feed's entries, by their seals. It holds only among the same surroundings. */
export type KnownSeals = {
  readonly surroundings: string
  readonly entries: ReadonlyMap<string, Omit<KnownEntry, 'place'>>
}

/** A whole feed, normalised: the same shape whatever format and engine it came through. */
export type NormalisedFeed = {
  readonly format: FeedFormat
  readonly engine: Engine
  readonly title?: string
  readonly siteUrl?: string
  readonly selfUrl?: string
  readonly description?: string
  readonly language?: string
  readonly image?: string
  readonly hub?: string
  readonly older?: string // the page of entries before these: RFC 5005, or next_url of JSON Feed
  readonly pace: FeedPace
  readonly items: readonly Item[] // document order
  readonly known?: readonly KnownEntry[] // those not among `items`, in document order; absent where every entry was read
  readonly seals?: FeedSeals // absent where nobody asked for them, or where entries depend on one another
  readonly skipped: readonly Skipped[] // entries left out, with the reason
  readonly warnings: readonly string[]
}

export type Skipped = { readonly index: number; readonly because: string }

type Engine = 'tolerant' | 'rss-parser' | 'json' | 'sitemap' | 'telegram'
