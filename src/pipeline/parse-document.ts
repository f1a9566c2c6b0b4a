// What an engine finds in a body: candidates in order of precedence, nothing judged, nothing resolved.
import type { DateSource, Enclosure, FeedFormat, FeedPace, NormalisedFeed, Person } from '../model/item.ts'
import type { DocumentSeals } from './parse-seals.ts'

/** Markup as the feed gives it; `plain` when its characters are meant as text. */
export type Markup = {
  readonly text: string
  readonly plain: boolean
  readonly base: string
  readonly cut?: true // the source was so long that only its start was read
}

export type DateClaim = { readonly source: DateSource; readonly text: string }

/** An address as written and what it is relative to. */
export type Reference = { readonly href: string; readonly base: string }

export type RawEntry = {
  readonly guid: string | undefined
  readonly links: readonly Reference[] // best first; what is no http(s) address is passed over
  readonly titles: readonly Markup[]
  readonly summaries: readonly Markup[]
  readonly contents: readonly Markup[]
  readonly published: readonly DateClaim[]
  readonly updated: readonly DateClaim[]
  readonly authors: readonly Person[]
  readonly categories: readonly string[]
  readonly enclosures: readonly (Omit<Enclosure, 'url'> & { readonly link: Reference })[]
  readonly images: readonly Reference[]
  readonly comments: readonly Reference[]
  readonly language: string | undefined
  readonly origin: { readonly title: string; readonly link: Reference | undefined } | undefined
}

export type RawFeed = {
  readonly titles: readonly Markup[]
  readonly descriptions: readonly Markup[]
  readonly sites: readonly Reference[]
  readonly selfs: readonly Reference[]
  readonly hubs: readonly Reference[]
  readonly olders: readonly Reference[] // the page of entries before these
  readonly images: readonly Reference[]
  readonly language: string | undefined
  readonly pace: FeedPace
}

export type FeedDocument = {
  readonly format: FeedFormat
  readonly engine: NormalisedFeed['engine']
  readonly feed: RawFeed
  readonly entryCount: number
  readonly entryAt: (index: number) => RawEntry | undefined // undefined: it is no entry at all
  readonly omitted: number // entries beyond the cap
  readonly warnings: readonly string[]
  readonly seals?: DocumentSeals // where they were asked for; of a known entry nothing is to be read
}
