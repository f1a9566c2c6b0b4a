// Whom we listen to: publishers and the feeds we poll.

/** What kind of voice a source is. State and party voices are labelled as such in every edition. */
export type SourceKind = 'wire' | 'state' | 'independent' | 'exile' | 'think-tank' | 'official' | 'party'

/** How far we trust a source to report first hand, A (best) to E; the letters are those of the Admiralty scale. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'E'

/** A publisher. `family` names its owner: outlets of one family are one independent voice. */
export type Source = {
  readonly id: string
  readonly name: string
  readonly country?: string // ISO 3166-1 alpha-2, or a body such as UN or EU
  readonly language?: string // BCP 47
  readonly family: string
  readonly kind: SourceKind
  readonly grade: Grade
  readonly feeds: readonly FeedSettings[]
}

/** One URL we poll and how to read it. `url` is sent byte for byte, without its fragment. */
export type FeedSettings = {
  readonly url: string
  readonly language?: string
  readonly engine?: Engine
  readonly customFields?: Readonly<Record<string, string>> // own element to the standard one that it stands for; for rss-parser
  readonly fallbackCharset?: string // used when neither the bytes nor the headers tell, e.g. windows-1256
  readonly timeZone?: string // IANA zone for dates without one
  readonly intervalMs?: number
  readonly allowPrivate?: boolean // may this feed live on a private or loopback address?
  readonly allowBadCertificate?: boolean // is its own server believed whatever its certificate says?
  readonly proxy?: string // http(s) address of the proxy that its requests go through, without credentials
  readonly isBridged?: boolean // its host carries feeds of many publishers: a refusal speaks for one of them
  readonly headers?: Readonly<Record<string, string>>
}

/** Which reader parses a feed; the tolerant one falls back to the others by itself. */
export type Engine = 'tolerant' | 'rss-parser'
