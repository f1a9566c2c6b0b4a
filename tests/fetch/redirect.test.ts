// A48-A54: where redirects lead, what is kept of them, and what is not carried along.
import type { IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { movedTo, nextHop } from '../../src/fetch/redirect.ts'
import { targetOf } from '../../src/fetch/target.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import type { FeedSettings } from '../../src/model/source.ts'
import { closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

type Step = readonly [status: number, location?: string]

/** Fetches /a from a server that redirects as told; any other path is a feed. */
async function follow(steps: Readonly<Record<string, Step>>, settings: Partial<FeedSettings> = {}) {
  const server = await serve((request, response) => {
    const step = steps[request.url ?? '']
    if (step === undefined) return response.end(rss('one'))
    const [status, location] = step
    return response.writeHead(status, location === undefined ? {} : { location }).end()
  })
  const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}/a`, settings), now)
  return { server, outcome, paths: server.requests.map(({ url }) => url) }
}

function movedPath(outcome: FetchOutcome): string | undefined {
  return outcome.kind === 'fetched' && outcome.movedTo !== undefined
    ? new URL(outcome.movedTo).pathname
    : undefined
}

describe('a redirect', () => {
  it.each([301, 308])('of status %d is for good: the feed has moved (A48)', async (status) => {
    const { outcome, paths } = await follow({ '/a': [status, '/b'] })
    expect([outcome.kind, movedPath(outcome), paths]).toEqual(['fetched', '/b', ['/a', '/b']])
  })

  it.each([302, 303, 307])('of status %d is for today (A49)', async (status) => {
    const { outcome, paths } = await follow({ '/a': [status, '/b'] })
    expect([outcome.kind, movedPath(outcome), paths]).toEqual(['fetched', undefined, ['/a', '/b']])
  })

  it('for good that meets one for today moves nothing (A50)', async () => {
    const { outcome } = await follow({ '/a': [301, '/b'], '/b': [302, '/c'] })
    expect([outcome.kind, movedPath(outcome)]).toEqual(['fetched', undefined])
  })

  it('to a page that is no feed moves nothing', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/login' }).end()
      else response.end('<!doctype html><title>Welcome to the hotel</title>')
    })
    const outcome = await openFetcher().fetchFeed(feedAt(`${server.origin}/a`), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'not-a-feed' })
    expect(outcome).not.toHaveProperty('movedTo')
  })

  it('is seen again when the feed behind it has not changed', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/b' }).end()
      else response.end(rss('one'))
    })
    const { fetchFeed } = openFetcher()
    const feed = feedAt(`${server.origin}/a`)
    const first = await fetchFeed(feed, now)
    const bodyHash = first.kind === 'fetched' ? first.bodyHash : ''
    const second = await fetchFeed({ ...feed, bodyHash }, now)
    expect(second).toMatchObject({ because: 'same-body', movedTo: `${server.origin}/b` })
  })

  it.each([
    ['to itself', { '/a': [301, '/a'] }, 'a redirect loop', 1],
    ['in a circle', { '/a': [301, '/b'], '/b': [302, '/a'] }, 'a redirect loop', 2],
    ['without Location', { '/a': [301] }, 'a redirect without Location', 1],
    [
      'to a script',
      { '/a': [301, 'javascript:alert(1)'] },
      'a redirect to something that is not http or https',
      1,
    ],
    [
      'to a file',
      { '/a': [302, 'file:///etc/passwd'] },
      'a redirect to something that is not http or https',
      1,
    ],
    ['to nonsense', { '/a': [302, 'http://['] }, 'a redirect to something that is not http or https', 1],
  ] as const)('%s is an error (A51)', async (_name, steps, detail, requests) => {
    const { outcome, paths } = await follow(steps)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'bad-redirect', detail })
    expect(paths).toHaveLength(requests)
  })

  it('is followed five times and no more (A51)', async () => {
    const chain = (hops: number) =>
      Object.fromEntries(
        Array.from({ length: hops }, (_, hop): [string, Step] => [
          hop === 0 ? '/a' : `/${hop}`,
          [302, `/${hop + 1}`],
        ]),
      )
    expect((await follow(chain(5))).outcome.kind).toBe('fetched')
    const { outcome, paths } = await follow(chain(6))
    expect([outcome.kind, paths.length]).toEqual(['failed', 6])
  })

  it('from https to http is refused unless allowed, and never kept (A53)', () => {
    const from = targetOf('https://post.example/feed')
    if (from === undefined) throw new Error('the URL above is one')
    const headers = { location: 'http://post.example/feed' }
    expect(nextHop(from, 301, headers, [], false)).toMatchObject({
      ok: false,
      detail: 'a redirect from https to http',
    })
    expect(nextHop(from, 301, headers, [], true)).toMatchObject({ ok: true })
  })

  it('keeps no URL at the end of a way that fell back to http (A53)', () => {
    const down = { from: 'https://post.example/a', to: 'http://post.example/b', permanent: true }
    const up = { from: 'http://post.example/b', to: 'https://post.example/c', permanent: true }
    expect([movedTo([down]), movedTo([down, up]), movedTo([up]), movedTo([])]).toEqual([
      undefined,
      undefined,
      'https://post.example/c',
      undefined,
    ])
  })

  it('behind a temporary redirect, a 410 does not end the feed', async () => {
    const temporary = await follow({ '/a': [302, '/b'], '/b': [410] })
    expect(temporary.outcome).toMatchObject({ kind: 'failed', reason: 'http-status', status: 410 })
    const permanent = await follow({ '/a': [301, '/b'], '/b': [410] })
    expect(permanent.outcome).toMatchObject({ kind: 'gone' })
  })

  it('may carry raw UTF-8 in its Location', async () => {
    const { server, outcome } = await follow({ '/a': [302, Buffer.from('/خبر').toString('latin1')] })
    expect(outcome.kind).toBe('fetched')
    expect(decodeURI(server.requests[1]?.url ?? '')).toBe('/خبر')
  })
})

describe('across origins', () => {
  const secrets = { Authorization: 'Bearer key', Cookie: 'id=1', 'X-Key': 'k', 'User-Agent': 'Custom/1' }

  function sent(request: IncomingMessage | undefined) {
    const { authorization, cookie, 'x-key': key, 'user-agent': agent } = request?.headers ?? {}
    return [authorization, cookie, key, agent]
  }

  it('configured headers stay at home, save the User-Agent (A52)', async () => {
    const abroad = await serve((_request, response) => response.end(rss('one')))
    const home = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else response.writeHead(302, { location: `${abroad.origin}/c` }).end()
    })
    const outcome = await openFetcher().fetchFeed(feedAt(`${home.origin}/a`, { headers: secrets }), now)
    expect(outcome.kind).toBe('fetched')
    expect(sent(home.requests[0])).toEqual(['Bearer key', 'id=1', 'k', 'Custom/1'])
    expect(sent(home.requests[1])).toEqual(['Bearer key', 'id=1', 'k', 'Custom/1'])
    expect(sent(abroad.requests[0])).toEqual([undefined, undefined, undefined, 'Custom/1'])
  })

  it('a password in the URL goes to its own origin only, and into no outcome (A52, B44)', async () => {
    const abroad = await serve((_request, response) => response.end(rss('one')))
    const home = await serve((_request, response) => {
      response.writeHead(301, { location: abroad.origin.replace('//', '//eve:pw2@') }).end()
    })
    const url = `${home.origin.replace('//', '//reader:s%40fe@')}/feed`
    const outcome = await openFetcher().fetchFeed(feedAt(url), now)
    expect(home.requests[0]?.headers.authorization).toBe(`Basic ${btoa('reader:s@fe')}`)
    expect(abroad.requests[0]?.headers.authorization).toBe(`Basic ${btoa('eve:pw2')}`)
    expect(outcome).toMatchObject({ url: `${abroad.origin}/`, movedTo: `${abroad.origin}/` })
  })
})
