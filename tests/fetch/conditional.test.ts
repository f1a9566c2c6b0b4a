// A01-A14: validators go back byte for byte, to the URL that sent them, and are kept only with a parsed feed.
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { afterwards, closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

type Scripted = { status?: number; headers?: OutgoingHttpHeaders; body?: string }

/** Polls one feed once for each scripted answer; what an outcome leaves behind goes into the next poll. */
async function poll(
  ...answers: readonly Scripted[]
): Promise<{ requests: readonly IncomingMessage[]; outcomes: readonly FetchOutcome[] }> {
  const server = await serve((_request, response) => {
    const { status = 200, headers = {}, body = rss('one') } = answers[server.requests.length - 1] ?? {}
    response.writeHead(status, headers).end(status === 304 ? undefined : body)
  })
  const { fetchFeed } = openFetcher()
  const outcomes: FetchOutcome[] = []
  let feed = feedAt(`${server.origin}/feed`)
  for (const _answer of answers) {
    const outcome = await fetchFeed(feed, now)
    outcomes.push(outcome)
    feed = afterwards(feed, outcome)
  }
  return { requests: server.requests, outcomes }
}

function conditions(request: IncomingMessage | undefined): readonly (string | undefined)[] {
  return [request?.headers['if-none-match'], request?.headers['if-modified-since']]
}

const lastModified = 'Sat, 02 Jan 2027 10:00:00 GMT'

describe('conditional requests', () => {
  it('asks without conditions the first time and returns both validators the second (A01, A02)', async () => {
    const headers = { etag: '"e1"', 'last-modified': lastModified }
    const { requests, outcomes } = await poll({ headers }, { status: 304 })
    expect(conditions(requests[0])).toEqual([undefined, undefined])
    expect(conditions(requests[1])).toEqual(['"e1"', lastModified])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['fetched', 'not-modified'])
    expect(outcomes[1]).toMatchObject({ because: 'status-304', validators: { etag: '"e1"', lastModified } })
  })

  it.each([
    [{ etag: '"e1"' }, ['"e1"', undefined]],
    [{ 'last-modified': lastModified }, [undefined, lastModified]],
    [{}, [undefined, undefined]],
  ])('sends back only what it received: %j (A03)', async (headers, expected) => {
    const { requests } = await poll({ headers }, {})
    expect(conditions(requests[1])).toEqual(expected)
  })

  it.each(['W/"a,b"', 'abc', '"x-gzip"', '""', '"caf\u00e9"', "'q'"])(
    'treats the ETag %s as opaque (A04)',
    async (etag) => {
      const { requests } = await poll({ headers: { etag, 'last-modified': 'yesterday' } }, {})
      expect(conditions(requests[1])).toEqual([etag, 'yesterday'])
    },
  )

  it('replaces the ETag when only the ETag changed (A05)', async () => {
    const { requests } = await poll(
      { headers: { etag: '"e1"', 'last-modified': lastModified } },
      { headers: { etag: '"e2"', 'last-modified': lastModified }, body: rss('two') },
      {},
    )
    expect(conditions(requests[2])).toEqual(['"e2"', lastModified])
  })

  it('keeps the new validators of an unchanged body (A06)', async () => {
    const { requests, outcomes } = await poll(
      { headers: { etag: '"e1"', 'last-modified': lastModified } },
      { headers: { etag: '"e2"', 'last-modified': 'Sun, 03 Jan 2027 10:00:00 GMT' } },
      {},
    )
    expect(outcomes[1]).toMatchObject({ kind: 'not-modified', because: 'same-body' })
    expect(conditions(requests[2])).toEqual(['"e2"', 'Sun, 03 Jan 2027 10:00:00 GMT'])
  })

  it('merges the validators of a 304 into the old ones (A07)', async () => {
    const first = { headers: { etag: '"e1"', 'last-modified': lastModified } }
    const { requests } = await poll(first, { status: 304, headers: { etag: '"e2"' } }, {})
    expect(conditions(requests[2])).toEqual(['"e2"', lastModified])
  })

  it.each([
    ['a new body', rss('two')],
    ['the same body', rss('one')],
  ])('forgets validators that vanish with %s (A08)', async (_name, body) => {
    const { requests } = await poll({ headers: { etag: '"e1"' } }, { body }, {})
    expect(conditions(requests[1])).toEqual(['"e1"', undefined])
    expect(conditions(requests[2])).toEqual([undefined, undefined])
  })

  it('keeps no validators of a body that was no feed, and reads the repaired one (A09)', async () => {
    const headers = { etag: '"e1"' }
    const { requests, outcomes } = await poll({ headers, body: 'Fatal error: out of memory' }, { headers })
    expect(outcomes[0]).toMatchObject({ kind: 'failed', reason: 'not-a-feed', status: 200 })
    expect(outcomes[0]).not.toHaveProperty('validators')
    expect(conditions(requests[1])).toEqual([undefined, undefined])
    expect(outcomes[1]).toMatchObject({ kind: 'fetched', validators: { etag: '"e1"' } })
  })

  it('calls a 304 to an unconditional request an error (A11)', async () => {
    const { requests, outcomes } = await poll({ status: 304 }, { status: 304 })
    expect(outcomes[1]).toMatchObject({ kind: 'failed', reason: 'unexpected-not-modified', status: 304 })
    expect(conditions(requests[1])).toEqual([undefined, undefined])
  })

  it('stays conditional for ten days of hourly polls (A14)', async () => {
    const unchanged = Array.from({ length: 240 }, () => ({ status: 304 }))
    const { requests } = await poll({ headers: { etag: '"e1"' } }, ...unchanged)
    expect(requests).toHaveLength(241)
    expect(requests.slice(1).filter((request) => conditions(request)[0] !== '"e1"')).toEqual([])
  })

  it('asks the host exactly once, and for nothing but the feed (A28)', async () => {
    const { requests } = await poll({ body: rss('one').replace('</channel>', '<link>/</link></channel>') })
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /feed'])
  })

  it('fetches a feed that robots.txt disallows, for a person asked for it, and never asks for robots.txt (A62)', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /feed\nDisallow: /article\n')
      else response.end(rss('one'))
    })
    expect((await openFetcher().fetchFeed(feedAt(`${server.origin}/feed`), now)).kind).toBe('fetched')
    expect(server.requests.map(({ url }) => url)).toEqual(['/feed'])
  })

  it('sends no validators to the URL a feed moved to (A12)', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/b') response.writeHead(200, { etag: '"b"' }).end(rss('one'))
      else if (server.requests.length === 1) response.writeHead(200, { etag: '"a"' }).end(rss('one'))
      else response.writeHead(301, { location: '/b' }).end()
    })
    const { fetchFeed } = openFetcher()
    const feed = feedAt(`${server.origin}/a`)
    const second = afterwards(feed, await fetchFeed(feed, now))
    await fetchFeed(second, now)
    expect(server.requests.map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
      ['/a', undefined],
      ['/a', '"a"'],
      ['/b', undefined],
    ])
  })

  it('returns validators through a redirect to the URL that sent them', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else if (request.headers['if-none-match'] === '"b"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"b"' }).end(rss('one'))
    })
    const { fetchFeed } = openFetcher()
    const feed = feedAt(`${server.origin}/a`)
    const second = afterwards(feed, await fetchFeed(feed, now))
    expect(await fetchFeed(second, now)).toMatchObject({ kind: 'not-modified', because: 'status-304' })
    expect(server.requests[2]?.headers['if-none-match']).toBeUndefined()
  })
})
