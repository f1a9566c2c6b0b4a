// A55-A58: how we introduce ourselves, and that a URL is asked for as it was written.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { targetOf } from '../../src/fetch/target.ts'
import { closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

describe('a request', () => {
  it('says who we are on every hop and what we can read, and nothing else about us (A55, A56, A58)', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/feed') response.writeHead(302, { location: '/b', 'set-cookie': 'id=1' }).end()
      else response.writeHead(200, { 'set-cookie': 'id=2' }).end(rss('one'))
    })
    const { fetchFeed } = openFetcher()
    await fetchFeed(feedAt(`${server.origin}/feed`), now)
    await fetchFeed(feedAt(`${server.origin}/feed`), now)
    expect(server.requests).toHaveLength(4)
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toBe('Presslark/test (+https://presslark.example/bot)')
      expect(headers['accept']).toMatch(
        /atom\+xml.*rss\+xml.*rdf\+xml.*feed\+json.*application\/xml.*\*\/\*;q=/,
      )
      expect(headers['accept-encoding']).toMatch(/^gzip, br(?:, zstd)?$/)
      expect([headers.cookie, headers.referer]).toEqual([undefined, undefined])
    }
  })

  it('carries the headers of its feed, but never those that frame the message (A55)', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const headers = {
      ACCEPT: 'text/plain',
      Host: 'other.example',
      'Content-Length': '5',
      Connection: 'close',
    }
    const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}/feed`, { headers }), now)
    expect(outcome.kind).toBe('fetched')
    const sent = server.requests[0]?.headers
    expect([sent?.accept, sent?.host, sent?.['content-length']]).toEqual([
      'text/plain',
      new URL(server.origin).host,
      undefined,
    ])
  })

  it('with a header that cannot be sent is a failure, not a crash', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const headers = { 'X-Key': 'a\r\nInjected: yes' }
    const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}/feed`, { headers }), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'connect' })
    expect(server.requests).toHaveLength(0)
  })

  it.each([
    ['?b=2&a=1', '/?b=2&a=1'],
    ['/a?b=2&a=1', '/a?b=2&a=1'],
    ['/feed/', '/feed/'],
    ['/A%2Fb%2fc', '/A%2Fb%2fc'],
    ['/UPPER/../x/./y', '/UPPER/../x/./y'],
    ['//double', '//double'],
    ['/feed#top', '/feed'],
    ['/q?a="x"|{y}', '/q?a="x"|{y}'],
    ["/it's?x='", "/it's?x='"],
    ['/50%', '/50%'],
    ['/a%zz?%', '/a%zz?%'],
    ['', '/'],
    ['/خبر', '/%D8%AE%D8%A8%D8%B1'],
    ['/two words', '/two%20words'],
  ])('asks for %j as written: %s (A57)', async (written, sent) => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}${written}`), now)
    expect([outcome.kind, server.requests[0]?.url]).toEqual(['fetched', sent])
  })
})

describe('the target of a URL', () => {
  it('dials the host that the URL parser sees, whatever the text', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', '/', '\\', '@', ':', '?', '#', '.', '%', ' ', '\t', 'é'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(part, part, (before, after) => {
        const text = `http://${before}post.example${after}`
        const target = targetOf(text)
        expect(target?.origin).toBe(URL.parse(text)?.origin)
        if (target === undefined) return
        expect(target.path).toMatch(/^\/[\x21-\x7e]*$/)
        expect(URL.parse(target.url)?.origin).toBe(target.origin)
        expect(URL.parse(target.url)?.href).toBe(
          (URL.parse(text)?.href ?? '').replace(/#.*$/, '').replace(/^http:\/\/[^/?#@]*@/, 'http://'),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('is nothing for what is not http', () => {
    for (const text of ['ftp://post.example/', 'post.example', '', 'http://', 'feed:http://post.example/']) {
      expect(targetOf(text)).toBeUndefined()
    }
  })
})
