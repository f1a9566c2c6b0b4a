// B19-B25: bodies made to hurt whoever reads them, sent by a real server. What is measured is what they leave, not time.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { openWebDesk, sourceOf, start } from '../jobs/web-desk.ts'
import { closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

const channel = (inside: string, doctype = '') =>
  `<?xml version="1.0"?>${doctype}<rss version="2.0"><channel><title>Post</title>${inside}</channel></rss>`
const item = (inside: string) => `<item><title>Bridge</title>${inside}</item>`

async function fetchBody(body: string | Uint8Array): Promise<FetchOutcome> {
  const server = await serve((_request, response) => response.end(body))
  return openFetcher().fetchFeed(feedAt(`${server.origin}/feed`), now)
}

function textOf(outcome: FetchOutcome): string {
  return outcome.kind === 'fetched' ? JSON.stringify(outcome.feed) : outcome.kind
}

describe('entities', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')

  it('of a billion laughs are not expanded (B19)', async () => {
    const doctype = `<!DOCTYPE rss [<!ENTITY l0 "lol">${laughs}]>`
    const outcome = await fetchBody(channel(item('<description>&l9;</description>'), doctype))
    expect(outcome.kind).toBe('fetched')
    expect(textOf(outcome).length).toBeLessThan(2_000)
  })

  it('that are long and used often are not multiplied (B19)', async () => {
    const doctype = `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(60)}">]>`
    const outcome = await fetchBody(
      channel(item(`<description>${'&a;'.repeat(50_000)}</description>`), doctype),
    )
    expect(textOf(outcome).length).toBeLessThan(1_500_000) // less than ten times the body
  })

  it('from outside are neither read nor asked for (B20)', async () => {
    const secret = join(mkdtempSync(join(tmpdir(), 'presslark-secret-')), 'secret.txt')
    writeFileSync(secret, 'top secret')
    const bait = await serve((_request, response) => response.end('<!ENTITY a "baited">'))
    const doctype = `<!DOCTYPE rss SYSTEM "${bait.origin}/dtd" [<!ENTITY file SYSTEM "file://${secret}">
      <!ENTITY web SYSTEM "${bait.origin}/web"><!ENTITY % p SYSTEM "${bait.origin}/p"> %p;]>`
    const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${secret}" parse="text"/>`
    const outcome = await fetchBody(
      channel(item(`<description>&file; &web; ${include}</description>`), doctype),
    )
    expect(existsSync(secret)).toBe(true)
    expect(outcome.kind).toBe('fetched')
    expect(textOf(outcome)).not.toMatch(/top secret|baited/)
    expect(bait.requests).toHaveLength(0)
  })
})

describe('a body', () => {
  it.each([10_000, 100_000])(
    'with %d elements in one another ends as a feed or an error (B21)',
    async (depth) => {
      const nested = '<div>'.repeat(depth) + '</div>'.repeat(depth)
      for (const body of [channel(item(`<description>${nested}</description>`)), nested, channel(nested)])
        expect(['fetched', 'failed']).toContain((await fetchBody(body)).kind)
    },
  )

  it.each([
    ['attribute', (text: string) => channel(item(`<link x="${text}"/>`))],
    ['comment', (text: string) => channel(`<!--${text}-->${item('')}`)],
  ])('with an %s of 20 MB is refused by its size (B22)', async (_, make) => {
    const outcome = await fetchBody(make('x'.repeat(20_000_000)))
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })

  it('of 200,000 entries gives the first 5,000, counts the others, and lets other feeds be fetched meanwhile (B23)', async () => {
    const entries = Array.from({ length: 200_000 }, (_, n) => `<item><guid>${n}</guid></item>`).join('')
    const large = await serve((_request, response) => response.end(channel(entries)))
    const small = await serve((_request, response) => response.end(rss('one')))
    const { fetchFeed } = openFetcher()
    const ended: string[] = []
    const fetchFrom = async (origin: string, name: string) => {
      const outcome = await fetchFeed(feedAt(`${origin}/feed`), now)
      ended.push(name)
      return outcome
    }
    const [outcome] = await Promise.all([fetchFrom(large.origin, 'large'), fetchFrom(small.origin, 'small')])
    expect(ended).toEqual(['small', 'large'])
    if (outcome.kind !== 'fetched') throw new Error(outcome.kind)
    expect(outcome.feed.items).toHaveLength(5_000)
    expect(outcome.feed.warnings).toEqual(['entries left out beyond the first 5000: 195000'])
  })

  it('with the names of JavaScript as its own changes nothing but its items (B24)', async () => {
    const names = '<__proto__><polluted>1</polluted></__proto__><constructor><prototype/></constructor>'
    const xml = await fetchBody(channel(item(`${names}<category __proto__="polluted">a</category>`)))
    const json = await fetchBody(
      '{"version":"https://jsonfeed.org/version/1.1","title":"J","__proto__":{"polluted":1},"items":[{"id":"1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}',
    )
    expect([xml.kind, json.kind]).toEqual(['fetched', 'fetched'])
    expect('polluted' in {}).toBe(false)
    for (const outcome of [xml, json]) expect(textOf(outcome)).not.toContain('__proto__')
  })

  it('with control characters and halves of characters is kept, found and shown without them (B25)', async () => {
    const title = 'Bridge\u0000 opens \u001b[31mred\u001b[0m \u0085 &#0; &#x1b; &#xd800; \u202egnirts'
    const server = await serve((_request, response) =>
      response.end(Buffer.from(channel(`<item><guid>1</guid><title>${title}</title></item>`), 'utf8')),
    )
    const { round, store } = openWebDesk([sourceOf('post', `${server.origin}/feed`)])
    await round(start)
    const [hit] = store.search.search('bridge', { limit: 1 })
    expect(hit?.title).toMatch(/^Bridge opens/)
    expect(hit?.title).not.toMatch(/[\0-\x1f\x7f-\x9f]|[\ud800-\udfff]/)
    expect(store.integrity()).toBe('ok')
  })
})
