// The door to the web: feeds are fetched, and other requests sent, politely, safely and losing nothing.
import type { FeedRef } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { AddressKind } from './address.ts'
import { type Discovery, discoverFeeds } from './discover.ts'
import { type Exchange, type ExchangeRequest, exchange } from './exchange.ts'
import { fetchFeed } from './fetch-feed.ts'
import type { Lookup } from './guard.ts'
import { hostRefusals } from './host-refusals.ts'
import { hostTurns } from './host-turns.ts'
import { recordTransport } from './record.ts'
import { replayTransport } from './replay.ts'
import { targetOf } from './target.ts'
import type { Transport } from './transport.ts'
import { openWire } from './wire.ts'

export { decodeBody } from './decode.ts'
export type { FoundFeed } from './discover.ts'

export type FetcherSettings = {
  readonly userAgent: string // Presslark/<version> (+<contact>)
  readonly timeoutMs: number // for a whole exchange: connecting, redirects, body
  readonly bodyBytesMax: number // both as sent and decompressed
  readonly concurrency: number // requests in flight over all hosts
  readonly perHostConcurrency: number
  readonly perHostGapMs: number // between two starts at one host
  readonly allowPrivate: boolean // for every feed; a feed's own setting opens it for that feed only
  readonly allowDowngrade?: boolean // follow redirects from https to http; never stored
  readonly recordTo?: string // a folder that every exchange is written to
  readonly replayFrom?: string // a folder of recorded exchanges, used instead of the network
  readonly lookup?: Lookup // instead of the system's resolver
  readonly addressKind?: (address: string) => AddressKind // instead of the guard's own classifier
}

export type UrlRequest = Omit<ExchangeRequest, 'target'> & { readonly url: string }

export type Fetcher = {
  /** Polls one feed. `now` is asked when its turn has come. Never rejects for what the world does. */
  readonly fetchFeed: (feed: FeedRef, now: () => Instant) => Promise<FetchOutcome>
  /** One guarded GET or POST for any other use. POST follows no redirect. Never rejects for what the world does. */
  readonly request: (request: UrlRequest) => Promise<Exchange>
  /** The same for those who want any answer or an Error whose `code` tells why there was none, as webhooks do. */
  readonly send: (request: UrlRequest) => Promise<{ readonly status: number }>
  /** The feeds of a page, each fetched and read once. `text` is a URL or a host. */
  readonly discoverFeeds: (text: string, now: () => Instant) => Promise<Discovery>
  /** Abandons what is in flight; those fetches end as failures. */
  readonly close: () => Promise<void>
}

// A server that has said nothing for this long will not say it in time.
const silenceMsMax = 15_000

const notAUrl = { reason: 'connect', detail: 'not an http or https URL', url: '' } as const

export function createFetcher(settings: FetcherSettings): Fetcher {
  const patienceMs = Math.min(silenceMsMax, settings.timeoutMs)
  const wire = openWire({
    ...settings,
    connectTimeoutMs: patienceMs,
    headersTimeoutMs: patienceMs,
    connectionsPerHost: settings.perHostConcurrency,
  })
  const turnAt = hostTurns(settings)
  const refusals = hostRefusals()
  const transport = transportOf(settings, wire.send)
  const exchanges = { ...settings, transport, allowDowngrade: settings.allowDowngrade ?? false }
  const overWire = (request: ExchangeRequest) => {
    const allowPrivate = settings.allowPrivate || (request.allowPrivate ?? false)
    return exchange({ ...request, allowPrivate }, exchanges)
  }
  const request = async ({ url, ...rest }: UrlRequest): Promise<Exchange> => {
    const target = targetOf(url)
    if (target !== undefined) return overWire({ ...rest, target })
    return { ...notAUrl, ok: false, code: 'ERR_INVALID_URL', redirects: [] }
  }
  return {
    close: wire.close,
    request,
    send: async (asked) => {
      const answer = await request(asked)
      if (answer.ok) return { status: answer.status }
      throw Object.assign(new Error(answer.detail), { code: answer.code ?? answer.reason })
    },
    discoverFeeds: (text, now) => {
      const { bodyBytesMax } = settings
      return discoverFeeds(text, { request: (url) => request({ url }), now, bodyBytesMax })
    },
    fetchFeed: async (feed, now) => {
      const home = targetOf(feed.settings.url)
      if (home === undefined) return { ...notAUrl, kind: 'failed', at: now(), durationMs: 0, pace: {} }
      const leave = await turnAt(home.host)
      try {
        const isOpen = settings.allowPrivate || feed.settings.allowPrivate === true
        const standing = isOpen ? undefined : refusals.standing(home.host, home.url, now())
        if (standing !== undefined) return standing
        const outcome = await fetchFeed(feed, home, now, overWire, settings.bodyBytesMax)
        if (!isOpen) refusals.note(home.host, outcome)
        return outcome
      } finally {
        leave()
      }
    },
  }
}

function transportOf({ recordTo, replayFrom }: FetcherSettings, network: Transport): Transport {
  const transport = replayFrom === undefined ? network : replayTransport(replayFrom)
  return recordTo === undefined ? transport : recordTransport(transport, recordTo)
}
