// A42-A45, A59, B12-B18: bodies that lie, break off, explode or never end.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { FetcherSettings } from '../../src/fetch/index.ts'
import { closeAll, feedAt, now, openFetcher, rss, serve, serveRaw } from './server.ts'

afterEach(closeAll)

const feed = rss('one', 'دو', 'ثلاثة')

async function fetchFrom(answer: (response: ServerResponse) => void, changes: Partial<FetcherSettings> = {}) {
  const server = await serve((_request, response) => answer(response))
  return openFetcher(changes).fetchFeed(feedAt(`${server.origin}/feed`), now)
}

async function fetchRaw(answer: (socket: Socket) => void, changes: Partial<FetcherSettings> = {}) {
  const server = await serveRaw(answer)
  return openFetcher(changes).fetchFeed(feedAt(`${server.origin}/feed`), now)
}

function encoded(encoding: string, body: Uint8Array) {
  return fetchFrom((response) => response.writeHead(200, { 'content-encoding': encoding }).end(body))
}

function layers(times: number, bytes: Uint8Array): Uint8Array {
  return times === 0 ? bytes : layers(times - 1, gzipSync(bytes))
}

describe('a body', () => {
  it.each([
    ['gzip', gzipSync(feed)],
    ['X-GZIP', gzipSync(feed)],
    ['br', brotliCompressSync(feed)],
    ['deflate', deflateSync(feed)],
    ['deflate', deflateRawSync(feed)],
    ['zstd', zstdCompressSync(feed)],
    ['identity', Buffer.from(feed)],
    ['gzip, gzip', layers(2, Buffer.from(feed))],
    ['br, gzip', gzipSync(brotliCompressSync(feed))],
    ['', Buffer.concat([gzipSync(feed.slice(0, 40)), gzipSync(feed.slice(40))])],
  ])('in %s is read whole', async (encoding, body) => {
    const outcome = await encoded(encoding, body)
    expect(outcome.kind === 'fetched' && outcome.feed.items.length).toBe(3)
  })

  it('that is gzip without saying so is unpacked (A59)', async () => {
    const outcome = await fetchFrom((response) => response.end(gzipSync(feed)))
    expect(outcome.kind === 'fetched' && outcome.feed.items.length).toBe(3)
  })

  it('that says gzip and is plain is read as it is (A59)', async () => {
    expect((await encoded('gzip', Buffer.from(feed))).kind).toBe('fetched')
  })

  it.each([
    ['br', Buffer.from(feed)],
    ['compress', Buffer.from(feed)],
    ['constructor', Buffer.from(feed)],
    ['gzip', Buffer.concat([gzipSync(feed).subarray(0, 20), Buffer.alloc(50, 7)])],
    ['gzip', gzipSync(feed).subarray(0, -12)],
    ['br', brotliCompressSync(feed).subarray(0, -3)],
    ['zstd', zstdCompressSync(feed).subarray(0, -3)],
    ['gzip, gzip, gzip', layers(3, Buffer.from(feed))],
  ])('broken under %s is an error and never half a feed (A45, A59, B14)', async (encoding, body) => {
    expect(await encoded(encoding, body)).toMatchObject({
      kind: 'failed',
      reason: 'bad-encoding',
      status: 200,
    })
  })

  it('of no bytes is an error (A43)', async () => {
    const outcome = await fetchFrom((response) => response.writeHead(200, { etag: '"e"' }).end())
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'empty-body' })
    expect(await fetchFrom((response) => response.writeHead(204).end())).toMatchObject({
      reason: 'empty-body',
    })
  })

  it('shorter than announced is an error (A44)', async () => {
    const outcome = await fetchRaw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: "e"\r\n\r\n<rss></rss>')
    })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'short-body' })
    expect(outcome).not.toHaveProperty('validators')
  })

  it.each([
    ['between', Buffer.byteLength(feed)],
    ['inside', 10],
  ])('that breaks off %s chunks is an error', async (_where, size) => {
    const outcome = await fetchRaw((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${feed}\r\n`)
    })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'short-body' })
  })

  it('that is a page instead of a feed is an error of its own (A42)', async () => {
    const page = '<!doctype html><html><title>Sign in to Wi-Fi</title><p>Accept the terms</html>'
    expect(await fetchFrom((response) => response.end(page))).toMatchObject({
      reason: 'not-a-feed',
      status: 200,
    })
    const challenge = await fetchFrom((response) => {
      response.writeHead(403, { 'cf-mitigated': 'challenge' }).end(page)
    })
    expect(challenge).toMatchObject({ kind: 'failed', reason: 'not-a-feed', status: 403 })
  })
})

describe('a bomb', () => {
  const zeros = Buffer.alloc(64 * 1_048_576)

  it.each([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ['zstd', zstdCompressSync(zeros)],
    ['gzip, gzip', layers(2, zeros)],
    ['', gzipSync(zeros)],
  ])('in "%s" is stopped at the limit (B12, B13, B14)', async (encoding, body) => {
    const before = process.memoryUsage().rss
    const outcome = await encoded(encoding, body)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  it('of brotli is stopped far below the limit, for nothing honest shrinks so much (B13)', async () => {
    const small = brotliCompressSync(Buffer.alloc(4 * 1_048_576, 32))
    expect(await encoded('br', small)).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })

  it('is not what repeats one long text in every item', async () => {
    const item = rss('one').replace(
      '<title>',
      `<description>${'Terms apply. '.repeat(3_000)}</description><title>`,
    )
    const items = Array.from({ length: 60 }, () =>
      item.slice(item.indexOf('<item>'), item.indexOf('</channel>')),
    )
    const repetitive = rss(...[]).replace('</channel>', `${items.join('')}</channel>`)
    expect((await encoded('gzip', gzipSync(repetitive))).kind).toBe('fetched')
  })

  it('leaves a large honest feed alone', async () => {
    const large = rss(...Array.from({ length: 20_000 }, (_, index) => `Story ${index}`))
    expect((await encoded('br', brotliCompressSync(large))).kind).toBe('fetched')
  })
})

describe('a body without end', () => {
  it('is cut at the limit (B15)', async () => {
    const outcome = await fetchFrom(
      (response) => {
        const pour = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
          response.once('drain', pour)
        }
        pour()
      },
      { bodyBytesMax: 1_000_000 },
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })

  it('is refused at once when it announces its size', async () => {
    const outcome = await fetchRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>')
    })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })

  // Each drop would start a timer of idleness anew: that this ends at all shows a deadline of the whole.
  it('that drips ends at the deadline of the whole exchange (B16)', async () => {
    let drip: NodeJS.Timeout | undefined
    const outcome = await fetchFrom(
      (response) => {
        drip = setInterval(() => response.write('x'), 50)
      },
      { timeoutMs: 400 },
    )
    clearInterval(drip)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })
})

describe('response headers', () => {
  it('that drip end at the deadline (B17)', async () => {
    let drip: NodeJS.Timeout | undefined
    const outcome = await fetchRaw(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 50)
      },
      { timeoutMs: 400 },
    )
    clearInterval(drip)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })

  it('of 60 kB are an error (B18)', async () => {
    const outcome = await fetchRaw((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\nX-Huge: ${'x'.repeat(60_000)}\r\n\r\n${feed}`)
    })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })

  it('with many cookies are read or refused, and change nothing else (B18)', async () => {
    const cookies = (count: number) =>
      fetchFrom((response) => {
        response.writeHead(200, { 'set-cookie': Array(count).fill('a=1') }).end(feed)
      })
    expect((await cookies(500)).kind).toBe('fetched')
    expect(await cookies(1_500)).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })
})
