// A32, A33, A36, A38-A42, A47: manners towards hosts, and what each refusal is called.
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'

import type { ResolvedAddress } from '../../src/fetch/guard.ts'
import { hostRefusals } from '../../src/fetch/host-refusals.ts'
import { hostTurns } from '../../src/fetch/host-turns.ts'
import { closeAll, feedAt, now, openFetcher, publicHost, rss, serve, serveRaw } from './server.ts'

afterEach(closeAll)

const toPublicHost = async (): Promise<readonly ResolvedAddress[]> => [{ address: publicHost, family: 4 }]

const never = new AbortController().signal

describe('a herd of feeds', () => {
  it('meets each host one at a time, and all hosts under one cap (A32)', async () => {
    const inFlight = new Map<string, number>()
    let total = 0
    let mostHere = 0
    let mostInAll = 0
    const server = await serve((request, response) => {
      const host = request.headers.host ?? ''
      const here = (inFlight.get(host) ?? 0) + 1
      inFlight.set(host, here)
      mostHere = Math.max(mostHere, here)
      mostInAll = Math.max(mostInAll, ++total)
      setTimeout(() => {
        inFlight.set(host, here - 1)
        total--
        response.end(rss('one'))
      }, 10)
    })
    const { fetchFeed } = openFetcher({ lookup: toPublicHost, concurrency: 3 })
    const urls = Array.from(
      { length: 40 },
      (_, index) => `http://h${index % 5}.example:${server.port}/${index}`,
    )
    const outcomes = await Promise.all(urls.map((url) => fetchFeed(feedAt(url), now)))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['fetched']))
    expect([server.requests.length, mostHere, mostInAll]).toEqual([40, 1, 3])
  })

  it('leaves a gap between two starts at one host, however many it may take at once (A32)', async () => {
    const clock = { ms: 0 }
    const time = {
      nowMs: () => clock.ms,
      sleep: async (ms: number) => {
        await Promise.resolve() // others may start meanwhile
        clock.ms += ms
      },
    }
    const turnAt = hostTurns({ concurrency: 10, perHostConcurrency: 5, perHostGapMs: 40 }, never, time)
    const starts: (readonly [string, number])[] = []
    const turn = async (host: string) => {
      const leave = await turnAt(host)
      starts.push([host, clock.ms])
      leave()
    }
    await Promise.all([...Array(5).fill('post.example'), ...Array(5).fill('other.example')].map(turn))
    const gapsOf = (host: string) => {
      const at = starts.filter(([one]) => one === host).map(([, ms]) => ms)
      return at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    }
    for (const host of ['post.example', 'other.example']) {
      expect(gapsOf(host)).toHaveLength(4)
      expect(Math.min(...gapsOf(host))).toBeGreaterThanOrEqual(40)
    }
    expect(starts.slice(0, 2).map(([, ms]) => ms)).toEqual([0, 0]) // neither waits for the other host
  })

  it('is served in the order it came, and a host may take several at once', async () => {
    const turnAt = hostTurns({ concurrency: 10, perHostConcurrency: 2, perHostGapMs: 0 }, never)
    const order: number[] = []
    const first = await turnAt('post.example')
    const second = await turnAt('post.example')
    const waiting = [3, 4].map(async (number) => {
      const leave = await turnAt('post.example')
      order.push(number)
      return leave
    })
    await turnAt('other.example')
    expect(order).toEqual([])
    first()
    second()
    for (const leave of await Promise.all(waiting)) leave()
    expect(order).toEqual([3, 4])
  })

  it('is not stopped by one host that says nothing (A47)', async () => {
    const calls: Socket[] = []
    const silent = await serveRaw((socket) => void calls.push(socket))
    const server = await serve((_request, response) => response.end(rss('one')))
    const { fetchFeed } = openFetcher({ lookup: toPublicHost, timeoutMs: 60_000 })
    const ended: string[] = []
    const fetch = async (port: number, index: number) => {
      const { kind } = await fetchFeed(feedAt(`http://h${index}.example:${port}/`), now)
      ended.push(kind)
    }
    const held = fetch(silent.port, 0)
    await Promise.all(Array.from({ length: 49 }, (_, index) => fetch(server.port, index + 1)))
    expect(ended).toEqual(Array(49).fill('fetched')) // while the first one still waits
    for (const call of calls) call.destroy()
    await held
    expect(ended.at(-1)).toBe('failed')
  })
})

