// The one way an attempt ended. What the world may do is a value here; only our own mistakes throw.
import type { NormalisedFeed } from './item.ts'
import type { Instant } from './time.ts'

/** HTTP validators exactly as received; opaque, sent back byte for byte. */
export type Validators = {
  readonly etag?: string
  readonly lastModified?: string
  readonly url?: string // that sent them, when a redirect led there; absent means the feed's own URL
}

/** What the response said about when to come back, in milliseconds; absent when it said nothing usable. */
export type ResponsePace = { readonly freshForMs?: number; readonly retryAfterMs?: number }

export type FailureReason =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'address-not-allowed'
  | 'bad-redirect'
  | 'http-status' // any status that is not a feed and has no kind of its own
  | 'forbidden' // 401, 403
  | 'not-found' // 404
  | 'too-large'
  | 'bad-encoding' // truncated or wrong Content-Encoding
  | 'short-body'
  | 'empty-body'
  | 'not-a-feed'
  | 'unexpected-not-modified' // 304 to an unconditional request
  | 'crashed' // the worker died on it

type Attempt = {
  readonly at: Instant
  readonly durationMs: number
  readonly url: string
  readonly pace: ResponsePace
}

export type Fetched = Attempt & {
  readonly kind: 'fetched'
  readonly status: number
  readonly validators: Validators
  readonly bodyHash: string
  readonly bytes: number
  readonly movedTo?: string // every redirect on the way was permanent
  readonly aside?: 'push' | 'backfill' // no poll: its entries count, but it says nothing of validators, schedule, losses or moves
  readonly feed: NormalisedFeed
}
export type NotModified = Attempt & {
  readonly kind: 'not-modified'
  readonly because: 'status-304' | 'same-body'
  readonly validators: Validators
  readonly movedTo?: string // every redirect on the way was permanent
}
export type RateLimited = Attempt & { readonly kind: 'rate-limited'; readonly status: number }
export type Gone = Attempt & { readonly kind: 'gone'; readonly status: 410 }
export type Failed = Attempt & {
  readonly kind: 'failed'
  readonly reason: FailureReason
  readonly detail: string // one line, no secrets, no bytes of the response
  readonly status?: number
}

export type FetchOutcome = Fetched | NotModified | RateLimited | Gone | Failed

/** How one delivery ended. `uncertain`: the line broke after the message was sent; the next attempt repeats it with the same Message-ID. */
export type DeliveryOutcome =
  | { readonly kind: 'sent'; readonly detail: string }
  | { readonly kind: 'temporary'; readonly detail: string }
  | { readonly kind: 'permanent'; readonly detail: string }
  | { readonly kind: 'uncertain'; readonly detail: string }
