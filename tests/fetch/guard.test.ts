// B02-B11: nothing that is asked for from outside reaches the inside. The listener on loopback must hear nothing.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { ResolvedAddress } from '../../src/fetch/guard.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { closeAll, feedAt, now, openFetcher, publicHost, rss, serve } from './server.ts'

afterEach(closeAll)

const listed: { readonly urls: readonly { readonly url: string }[] } = JSON.parse(
  readFileSync(new URL('../fixtures/fetch/ssrf-urls.json', import.meta.url), 'utf8'),
)
// More spellings of loopback, unspecified, mapped, translated and private addresses.
const spellings = [
  ...listed.urls.map(({ url }) => url),
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://0x7f000001:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST.:PORT/',
  'http://printer.local:PORT/',
  'http://metadata.google.internal:PORT/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
  'http://[64:ff9b::7f00:1]:PORT/',
  'http://0:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://127。0。0。1:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'HTTP:\\\\127.0.0.1:PORT\\',
  'http:127.0.0.1:PORT/',
  'http://@127.0.0.1:PORT/',
  `http://${publicHost}@127.0.0.1:PORT/`,
  'ftp://127.0.0.1:PORT/',
  'gopher://127.0.0.1:PORT/',
  'data:text/xml,<rss/>',
  'not a url',
  '',
]

async function inside() {
  return serve((_request, response) => response.end(rss('secret')), '127.0.0.1')
}

function detailOf(outcome: FetchOutcome): string {
  return outcome.kind === 'failed' ? outcome.detail : outcome.kind
}

/** A resolver that gives these answers, one a call. */
function resolver(...answers: readonly (readonly string[])[]) {
  let calls = 0
  return async (): Promise<readonly ResolvedAddress[]> => {
    const addresses = answers[Math.min(calls++, answers.length - 1)] ?? []
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
}

describe('an address inside', () => {
  it('is refused in every spelling (B02, B10)', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher()
    for (const spelling of spellings) {
      const outcome = await fetchFeed(feedAt(spelling.replace('PORT', String(listener.port))), now)
      expect([spelling, outcome.kind]).toEqual([spelling, 'failed'])
    }
    expect(listener.connections()).toBe(0)
  })

  it('is refused in every spelling behind a redirect (B06)', async () => {
    const listener = await inside()
    const urls = spellings.filter((spelling) => spelling !== '' && spelling !== 'not a url') // those lead to the outside again
    const outside = await serve((request, response) => {
      const location = urls[Number(request.url?.slice(1))]?.replace('PORT', String(listener.port))
      response.writeHead(302, { location: encodeURI(location ?? '').replaceAll('%25', '%') }).end()
    })
    const { fetchFeed } = openFetcher()
    for (const index of urls.keys()) {
      const outcome = await fetchFeed(feedAt(`${outside.origin}/${index}`), now)
      expect([urls[index], outcome.kind]).toEqual([urls[index], 'failed'])
    }
    expect(listener.connections()).toBe(0)
  })

  it('is refused under any name (B03)', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher({ lookup: resolver(['127.0.0.1']) })
    const outcome = await fetchFeed(feedAt(`http://feeds.example:${listener.port}/`), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'address-not-allowed' })
    expect(listener.connections()).toBe(0)
  })

  it('makes the whole name refused when it stands beside a public one (B04)', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher({ lookup: resolver([publicHost, '127.0.0.1']) })
    const outcome = await fetchFeed(feedAt(`http://feeds.example:${listener.port}/`), now)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'address-not-allowed' })
    expect(listener.connections()).toBe(0)
  })

  it('is refused when a name turns to it after its first answer (B05)', async () => {
    const listener = await inside()
    const outside = await serve((_request, response) => response.end(rss('public')))
    const lookup = resolver([publicHost], ['127.0.0.1'])
    const { fetchFeed } = openFetcher({ lookup })
    const first = await fetchFeed(feedAt(`http://feeds.example:${outside.port}/`), now)
    const second = await fetchFeed(feedAt(`http://feeds.example:${listener.port}/`), now)
    expect([first.kind, detailOf(second)]).toEqual(['fetched', 'address not allowed'])
    expect(listener.connections()).toBe(0)
  })

  it('is refused when it turns up at the far end of a line that was checked (B05)', async () => {
    const outside = await serve((_request, response) => response.end(rss('public')))
    let asked = 0
    const turning = () => (asked++ === 0 ? 'public' : 'never')
    const { fetchFeed } = openFetcher({ lookup: resolver([publicHost]), addressKind: turning })
    const outcome = await fetchFeed(feedAt(`http://feeds.example:${outside.port}/`), now)
    expect([detailOf(outcome), asked]).toEqual(['address not allowed', 2])
    expect(outside.requests).toHaveLength(0)
  })

  it('is refused in the same words whether something listens or not (B11)', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher()
    const open = await fetchFeed(feedAt(`http://127.0.0.1:${listener.port}/`), now)
    await listener.close()
    const shut = await fetchFeed(feedAt(`http://127.0.0.1:${listener.port}/`), now)
    expect([detailOf(open), detailOf(shut)]).toEqual(['address not allowed', 'address not allowed'])
  })

  it('is refused to every other use of the door (B07)', async () => {
    const listener = await inside()
    const { request, send } = openFetcher()
    const post = await request({ url: `${listener.origin}/hook`, method: 'POST', body: '{}' })
    expect(post).toMatchObject({ ok: false, reason: 'address-not-allowed' })
    await expect(send({ url: `${listener.origin}/hook`, method: 'POST', body: '{}' })).rejects.toMatchObject({
      code: 'address-not-allowed',
    })
    expect(listener.connections()).toBe(0)
  })
})

describe('a port', () => {
  it.each([22, 25, 993, 1023])('of another service, %d, is not spoken to (B10)', async (port) => {
    const { fetchFeed } = openFetcher()
    expect(detailOf(await fetchFeed(feedAt(`http://${publicHost}:${port}/`), now))).toBe(
      'address not allowed',
    )
  })

  it.each([80, 443])('of the web, %d, is', async (port) => {
    const { fetchFeed } = openFetcher()
    expect(detailOf(await fetchFeed(feedAt(`http://${publicHost}:${port}/`), now))).not.toBe(
      'address not allowed',
    )
  })
})

describe('a feed that may be private', () => {
  it('reaches its own address and opens nothing for others (B09)', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher()
    const allowed = await fetchFeed(feedAt(`${listener.origin}/feed`, { allowPrivate: true }), now)
    expect(allowed.kind).toBe('fetched')
    // The connection above is still open: a feed without the permission must not ride on it.
    const refused = await fetchFeed(feedAt(`${listener.origin}/feed`), now)
    expect(detailOf(refused)).toBe('address not allowed')
    expect(listener.requests).toHaveLength(1)
  })

  it.each([
    'http://169.254.169.254/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://0.0.0.0/',
  ])('does not reach %s (B09)', async (url) => {
    const { fetchFeed } = openFetcher({ allowPrivate: true, timeoutMs: 500 })
    expect(detailOf(await fetchFeed(feedAt(url, { allowPrivate: true }), now))).toBe('address not allowed')
  })

  it('may be named by a private name', async () => {
    const listener = await inside()
    const { fetchFeed } = openFetcher({ lookup: resolver(['127.0.0.1']) })
    const feed = feedAt(`http://wiki.internal:${listener.port}/feed`, { allowPrivate: true })
    expect((await fetchFeed(feed, now)).kind).toBe('fetched')
  })
})
