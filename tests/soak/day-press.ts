// The press of a simulated day: one server whose feeds publish by the clock, and of which every fifth misbehaves in turn.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { listen } from '../app/local-desk.ts'
import { feedXml, guidOf } from './press-text.ts'

export type DayPress = {
  readonly urls: readonly string[]
  /** The time there is now. Nothing more is published once `isCalm`, and every feed behaves. */
  readonly setTime: (now: number, isCalm: boolean) => void
  readonly served: () => ReadonlyMap<string, readonly string[]>
  readonly etags: () => ReadonlyMap<string, string>
  readonly misbehaved: () => number // answers
  readonly close: () => Promise<void>
}

const hourMs = 3_600_000
const reportsAtFirst = 12
const rotation = 5 // of the hours, so that a fifth misbehaves at any time

type Answer = (request: IncomingMessage, response: ServerResponse, xml: string) => void
const asFeed = { 'content-type': 'application/rss+xml' }

/** What a feed may do instead of answering; each in its turn. */
const misbehaviours: readonly Answer[] = [
  (_, response) => response.writeHead(500).end('out of order'),
  (_, response) => response.writeHead(503, { 'retry-after': '600' }).end(),
  (_, response) => response.writeHead(429, { 'retry-after': '1200' }).end(),
  ({ socket }) => socket.destroy(),
  () => undefined, // says nothing until the fetcher loses patience
  (_, response, xml) =>
    void response
      .writeHead(200, { ...asFeed, 'content-length': xml.length * 2 })
      .write(xml, () => response.destroy()),
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Log in</title><p>Welcome'),
  (_, response, xml) =>
    response.writeHead(200, { ...asFeed, etag: '"cut"' }).end(xml.slice(0, xml.length / 2)),
  (_, response, xml) =>
    response
      .writeHead(200, { ...asFeed, etag: '"gzip"', 'content-encoding': 'gzip' })
      .end(gzipSync(xml).subarray(0, -12)),
  (_, response) => response.writeHead(200, { ...asFeed, 'content-length': 0, etag: '"empty"' }).end(),
  ({ url = '' }, response) => response.writeHead(302, { location: url }).end(),
  (_, response) => response.writeHead(200, { ...asFeed, etag: '"none"' }).end(feedXml(0, 0)),
]

/** Opens `count` feeds, each on an address of its own; every one has a new report every `publishEveryHours`. */
export async function openDayPress(count: number, start: number, publishEveryHours = 4): Promise<DayPress> {
  let now = start
  let isCalm = false
  let misbehaved = 0
  const reportsOf = (feed: number): number =>
    reportsAtFirst + Math.floor((now - start) / hourMs / publishEveryHours + (feed % 7) / 7)
  const etagOf = (feed: number): string => `"v${reportsOf(feed)}"`
  const server = await listen((request, response) => {
    const feed = Number(request.url?.slice(1))
    const hour = Math.floor((now - start) / hourMs)
    const xml = feedXml(feed, reportsOf(feed))
    if (!isCalm && (feed + hour) % rotation === 0) {
      misbehaved++
      misbehaviours[(Math.floor(feed / rotation) + hour) % misbehaviours.length]?.(request, response, xml)
    } else if (request.headers['if-none-match'] === etagOf(feed)) response.writeHead(304).end()
    else response.writeHead(200, { ...asFeed, etag: etagOf(feed) }).end(xml)
  }, '0.0.0.0')
  const { port } = new URL(server.origin)
  const feeds = Array.from({ length: count }, (_, feed) => feed)
  const urls = feeds.map((feed) => `http://127.2.${feed >> 8}.${feed & 255}:${port}/${feed}`)
  const byUrl = <T>(of: (feed: number) => T): ReadonlyMap<string, T> =>
    new Map(feeds.map((feed) => [urls[feed] ?? '', of(feed)]))
  return {
    urls,
    setTime: (at, calm) => {
      if (!isCalm) now = at
      isCalm = calm
    },
    served: () => byUrl((feed) => Array.from({ length: reportsOf(feed) }, (_, n) => guidOf(feed, n))),
    etags: () => byUrl(etagOf),
    misbehaved: () => misbehaved,
    close: server.close,
  }
}
