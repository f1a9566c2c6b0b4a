// B08: a feed may go through a proxy of its own; the proxy's address is guarded like any other.

import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { FetcherSettings } from '../../src/fetch/index.ts'
import type { FeedSettings } from '../../src/model/source.ts'
import { closeAll, feedAt, now, openFetcher, publicHost, rss, serve } from './server.ts'

const closers: (() => void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await closeAll()
})

/** A forward proxy: hands plain requests on, opens tunnels, and remembers what it was told. */
async function serveProxy(host: string, destination: () => number) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    response.end(rss('by proxy'))
  })
  server.on('connect', (request, socket) => {
    asked.push(request)
    const far = connect(destination(), publicHost, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    for (const end of [far, socket]) end.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  closers.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, asked } // a TCP server has no other
}

function fetchBy(url: string, feed: Partial<FeedSettings>, settings: Partial<FetcherSettings> = {}) {
  return openFetcher(settings).fetchFeed(feedAt(url, feed), now)
}

describe('a proxy', () => {
  it('on a public address gets the whole address of a plain request, and nobody looks the feed up here', async () => {
    const proxy = await serveProxy(publicHost, () => 0)
    const lookup = () => Promise.reject(new Error('no name is looked up'))
    const outcome = await fetchBy('http://far.example/feed?a=1', { proxy: proxy.url }, { lookup })
    expect(outcome.kind).toBe('fetched')
    expect(proxy.asked.map(({ method, url, headers }) => [method, url, headers.host])).toEqual([
      ['GET', 'http://far.example/feed?a=1', 'far.example'],
    ])
  })

  it('on a private address is refused unless it is listed (B08)', async () => {
    const proxy = await serveProxy('127.0.0.1', () => 0)
    const feed = { proxy: proxy.url, allowPrivate: true } // opens the feed's address, never the proxy's
    expect(await fetchBy('http://far.example/feed', feed)).toMatchObject({
      kind: 'failed',
      reason: 'address-not-allowed',
    })
    expect(await fetchBy('https://far.example/feed', feed)).toMatchObject({ reason: 'address-not-allowed' })
    expect(proxy.asked).toHaveLength(0)
    const listed = await fetchBy('http://far.example/feed', feed, { privateProxies: [proxy.url] })
    expect(listed.kind).toBe('fetched')
  })

  it.each(['http://127.0.0.1:9/', 'http://169.254.169.254/', 'https://localhost/', 'http://a.internal/'])(
    'is not asked for %s (B08)',
    async (url) => {
      const proxy = await serveProxy(publicHost, () => 0)
      expect(await fetchBy(url, { proxy: proxy.url })).toMatchObject({ reason: 'address-not-allowed' })
      expect(proxy.asked).toHaveLength(0)
    },
  )

  it('is shown its own credentials, and the feed is not', async () => {
    const proxy = await serveProxy(publicHost, () => 0)
    const headers = { 'Proxy-Authorization': 'Basic cHJveHk=', 'X-Key': 'feed' }
    await fetchBy('http://far.example/feed', { proxy: proxy.url, headers })
    expect(proxy.asked[0]?.headers).toMatchObject({
      'proxy-authorization': 'Basic cHJveHk=',
      'x-key': 'feed',
    })
    const server = await serve((_request, response) => response.end(rss('direct')))
    await fetchBy(`${server.origin}/feed`, { headers })
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('opens a tunnel for https and sees nothing of what goes through it', async () => {
    const pem = (name: string) =>
      readFileSync(new URL(`../fixtures/fetch/tls/${name}.pem`, import.meta.url), 'utf8')
    const keys = { cert: pem('self-signed'), key: pem('server-key') }
    const seen: IncomingMessage[] = []
    const far = createTlsServer(keys, (request, response) => {
      seen.push(request)
      response.end(rss('through a tunnel'))
    })
    await new Promise<void>((resolve) => far.listen(0, publicHost, resolve))
    closers.push(
      () => far.close(),
      () => far.closeAllConnections(),
    )
    const proxy = await serveProxy(publicHost, () => (far.address() as AddressInfo).port) // a TCP server has no other
    const headers = { 'Proxy-Authorization': 'Basic cHJveHk=', 'X-Key': 'feed' }
    const feed = { proxy: proxy.url, headers }
    expect(await fetchBy('https://far.example/feed', feed)).toMatchObject({ reason: 'tls' })
    const outcome = await fetchBy('https://far.example/feed', { ...feed, allowBadCertificate: true })
    expect(outcome.kind).toBe('fetched')
    const [tunnel] = proxy.asked
    expect([tunnel?.method, tunnel?.url, tunnel?.headers['x-key']]).toEqual([
      'CONNECT',
      'far.example:443',
      undefined,
    ])
    expect(tunnel?.headers['proxy-authorization']).toBe('Basic cHJveHk=')
    expect(seen[0]?.headers).toMatchObject({ 'x-key': 'feed' })
    expect(seen[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('that refuses is named as the one who refuses', async () => {
    const server = createServer()
    server.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
    await new Promise<void>((resolve) => server.listen(0, publicHost, resolve))
    closers.push(() => server.close())
    const proxy = `http://${publicHost}:${(server.address() as AddressInfo).port}` // a TCP server has no other
    expect(await fetchBy('https://far.example/feed', { proxy })).toMatchObject({
      reason: 'connect',
      detail: 'the proxy refuses',
    })
  })
})
