// A unit of work as data: survives JSON, a restart, and a move to another machine.
import type { FetchOutcome, Validators } from './outcome.ts'
import type { FeedSettings } from './source.ts'

/** Everything a fetcher needs to poll one feed without a database. */
export type FeedRef = {
  readonly feedId: number
  readonly settings: FeedSettings
  readonly language?: string // the source's, when the feed has none of its own
  readonly validators: Validators
  readonly bodyHash?: string
}

/** The place of a job among those that bring one large fetch, the first being 1. They are stored in this order. */
export type OutcomePart = { readonly index: number; readonly of: number }

export type Job =
  | { readonly name: 'fetch'; readonly id: string; readonly feed: FeedRef }
  | {
      readonly name: 'ingest'
      readonly id: string
      readonly feedId: number
      readonly outcome: FetchOutcome
      readonly part?: OutcomePart // absent: the outcome is whole
    }
  | { readonly name: 'digest'; readonly id: string; readonly digestId: string; readonly until: string } // ISO 8601
  | { readonly name: 'deliver'; readonly id: string; readonly deliveryId: number }

export type JobName = Job['name']
export type JobOf<N extends JobName> = Extract<Job, { name: N }>
