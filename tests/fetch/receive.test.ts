// What is read of an answer, and what becomes of its connection.
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, feedAt, now, openFetcher, rss, serve, serveRaw } from './server.ts'

afterEach(closeAll)

const page = Buffer.alloc(200_000, 'x')

/** Asks twice, one after the other; `connections` tells whether the first one was left fit for use. */
async function askTwice(answer: (response: ServerResponse) => void, etag?: string) {
  const server = await serve((_request, response) => answer(response))
  const feed = { ...feedAt(`${server.origin}/feed`), validators: etag === undefined ? {} : { etag } }
  const fetcher = openFetcher()
  const first = await fetcher.fetchFeed(feed, now)
  const second = await fetcher.fetchFeed(feed, now)
  return { first, second, connections: server.connections() }
}

describe('an answer', () => {
  it('of 304 may announce the length of the body it does not carry', async () => {
    const { first, second } = await askTwice(
      (response) => response.writeHead(304, { 'content-length': '200000' }).end(),
      '"e1"',
    )
    expect([first.kind, second.kind]).toEqual(['not-modified', 'not-modified'])
  })

  it('that refuses in a few words leaves its connection to the next request', async () => {
    const { second, connections } = await askTwice((response) => response.writeHead(500).end('out of order'))
    expect(second).toMatchObject({ kind: 'failed', reason: 'http-status', detail: 'HTTP 500' })
    expect(connections).toBe(1)
  })

  it.each([
    ['announced', { 'content-length': String(page.length) }],
    ['not announced', {}],
  ])('that refuses with a long page, %s, is hung up on, and its status counts', async (_, headers) => {
    const { first, second, connections } = await askTwice((response) =>
      response.writeHead(404, headers).end(page),
    )
    expect([first, second]).toMatchObject([{ reason: 'not-found' }, { reason: 'not-found' }])
    expect(connections).toBe(2)
  })

  it('may be preceded by hints, which are not the answer', async () => {
    const { first } = await askTwice((response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => response.end(rss('one')))
    })
    expect(first.kind === 'fetched' && first.feed.items.length).toBe(1)
  })

  it('has not begun with hints before it: a connection that closes then was reset', async () => {
    const server = await serveRaw(
      (socket) => void socket.end('HTTP/1.1 103 Early Hints\r\nLink: </s>\r\n\r\n'),
    )
    const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}/feed`), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'reset' })
  })

  it('that comes in many pieces is put together', async () => {
    const titles = Array.from({ length: 3_000 }, (_, number) => `Story ${number}`)
    const { first } = await askTwice((response) => {
      const body = rss(...titles)
      for (let at = 0; at < body.length; at += 10_000) response.write(body.slice(at, at + 10_000))
      response.end()
    })
    expect(first.kind === 'fetched' && first.feed.items.at(-1)?.title).toBe('Story 2999')
  })
})
