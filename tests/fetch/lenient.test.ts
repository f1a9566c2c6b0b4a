// Servers that break the letter of HTTP in ways every browser forgives still bring their news.
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, feedAt, now, openFetcher, rss, serveRaw } from './server.ts'

afterEach(closeAll)

const feed = rss('one')

async function fetchRaw(head: string, body: string, bodyBytesMax = 10_000_000) {
  const server = await serveRaw((socket) => socket.end(Buffer.from(`${head}${body}`, 'latin1')))
  const outcome = await openFetcher({ bodyBytesMax }).fetchFeed(feedAt(`${server.origin}/feed`), now)
  return { outcome, connections: server.connections() }
}

describe('a response', () => {
  it('with bare line feeds is read on a second try', async () => {
    const head = `HTTP/1.1 200 OK\nETag: "e"\nContent-Length: ${feed.length}\n\n`
    const { outcome, connections } = await fetchRaw(head, feed)
    expect(outcome).toMatchObject({ kind: 'fetched', validators: { etag: '"e"' } })
    expect(connections).toBe(2)
  })

  it('with a control character in a header is read on a second try', async () => {
    const { outcome } = await fetchRaw(
      `HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\nContent-Length: ${feed.length}\r\n\r\n`,
      feed,
    )
    expect(outcome.kind).toBe('fetched')
  })

  it('with bare line feeds still obeys every limit', async () => {
    const short = await fetchRaw('HTTP/1.1 200 OK\nContent-Length: 1000\n\n', feed)
    expect(short.outcome).toMatchObject({ kind: 'failed', reason: 'short-body' })
    const large = await fetchRaw('HTTP/1.1 200 OK\nConnection: close\n\n', 'x'.repeat(200_000), 100_000)
    expect(large.outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
    const endless = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\n\n')
      const pour = () => {
        while (!socket.destroyed && socket.write('x'.repeat(65_536)));
        socket.once('drain', pour)
      }
      pour()
    })
    const cut = await openFetcher({ bodyBytesMax: 1_000_000 }).fetchFeed(feedAt(endless.origin), now)
    expect(cut).toMatchObject({ kind: 'failed', reason: 'too-large' })
    const refused = await fetchRaw('HTTP/1.1 404 Not Found\nContent-Length: 0\n\n', '')
    expect(refused.outcome).toMatchObject({ kind: 'failed', reason: 'not-found' })
  })

  it('that is no HTTP at all stays a failure', async () => {
    expect((await fetchRaw('ICY 200 OK\r\n\r\n', feed)).outcome).toMatchObject({
      kind: 'failed',
      reason: 'reset',
    })
  })

  it('does not open the inside to the second try, whose name has turned', async () => {
    const outside = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\nContent-Length: 0\n\n'))
    let calls = 0
    const lookup = async () => [{ address: calls++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
    const outcome = await openFetcher({ lookup }).fetchFeed(
      feedAt(`http://post.example:${outside.port}/`),
      now,
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'address-not-allowed' })
    expect([calls, outside.connections()]).toEqual([2, 1])
  })
})

it('ends at the deadline in the middle of a second try', async () => {
  const server = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\nContent-Length: 1000\n\n<rss>'))
  const outcome = await openFetcher({ timeoutMs: 300 }).fetchFeed(feedAt(`${server.origin}/feed`), now)
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
})
