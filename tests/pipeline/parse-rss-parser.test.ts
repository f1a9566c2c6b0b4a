import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import RssParser from 'rss-parser'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type ReadContext, readFeed } from '../../src/pipeline/parse.ts'
import { strictCheck } from '../../src/pipeline/parse-rss-parser.ts'
import { escapeHtml } from '../../src/text/entities.ts'

/** The object through which rss-parser calls its own functions. */
const rssParserUtils: { getSnippet(html: string): string } = createRequire(import.meta.url)(
  'rss-parser/lib/utils.js',
)

const context: ReadContext = {
  url: 'https://courier.example/feed.xml',
  fetchedAt: Date.UTC(2026, 9, 14),
  pause: () => setImmediate(),
}

/** Words in several scripts, with what XML has to escape. */
const words = fc
  .array(fc.constantFrom('bridge', 'بغداد', 'می‌شود', 'Tom & Jerry', '1 < 2', 'é', '日本', '"quoted"', '😀'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.join(' '))
const entry = fc.record({
  title: words,
  link: fc.integer({ min: 1, max: 1e6 }).map((n) => `https://courier.example/news/${n}?a=1&b=${n}`),
  guid: fc.uuid(),
  seconds: fc.integer({ min: 1e9, max: 1.7e9 }),
  summary: words,
  category: words,
})
const entries = fc.array(entry, { minLength: 1, maxLength: 5 })
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never

function rss(list: readonly Entry[]): string {
  const items = list.map(
    ({
      title,
      link,
      guid,
      seconds,
      summary,
      category,
    }) => `<item><title>${escapeHtml(title)}</title><link>${escapeHtml(link)}</link>
     <guid isPermaLink="false">${guid}</guid><pubDate>${new Date(seconds * 1000).toUTCString()}</pubDate>
     <description><![CDATA[${escapeHtml(summary)}]]></description><category>${escapeHtml(category)}</category></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Courier</title><link>https://courier.example/</link>${items.join('')}</channel></rss>`
}

function atom(list: readonly Entry[]): string {
  const items = list.map(
    ({ title, link, guid, seconds, summary, category }) => `<entry><title>${escapeHtml(title)}</title>
     <link href="${escapeHtml(link)}"/><id>urn:uuid:${guid}</id><updated>${new Date(seconds * 1000).toISOString()}</updated>
     <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${escapeHtml(summary)}</div></content>
     <category term="${escapeHtml(category).replaceAll('"', '&quot;')}"/></entry>`,
  )
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>Courier</title>${items.join('')}</feed>`
}

describe('the two engines', () => {
  it.each([
    ['RSS', rss],
    ['Atom', atom],
  ] as const)('read a well-formed %s feed into the same items', async (_name, write) => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const [tolerant, strict] = await Promise.all([
          readFeed(write(list), context),
          readFeed(write(list), { ...context, engine: 'rss-parser' }),
        ])
        if (!tolerant.ok || !strict.ok) throw new Error('rejected')
        expect([tolerant.feed.engine, strict.feed.engine]).toEqual(['tolerant', 'rss-parser'])
        expect(strict.feed.items).toEqual(tolerant.feed.items)
      }),
      { numRuns: 40 },
    )
  })
  it('agree with what rss-parser itself says', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const oracle = await new RssParser().parseString(rss(list))
        const reading = await readFeed(rss(list), context)
        if (!reading.ok) throw new Error(reading.detail)
        const seen = reading.feed.items.map(({ title, url, guid, publishedAt }) => [
          title,
          url,
          guid,
          publishedAt,
        ])
        expect(seen).toEqual(
          oracle.items.map(({ title, link, guid, isoDate }) => [
            title,
            link,
            guid,
            Date.parse(isoDate ?? ''),
          ]),
        )
      }),
      { numRuns: 40 },
    )
  })
  it('give way to the tolerant one when a feed is too broken for rss-parser', async () => {
    const reading = await readFeed('<rss version="2.0"><channel><item><title>a & b</title></channel>', {
      ...context,
      engine: 'rss-parser',
    })
    expect(reading.ok && [reading.feed.engine, reading.feed.items[0]?.title]).toEqual(['tolerant', 'a & b'])
    expect(reading.ok && reading.feed.warnings).toContainEqual(
      expect.stringContaining('not readable by rss-parser'),
    )
  })
  it('give way to the tolerant one when a feed is too large for rss-parser, and say so', async () => {
    const gap = ' '.repeat(1_048_576)
    const body = `<rss version="2.0"><channel><item><title>a</title></item>${gap}</channel></rss>`
    const reading = await readFeed(body, { ...context, engine: 'rss-parser' })
    expect(reading.ok && reading.feed.engine).toBe('tolerant')
    expect(reading.ok && reading.feed.warnings).toEqual([
      expect.stringContaining('too large for rss-parser (1 MiB)'),
    ])
    const tolerant = await readFeed(body, context)
    expect(tolerant.ok && tolerant.feed.warnings).toEqual([])
  })
  it('take the elements of a feed for those that customFields says', async () => {
    const body = `<rss version="2.0" xmlns:x="urn:x"><channel><item><headline>Bridge opens</headline><x:Lead>At dawn</x:Lead><byline>Layla</byline></item></channel></rss>`
    const customFields = { headline: 'title', 'x:lead': 'description', byline: 'dc:creator' }
    const reading = await readFeed(body, { ...context, engine: 'rss-parser', customFields })
    expect(reading.ok && reading.feed.items).toMatchObject([
      { title: 'Bridge opens', summary: 'At dawn', authors: [{ name: 'Layla' }] },
    ])
    const plain = await readFeed(body, { ...context, engine: 'rss-parser' })
    expect(plain.ok && plain.feed.items[0]).not.toHaveProperty('title')
  })

  it('give a second opinion on entries in a namespace that nobody knows (rss-parser knows none)', async () => {
    const item = '<item xmlns="urn:cms:v2"><title>Bridge opens</title><link>https://a.example/1</link></item>'
    const reading = await readFeed(
      `<rss version="2.0"><channel><title>Post</title>${item}</channel></rss>`,
      context,
    )
    expect(reading.ok && [reading.feed.engine, reading.feed.title]).toEqual(['rss-parser', 'Post'])
    expect(reading.ok && reading.feed.items).toMatchObject([
      { title: 'Bridge opens', url: 'https://a.example/1' },
    ])
  })

  it('give a second opinion when a feed has more kinds of elements than the tolerant one remembers', async () => {
    const kinds = Array.from({ length: 10_001 }, (_, number) => `<n${number}/>`).join('')
    const item = '<item><title>Bridge opens</title></item>'
    const reading = await readFeed(`<rss version="2.0"><channel>${kinds}${item}</channel></rss>`, context)
    expect(reading.ok && [reading.feed.engine, reading.feed.items[0]?.title]).toEqual([
      'rss-parser',
      'Bridge opens',
    ])
  })

  it('give none on a feed that really is empty, nor on a page that talks of items', async () => {
    const empty = await readFeed('<rss version="2.0"><channel><title>Post</title></channel></rss>', context)
    expect(empty.ok && [empty.feed.engine, empty.feed.items.length]).toEqual(['tolerant', 0])
    expect(await readFeed('<html><body><item>no feed</item></body></html>', context)).toMatchObject({
      ok: false,
    })
  })

  it('never run the snippet code of rss-parser, whose work grows with the square of a hostile text', async () => {
    const snippet = vi.spyOn(rssParserUtils, 'getSnippet')
    onTestFinished(() => snippet.mockRestore())
    const body = (times: number) =>
      `<rss version="2.0"><channel><item><title>ok</title><description>${'x&lt;p'.repeat(times)}</description></item></channel></rss>`
    await new RssParser().parseString(body(1))
    expect(snippet).toHaveBeenCalledTimes(1)
    const reading = await readFeed(body(40_000), { ...context, engine: 'rss-parser' })
    expect(reading.ok && reading.feed.engine).toBe('rss-parser')
    expect(snippet).toHaveBeenCalledTimes(1)
  })
})

describe('the strict check', () => {
  it('passes a well-formed feed', async () => {
    expect(await strictCheck(rss([]))).toEqual({ ok: true })
  })
  it('names the line and column where the rules are broken', async () => {
    const found = await strictCheck('<rss version="2.0">\n<channel>\n<title>a</b></channel></rss>')
    expect(found).toEqual({ ok: false, line: 3, column: 12, message: 'Unexpected close tag' })
  })
  it('says that XML which is no feed is none', async () => {
    expect(await strictCheck('<svg/>')).toMatchObject({
      ok: false,
      line: 1,
      column: 1,
      message: expect.stringContaining('not recognized'),
    })
    expect(await strictCheck('no XML at all')).toMatchObject({ ok: false })
  })
})
