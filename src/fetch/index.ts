// The door to the web: feeds are fetched, and other requests sent, politely, safely and losing nothing.
import type { FeedRef } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { ParseCaps } from '../pipeline/parse-caps.ts'
import type { AddressKind } from './address.ts'
import type { Discovery } from './discover.ts'
import { type Exchange, type ExchangeRequest, exchange } from './exchange.ts'
import { failure } from './failure.ts'
import type { Lookup } from './guard.ts'
import { politeFeed } from './polite-feed.ts'
import type { ReadBody, Recognition } from './read-body.ts'
import { recordTransport } from './record.ts'
import { targetOf } from './target.ts'
import type { Transport } from './transport.ts'
import { openWire } from './wire.ts'

export { decodeBody } from './decode.ts'
export type { FoundFeed } from './discover.ts'
export { listenForPushes } from './push-server.ts'
export { isSignedWith } from './push-signature.ts'
export {
  type Body,
  type BodyReading,
  type ReadBody,
  type Recognition,
  readBody,
  readingProgram,
} from './read-body.ts'
export { readPush } from './read-push.ts'
export { recordedPolls } from './recording.ts'
export { replayTransport } from './replay.ts'

export type FetcherSettings = {
  readonly userAgent: string // Presslark/<version> (+<contact>)
  readonly timeoutMs: number // for a whole exchange: connecting, redirects, body
  readonly bodyBytesMax: number // both as sent and decompressed
  readonly caps?: Partial<ParseCaps> // how much of a feed is read, instead of the usual
  readonly privateProxies?: readonly string[] // addresses of proxies that may live on a private address
  readonly concurrency: number // requests in flight over all hosts
  readonly perHostConcurrency: number
  readonly perHostGapMs: number // between two starts at one host
  readonly allowPrivate: boolean // for every feed; a feed's own setting opens it for that feed only
  readonly allowDowngrade?: boolean // follow redirects from https to http; such an address is never kept
  readonly recordTo?: string // a folder that every exchange is written to
  readonly readBody?: ReadBody // who reads the bodies of feeds, instead of this thread
  readonly network?: Transport // a recording, instead of the real one
  readonly onAnswer?: (answer: Extract<Exchange, { ok: true }>) => void // told of every answer, bodies decompressed
  readonly onReading?: (feedId: number) => void // told whenever a feed's body is about to be read for a while
  readonly lookup?: Lookup // instead of the system's resolver
  readonly addressKind?: (address: string) => AddressKind // instead of the guard's own classifier
}

export type UrlRequest = Omit<ExchangeRequest, 'target'> & { readonly url: string }

export type Fetcher = {
  /**
   * Polls one feed. `now` is asked when its turn has come; `recognise`, when there is a body to read, by what its entries may be known
   * again. Never rejects for what the world does.
   */
  readonly fetchFeed: (
    feed: FeedRef,
    now: () => Instant,
    recognise?: () => Recognition | undefined,
  ) => Promise<FetchOutcome>
  /** One guarded GET or POST for any other use. POST follows no redirect. Never rejects for what the world does. */
  readonly request: (request: UrlRequest) => Promise<Exchange>
  /** The same for those who want any answer or an Error whose `code` tells why there was none, as webhooks do. */
  readonly send: (request: UrlRequest) => Promise<{ readonly status: number }>
  /** The feeds of a page, each fetched and read once. `text` is a URL or a host. */
  readonly discoverFeeds: (text: string, now: () => Instant) => Promise<Discovery>
  /** Abandons what is in flight or waiting; those fetches fail as `crashed`, which says nothing against their feeds. */
  readonly close: () => Promise<void>
}

// A host that does not even take a connection for this long is not there.
const connectTimeoutMsMax = 15_000

/** Opens no connection before the first request. */
export function createFetcher(settings: FetcherSettings): Fetcher {
  const wire = openWire({
    ...settings,
    connectTimeoutMs: Math.min(connectTimeoutMsMax, settings.timeoutMs),
    headersTimeoutMs: settings.timeoutMs, // pages made on demand may take most of the time there is
    connectionsPerHost: settings.perHostConcurrency,
  })
  const network = settings.network ?? wire.send
  const transport =
    settings.recordTo === undefined ? network : recordTransport(network, settings.recordTo, Date.now)
  const exchanges = { ...settings, transport, allowDowngrade: settings.allowDowngrade ?? false }
  const ask = async (request: ExchangeRequest) => {
    const allowPrivate = settings.allowPrivate || (request.allowPrivate ?? false)
    const answer = await exchange({ ...request, allowPrivate }, exchanges)
    if (answer.ok) settings.onAnswer?.(answer)
    return answer
  }
  const request = (asked: UrlRequest) => requestUrl(asked, ask)
  const { readBody: _, ...readHere } = settings // who looks for feeds wants the text of what is none
  const closing = new AbortController()
  return {
    fetchFeed: politeFeed(settings, ask, closing.signal),
    request,
    send: async (asked) => statusOf(await request(asked)),
    discoverFeeds: async (text, now) => {
      const { discoverFeeds } = await import('./discover.ts') // its HTML parser is not loaded before it is needed
      return discoverFeeds(text, { request: (url) => request({ url }), now, limits: readHere })
    },
    close: () => {
      closing.abort()
      return wire.close()
    },
  }
}

async function requestUrl(
  { url, ...rest }: UrlRequest,
  ask: (request: ExchangeRequest) => Promise<Exchange>,
): Promise<Exchange> {
  const target = targetOf(url)
  if (target !== undefined) return ask({ ...rest, target })
  return {
    ...failure('connect', 'not an http or https URL'),
    code: 'ERR_INVALID_URL',
    url: '',
    redirects: [],
  }
}

function statusOf(answer: Exchange): { readonly status: number } {
  if (answer.ok) return { status: answer.status }
  throw Object.assign(new Error(answer.detail), { code: answer.code ?? answer.reason })
}