describe('a status', () => {
  async function answer(status: number, headers: Record<string, string> = {}) {
    const server = await serve((_request, response) =>
      response.writeHead(status, headers).end('<h1>Sorry</h1>'),
    )
    return openFetcher().fetchFeed(feedAt(`${server.origin}/feed`), now)
  }

  it.each([
    [401, { reason: 'forbidden' }],
    [403, { reason: 'forbidden' }],
    [404, { reason: 'not-found' }],
    [406, { reason: 'http-status' }],
    [206, { reason: 'http-status' }],
    [500, { reason: 'http-status' }],
    [503, { reason: 'http-status' }],
  ])('%d is a failure of its kind', async (status, expected) => {
    expect(await answer(status)).toMatchObject({
      kind: 'failed',
      status,
      detail: `HTTP ${status}`,
      ...expected,
    })
  })

  it.each([
    ['breaks off', 'Content-Length: 1000\r\n\r\nshort', true],
    ['is very long', `Content-Length: 50000000\r\n\r\n${'x'.repeat(300_000)}`, false],
    ['is very long and chunked', `Transfer-Encoding: chunked\r\n\r\nf4240\r\n${'x'.repeat(300_000)}`, false],
    ['never ends', 'Transfer-Encoding: chunked\r\n\r\n5\r\nSorry\r\n', false],
  ])('counts, even when the page that comes with it %s', async (_name, rest, ends) => {
    const server = await serveRaw((socket) => {
      socket.write(`HTTP/1.1 404 Not Found\r\n${rest}`)
      if (ends) socket.end()
    })
    const outcome = await openFetcher({ timeoutMs: 400 }).fetchFeed(feedAt(server.origin), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'not-found' })
  })

  it('410 is gone (A40)', async () => {
    expect(await answer(410)).toMatchObject({ kind: 'gone', status: 410 })
  })

  it('429, and 503 that says when, are rate limits (A33, A36)', async () => {
    expect(await answer(429, { 'retry-after': '120' })).toMatchObject({
      kind: 'rate-limited',
      status: 429,
      pace: { retryAfterMs: 120_000 },
    })
    expect(await answer(429, { 'retry-after': 'soon' })).toMatchObject({ kind: 'rate-limited', pace: {} })
    expect(await answer(503, { 'retry-after': '600' })).toMatchObject({
      kind: 'rate-limited',
      status: 503,
      pace: { retryAfterMs: 600_000 },
    })
  })

  it('200 and 304 say how long they stay fresh (A15, A18, A20)', async () => {
    const server = await serve((request, response) => {
      const headers = { 'cache-control': 'max-age=7200', age: '3600', etag: '"e"' }
      response.writeHead(request.headers['if-none-match'] === undefined ? 200 : 304, headers).end(rss('one'))
    })
    const { fetchFeed } = openFetcher()
    const feed = feedAt(`${server.origin}/feed`)
    expect(await fetchFeed(feed, now)).toMatchObject({ kind: 'fetched', pace: { freshForMs: 3_600_000 } })
    const again = await fetchFeed({ ...feed, validators: { etag: '"e"' } }, now)
    expect(again).toMatchObject({ kind: 'not-modified', pace: { freshForMs: 3_600_000 } })
  })
})

