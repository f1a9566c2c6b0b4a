// A press on loopback: a few feeds of invented outlets, each on an address of its own, that only ever grow. Knows what it has served.
import { createServer, type Server } from 'node:http'
import { feedXml, guidOf } from './press-text.ts'

export type Press = {
  readonly urls: readonly string[]
  /** One more report in every feed. */
  readonly grow: () => void
  /** Guids by feed URL of everything that was ever sent to somebody. */
  readonly served: () => ReadonlyMap<string, readonly string[]>
  /** The validator of each feed as it is now. */
  readonly etags: () => ReadonlyMap<string, string>
  readonly requests: () => number
  readonly close: () => Promise<void>
}

type Feed = { readonly number: number; reports: number; served: number }

const etagOf = (feed: Feed): string => `"v${feed.reports}"`

/** Answers slowly, so that a process can be killed in the middle of it. */
function serve(feed: Feed, onRequest: () => void): Server {
  return createServer((request, response) => {
    onRequest()
    const reports = feed.reports
    const etag = etagOf(feed)
    const isKnown = request.headers['if-none-match'] === etag
    const body = isKnown ? '' : feedXml(feed.number, reports)
    setTimeout(() => {
      response.writeHead(isKnown ? 304 : 200, { etag, 'content-type': 'application/rss+xml' }).end(body)
      if (!isKnown) feed.served = Math.max(feed.served, reports)
    }, 15)
  })
}

/** Opens `count` feeds with `reports` reports each. */
export async function openPress(count: number, reports: number): Promise<Press> {
  let requests = 0
  const feeds = Array.from({ length: count }, (_, number): Feed => ({ number, reports, served: 0 }))
  const servers = feeds.map((feed) => serve(feed, () => void requests++))
  const urls = await Promise.all(servers.map((server, index) => listen(server, `127.0.1.${index + 1}`)))
  const byUrl = <T>(of: (feed: Feed) => T): ReadonlyMap<string, T> =>
    new Map(feeds.map((feed, index) => [urls[index] ?? '', of(feed)]))
  return {
    urls,
    grow: () => {
      for (const feed of feeds) feed.reports++
    },
    served: () =>
      byUrl(({ number, served }) => Array.from({ length: served }, (_, index) => guidOf(number, index))),
    etags: () => byUrl(etagOf),
    requests: () => requests,
    close: async () => {
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  return `http://${host}:${typeof address === 'object' ? address?.port : ''}/rss.xml`
}
