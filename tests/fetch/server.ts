// A local HTTP server that answers and misbehaves as told, and a fetcher that may reach it.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { addressKind } from '../../src/fetch/address.ts'
import { createFetcher, type Fetcher, type FetcherSettings } from '../../src/fetch/index.ts'
import type { FeedRef } from '../../src/model/job.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import type { FeedSettings } from '../../src/model/source.ts'

/** Stands in for a public address: the test fetcher takes it for one. 127.0.0.1 stays shut. */
export const publicHost = '127.0.0.2'

export type LocalServer = {
  readonly origin: string
  readonly port: number
  readonly requests: readonly IncomingMessage[] // in order of arrival
  readonly connections: () => number // ever opened
  readonly close: () => Promise<void>
}

const open: { close: () => Promise<void> }[] = []

/** Closes every server and fetcher that this test file opened. For afterEach. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.close()))
}

export async function serve(answer: RequestListener, host = publicHost): Promise<LocalServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  server.keepAliveTimeout = 60_000
  return listening(server, host, requests)
}

/** For what node:http refuses to send: `answer` gets the socket once the request has come. */
export async function serveRaw(answer: (socket: Socket) => void, host = publicHost): Promise<LocalServer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {}) // the client hangs up: that is often the point
    socket.once('data', () => answer(socket))
  })
  return listening(server, host, [])
}

async function listening(
  server: Server,
  host: string,
  requests: readonly IncomingMessage[],
): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  const local = { origin: `http://${host}:${port}`, port, requests, connections: () => connections, close }
  open.push(local)
  return local
}

export const settings: FetcherSettings = {
  userAgent: 'Presslark/test (+https://presslark.example/bot)',
  timeoutMs: 5_000,
  bodyBytesMax: 10_000_000,
  concurrency: 50,
  perHostConcurrency: 1,
  perHostGapMs: 0,
  allowPrivate: false,
  addressKind: (address) => (address === publicHost ? 'public' : addressKind(address)),
}

export function openFetcher(changes: Partial<FetcherSettings> = {}): Fetcher {
  const fetcher = createFetcher({ ...settings, ...changes })
  open.push(fetcher)
  return fetcher
}

export function feedAt(url: string, changes: Partial<FeedSettings> = {}): FeedRef {
  return { feedId: 1, settings: { url, ...changes }, validators: {} }
}

/** What the store keeps of an outcome for the next poll. */
export function afterwards(feed: FeedRef, outcome: FetchOutcome): FeedRef {
  if (outcome.kind === 'not-modified') return { ...feed, validators: outcome.validators }
  if (outcome.kind !== 'fetched') return feed
  return { ...feed, validators: outcome.validators, bodyHash: outcome.bodyHash }
}

export function rss(...titles: readonly string[]): string {
  const items = titles.map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`)
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title>${items.join('')}</channel></rss>`
}

export const now = () => Date.UTC(2027, 0, 4, 6)