describe('a host that asked to wait', () => {
  async function refusing(headers: Record<string, string>) {
    return serve((_request, response) => response.writeHead(429, headers).end())
  }

  it('is not asked for its other feeds until the time is over (A33)', async () => {
    const server = await refusing({ 'retry-after': '120' })
    const { fetchFeed } = openFetcher({ lookup: toPublicHost })
    const at = (path: string) => feedAt(`http://post.example:${server.port}/${path}`)
    let clock = now()
    await fetchFeed(at('a'), () => clock)
    clock += 119_000
    const second = await fetchFeed(at('b'), () => clock)
    expect(second).toMatchObject({ kind: 'rate-limited', status: 429, pace: { retryAfterMs: 1_000 } })
    await fetchFeed(feedAt(`http://other.example:${server.port}/c`), () => clock)
    expect(server.requests.map(({ url }) => url)).toEqual(['/a', '/c'])
    clock += 1_000
    await fetchFeed(at('b'), () => clock)
    expect(server.requests).toHaveLength(3)
  })

  it('without saying how long is asked again after a minute', () => {
    const { note, standing } = hostRefusals()
    const at = now()
    note('post.example', { kind: 'rate-limited', status: 429, at, durationMs: 5, url: 'a', pace: {} })
    expect(standing('post.example', 'b', at + 59_999)).toMatchObject({ status: 429, url: 'b', pace: {} })
    expect(standing('post.example', 'b', at + 60_000)).toBeUndefined()
  })

  it('without saying how long is spared by those that wait behind it', async () => {
    const server = await refusing({})
    const { fetchFeed } = openFetcher({ lookup: toPublicHost })
    const feeds = ['a', 'b', 'c'].map((path) => feedAt(`http://post.example:${server.port}/${path}`))
    const outcomes = await Promise.all(feeds.map((feed) => fetchFeed(feed, now)))
    expect(outcomes.map(({ kind, pace }) => [kind, pace])).toEqual(Array(3).fill(['rate-limited', {}]))
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    [true, undefined],
    [undefined, true],
  ])('and has a feed marked private keeps that feed apart (first %s, second %s)', async (first, second) => {
    const server = await refusing({ 'retry-after': '120' })
    const { fetchFeed } = openFetcher({ lookup: toPublicHost })
    const at = (path: string, allowPrivate: boolean | undefined) =>
      feedAt(`http://post.example:${server.port}/${path}`, allowPrivate === undefined ? {} : { allowPrivate })
    await fetchFeed(at('a', first), now)
    await fetchFeed(at('b', second), now)
    expect(server.requests).toHaveLength(2)
  })

  it('and is private or a bridge is asked for its other feeds (A37)', async () => {
    const server = await refusing({ 'retry-after': '120' })
    const { fetchFeed } = openFetcher()
    await fetchFeed(feedAt(`${server.origin}/a`, { allowPrivate: true }), now)
    await fetchFeed(feedAt(`${server.origin}/b`, { allowPrivate: true }), now)
    expect(server.requests).toHaveLength(2)
    const bridged = await refusing({ 'retry-after': '120' })
    for (const path of ['/a', '/b'])
      await fetchFeed(feedAt(`${bridged.origin}${path}`, { isBridged: true }), now)
    expect(bridged.requests).toHaveLength(2)
  })
})

describe('a line that', () => {
  it('nobody answers is a failure to connect (A38)', async () => {
    const server = await serve(() => {})
    await server.close()
    const outcome = await openFetcher().fetchFeed(feedAt(server.origin), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'connect', detail: 'connection refused' })
  })

  it('is hung up is a reset (A38)', async () => {
    const server = await serveRaw((socket) => socket.resetAndDestroy())
    expect(await openFetcher().fetchFeed(feedAt(server.origin), now)).toMatchObject({ reason: 'reset' })
  })

  it('speaks something else is not HTTP', async () => {
    const server = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
    const outcome = await openFetcher().fetchFeed(feedAt(server.origin), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'reset', detail: 'the response is not HTTP' })
  })

  it('leads to no name is a failure of the name (A38)', async () => {
    const lookup = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    }
    const outcome = await openFetcher({ lookup }).fetchFeed(feedAt('http://nowhere.example/'), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'dns' })
    const empty = await openFetcher({ lookup: async () => [] }).fetchFeed(
      feedAt('http://empty.example/'),
      now,
    )
    expect(empty).toMatchObject({ kind: 'failed', reason: 'dns' })
  })

  it('waits for a name server without end ends at the deadline', async () => {
    const lookup = () => new Promise<never>(() => {})
    const outcome = await openFetcher({ lookup, timeoutMs: 200 }).fetchFeed(
      feedAt('http://slow.example/'),
      now,
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })

  it('accepts and never speaks ends at the deadline', async () => {
    const server = createServer(() => {}).listen(0, publicHost)
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const outcome = await openFetcher({ timeoutMs: 200 }).fetchFeed(
      feedAt(`http://${publicHost}:${port}/`),
      now,
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
    server.close()
  })
})
