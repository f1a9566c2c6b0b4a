import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'
import type { Item, NormalisedFeed } from '../../src/model/item.ts'
import { type ReadContext, readFeed } from '../../src/pipeline/parse.ts'
import { kind } from '../conformance/kind-feeds.ts'
import { type FeedCase, failuresOf } from '../conformance/score-feeds.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'feeds')
const cases = JSON.parse(readFileSync(join(fixtures, 'cases.json'), 'utf8')) as readonly FeedCase[]
const context: ReadContext = {
  url: 'https://courier.example/feed.xml',
  fetchedAt: Date.UTC(2026, 9, 14),
  pause: () => setImmediate(),
}

async function read(text: string, more: Partial<ReadContext> = {}): Promise<NormalisedFeed> {
  const reading = await readFeed(text, { ...context, ...more })
  if (!reading.ok) throw new Error(`rejected as ${reading.detail}`)
  return reading.feed
}

async function rejection(text: string): Promise<string> {
  const reading = await readFeed(text, context)
  return reading.ok ? 'a feed' : reading.detail
}

/** One item of an RSS feed with these elements. */
async function item(elements: string, more: Partial<ReadContext> = {}): Promise<Item> {
  const { items } = await read(
    `<rss version="2.0"><channel><title>T</title><item>${elements}</item></channel></rss>`,
    more,
  )
  if (items[0] === undefined) throw new Error('no item')
  return items[0]
}

/** One entry of an Atom feed with these elements. */
async function entry(elements: string): Promise<Item> {
  const { items } = await read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${elements}</entry></feed>`)
  if (items[0] === undefined) throw new Error('no entry')
  return items[0]
}

describe('feeds that taught us something', () => {
  const produce = kind.start()
  it.each(cases.map((one) => [one.id, one] as const))('reads %s as expected', async (_id, one) => {
    const output = await produce({ ...one, path: join(fixtures, one.file) }, fixtures)
    expect(failuresOf(one, JSON.parse(JSON.stringify(output)))).toEqual([])
  })
})

describe('a feed as a whole', () => {
  it('names its site, itself, its hub, its image, its language and its pace', async () => {
    const feed =
      await read(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel><title>Courier</title><link>https://courier.example/</link><description>All &amp; more</description>
      <language>ar_IQ</language><atom:link rel="self" href="/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>
      <image><url>/logo.png</url><title>no</title><link>https://no.example/</link></image>
      <ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
      <skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Friday</day></skipDays></channel></rss>`)
    expect(feed).toEqual({
      format: 'rss',
      engine: 'tolerant',
      title: 'Courier',
      siteUrl: 'https://courier.example/',
      selfUrl: 'https://courier.example/feed.xml',
      description: 'All & more',
      language: 'ar-IQ',
      image: 'https://courier.example/logo.png',
      hub: 'https://hub.example/',
      pace: {
        ttlMinutes: 30,
        updatePeriod: 'hourly',
        updateFrequency: 2,
        skipHours: [1, 0],
        skipDays: ['Friday'],
      },
      items: [],
      skipped: [],
      warnings: [],
    })
  })
  it('knows the format of Atom, RDF, a news sitemap, JSON Feed and the Channel Definition Format', async () => {
    const bodies = [
      '<feed xmlns="http://www.w3.org/2005/Atom"/>',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
      '<urlset><url><loc>https://courier.example/1</loc></url></urlset>',
      '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
      '<CHANNEL HREF="https://courier.example/"><ITEM HREF="/1"/></CHANNEL>',
    ]
    const formats = await Promise.all(bodies.map(async (body) => (await read(body)).format))
    expect(formats).toEqual(['atom', 'rdf', 'sitemap', 'json', 'rss'])
  })
  it('says what a body that is no feed looks like instead', async () => {
    expect(await rejection('<!DOCTYPE html><html><head><title>x</title></head></html>')).toBe('an HTML page')
    expect(await rejection('<opml version="2.0"><body/></opml>')).toBe('an OPML file')
    expect(await rejection('{"error": "no"}')).toBe('a JSON document that is no feed')
    expect(await rejection('{"version": "https://jsonfeed.org/version/1", "items": [')).toBe(
      'a JSON document that is no feed',
    )
    expect(await rejection('{"error": "<b>no</b>"}')).toBe('a JSON document that is no feed')
    expect(await rejection('Just a moment...')).toBe('plain text')
    expect(await rejection(' \n')).toBe('an empty document')
    expect(await rejection('<svg><title>x</title></svg>')).toBe('an XML document that is no feed')
    expect(await rejection('<sitemapindex><sitemap/></sitemapindex>')).toBe('a sitemap index')
  })
  it('is read in batches, so that others get their turn', async () => {
    let pauses = 0
    const pause = (): Promise<void> => {
      pauses++
      return Promise.resolve()
    }
    const items =
      '<item><title>Bridge</title><description>The bridge is open again.</description></item>'.repeat(4_000)
    await read(`<rss><channel>${items}</channel></rss>`, { pause })
    expect(pauses).toBeGreaterThan(20)
  })
  it('counts and shows what was left out', async () => {
    const caps = {
      itemsMax: 2,
      categoriesMax: 1,
      titleLengthMax: 10,
      contentLengthMax: 20,
      depthMax: 6,
      attributesMax: 2,
    }
    const feed = await read(
      `<rss><channel><item><title>${'long '.repeat(9)}</title><category>a</category><category>b</category>
       <description>${'word '.repeat(9)}</description><x a="1" b="2" c="3"><y><z><w/></z></y></x></item>${'<item><title>x</title></item>'.repeat(4)}</channel></rss>`,
      { caps },
    )
    expect(feed.items).toHaveLength(2)
    expect(feed.items[0]).toMatchObject({
      title: 'long long',
      categories: ['a'],
      text: 'word word word word',
      flags: ['undated', 'no-id', 'cut'],
    })
    expect(feed.warnings).toEqual([
      '1 attributes beyond the limit of one element were left out',
      '1 elements beyond the limits of depth and number were left out',
      '3 entries beyond the first 2 were left out',
      '1 items had a field longer than its limit',
    ])
  })
  it('skips what is no entry in a JSON feed, with the reason', async () => {
    const feed = await read(
      '{"version": "https://jsonfeed.org/version/1.1", "items": [null, {"id": "1"}, "x"]}',
    )
    expect(feed.items.map(({ guid }) => guid)).toEqual(['1'])
    expect(feed.skipped).toEqual([
      { index: 0, because: 'not an object' },
      { index: 2, because: 'not an object' },
    ])
  })
})

describe('an item', () => {
  it('takes its address from the best of its links', async () => {
    const urls = await Promise.all([
      item('<link>/fb</link><feedburner:origLink>https://courier.example/1</feedburner:origLink>'),
      item('<guid>https://courier.example/g</guid>'),
      item('<guid isPermaLink="false">https://courier.example/g</guid>'),
      item('<link>javascript:alert(1)</link><guid isPermaLink="false">x</guid>'),
      entry('<id>https://courier.example/id</id><link rel="related" href="/r"/>'),
      entry('<link rel="alternate" type="application/json" href="/j"/><link type="text/html" href="/h"/>'),
    ])
    expect(urls.map(({ url }) => url)).toEqual([
      'https://courier.example/1',
      'https://courier.example/g',
      undefined,
      undefined,
      'https://courier.example/id',
      'https://courier.example/h',
    ])
  })
  it('keeps its guid as written, and drops one too long to be told from others', async () => {
    expect((await entry('<id> /relative/id </id>')).guid).toBe('/relative/id')
    const long = await item(`<guid>${'x'.repeat(1_000_000)}</guid>`)
    expect([long.guid, long.flags]).toEqual([undefined, ['undated', 'no-id', 'cut']])
  })
  it('keeps the order of mixed content', async () => {
    const mixed = await item('<description>Red <b>Line</b> now <![CDATA[<i>open</i>]]> again</description>')
    expect(mixed.summaryHtml).toBe('Red <b>Line</b> now <i>open</i> again')
    expect(mixed.summary).toBe('Red Line now open again')
  })
  it('resolves addresses in its markup against xml:base, then its site, then the feed', async () => {
    const feed = await read(`<rss><channel><link>https://site.example/blog/</link>
      <item><description>&lt;a href="a"&gt;x&lt;/a&gt;</description></item>
      <item xml:base="https://base.example/d/"><description xml:base="e/">&lt;a href="a"&gt;x&lt;/a&gt;</description></item></channel></rss>`)
    expect(feed.items.map(({ summaryHtml }) => summaryHtml)).toEqual([
      '<a href="https://site.example/blog/a">x</a>',
      '<a href="https://base.example/d/e/a">x</a>',
    ])
    expect((await item('<description>&lt;img src="i.png"&gt;</description>')).image).toBe(
      'https://courier.example/i.png',
    )
  })
  it('reads the text constructs of both Atoms', async () => {
    const html = await Promise.all([
      entry(
        '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>a</x:p></x:div></content>',
      ),
      entry('<content type="html">&lt;p&gt;a&lt;/p&gt;</content>'),
      entry('<content type="text">1 &lt; 2</content>'),
      entry('<content mode="base64" type="text/html">PHA+YTwvcD4=</content>'),
      entry('<content type="application/octet-stream">PHA+YTwvcD4=</content>'),
    ])
    expect(html.map(({ contentHtml }) => contentHtml)).toEqual([
      '<p>a</p>',
      '<p>a</p>',
      '1 &lt; 2',
      '<p>a</p>',
      '<p>a</p>',
    ])
  })
  it('names its authors as feeds write them', async () => {
    const written = [
      'mail@courier.example (Layla Haddad)',
      'Layla Haddad &lt;mail@courier.example&gt;',
      'Layla Haddad',
      'mail@courier.example',
    ]
    const items = await Promise.all(written.map((author) => item(`<author>${author}</author>`)))
    const both = { name: 'Layla Haddad', email: 'mail@courier.example' }
    expect(items.map(({ authors }) => authors)).toEqual([
      [both],
      [both],
      [{ name: both.name }],
      [{ email: both.email }],
    ])
  })
  it('gets the author of an Atom feed when it names none', async () => {
    const feed = await read(
      '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Desk</name></author><entry/></feed>',
    )
    expect(feed.items[0]?.authors).toEqual([{ name: 'Desk' }])
  })
  it('lists enclosures and images of Media RSS once', async () => {
    const media = await item(`<enclosure url="/a.mp3" type="audio/mpeg" length="12"/><media:group>
      <media:content url="/a.mp3"/><media:content url="/b.jpg" medium="image"/><media:thumbnail url="/t.jpg"/></media:group>`)
    expect(media.enclosures).toEqual([
      { url: 'https://courier.example/a.mp3', type: 'audio/mpeg', length: 12 },
      { url: 'https://courier.example/b.jpg' },
    ])
    expect(media.image).toBe('https://courier.example/t.jpg')
  })
  it('is not taken in by elements of foreign vocabularies', async () => {
    const own = await item(
      '<x:title xmlns:x="urn:other">no</x:title><title>yes</title><x:link xmlns:x="urn:other">https://no.example/</x:link>',
    )
    expect([own.title, own.url]).toEqual(['yes', undefined])
  })
  it('knows vocabularies by address, whatever the prefix, and by prefix when undeclared', async () => {
    expect(
      (await item('<q:creator xmlns:q="HTTPS://purl.org/dc/elements/1.1">A</q:creator>')).authors,
    ).toEqual([{ name: 'A' }])
    expect((await item('<dc:creator>B</dc:creator>')).authors).toEqual([{ name: 'B' }])
  })
  it('is in the language it names, else that of its feed, else that of its source', async () => {
    expect((await item('<dc:language>fa</dc:language>', { language: 'ar' })).language).toBe('fa')
    expect((await item('', { language: 'ar' })).language).toBe('ar')
  })
  it('has no control characters, no half characters, and one form of each letter', async () => {
    const odd = await item(
      '<title>a\u0000\u001b[31mb \ud800 e\u0301 &#7;</title><description>x&#8;y</description>',
    )
    expect([odd.title, odd.summary]).toEqual(['a[31mb \ufffd é', 'xy'])
  })
  it('cannot reach the prototype of objects', async () => {
    await item(
      '<__proto__ polluted="yes"><polluted>yes</polluted></__proto__><constructor><prototype polluted="1"/></constructor>',
    )
    await read(
      '{"version": "https://jsonfeed.org/version/1", "items": [{"__proto__": {"polluted": 1}, "id": "1"}]}',
    )
    expect('polluted' in {}).toBe(false)
  })
})

describe('the dates of an item', () => {
  const dates = ({ publishedAt, updatedAt, dateSource, flags }: Item): unknown[] => [
    publishedAt === undefined ? undefined : new Date(publishedAt).toISOString(),
    updatedAt === undefined ? undefined : new Date(updatedAt).toISOString(),
    dateSource,
    flags.filter((flag) => flag !== 'no-id'),
  ]
  it('come from the most trusted element that holds a date', async () => {
    expect(
      dates(await item('<dc:date>2026-10-12</dc:date><pubDate>Tue, 13 Oct 2026 12:00:00 GMT</pubDate>')),
    ).toEqual(['2026-10-13T12:00:00.000Z', '2026-10-12T00:00:00.000Z', 'published', []])
    expect(dates(await item('<pubDate>soon</pubDate><dc:date>2026-10-12</dc:date>'))[2]).toBe('dc:date')
  })
  it('fall back to the update of an item that was only ever updated', async () => {
    expect(dates(await entry('<updated>2026-10-12T00:00:00Z</updated>'))).toEqual([
      '2026-10-12T00:00:00.000Z',
      '2026-10-12T00:00:00.000Z',
      'updated',
      [],
    ])
  })
  it('are flagged when there are none, or none that can be read', async () => {
    expect(dates(await item(''))).toEqual([undefined, undefined, undefined, ['undated']])
    const bad = await item('<pubDate>soon</pubDate>')
    expect([bad.dateText, bad.flags[0]]).toEqual(['soon', 'bad-date'])
  })
  it('are clamped to the fetch when they lie in the future, be it a day or seven thousand years', async () => {
    const fetched = new Date(context.fetchedAt).toISOString()
    for (const date of ['2026-10-16', '9999-12-31']) {
      const future = await item(`<pubDate>${date}</pubDate>`)
      expect(dates(future)).toEqual([fetched, undefined, 'published', ['future-date']])
      expect(future.dateText).toBe(date)
    }
    expect(dates(await item('<pubDate>2026-10-14T23:00:00Z</pubDate>'))[3]).toEqual([])
    expect(dates(await item('<pubDate>0001-01-01</pubDate>'))[3]).toEqual(['bad-date'])
  })
  it('are read in the zone of the feed when they have none', async () => {
    const local = await item('<pubDate>2026-10-13 12:00</pubDate>', { timeZone: 'Asia/Baghdad' })
    expect(dates(local)[0]).toBe('2026-10-13T09:00:00.000Z')
  })
})

describe('entities', () => {
  const bomb = (depth: number): string =>
    Array.from({ length: depth }, (_, index) => `<!ENTITY b${index + 1} "${`&b${index};`.repeat(10)}">`).join(
      '',
    )
  it('that a feed declares for itself are read when they are short and plain', async () => {
    const feed = await read(
      '<!DOCTYPE rss [<!ENTITY desk "Foreign Desk">]><rss><channel><title>&desk; &nbsp;&eacute;</title></channel></rss>',
    )
    expect(feed.title).toBe('Foreign Desk é')
  })
  it('never multiply', async () => {
    const title = '&b9;'.repeat(20_000)
    const feed = await read(
      `<!DOCTYPE rss [<!ENTITY b0 "lol">${bomb(9)}]><rss><channel><item><description>${title}</description></item></channel></rss>`,
    )
    expect(feed.items[0]?.summary.length).toBeLessThanOrEqual(title.length)
    const plain = await read(
      `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(64)}">]><rss><channel><item><description>${'&a;'.repeat(20_000)}</description></item></channel></rss>`,
    )
    expect(plain.items[0]?.summary.length).toBeLessThan(150_000)
  })
  it('never read a file', async () => {
    const feed = await read(
      '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><title>a&f;b</title></channel></rss>',
    )
    expect(feed.title).toBe('a&f;b')
  })
})

describe('every fixture', () => {
  it('gives items of one shape only: absolute addresses, dates in range, known flags', async () => {
    for (const one of cases) {
      const body = decodeBody(readFileSync(join(fixtures, one.file)), { bytesMax: 1_000_000 })
      const reading = body.ok ? await readFeed(body.text, context) : body
      for (const found of reading.ok ? reading.feed.items : []) {
        expect(found.url ?? 'https://').toMatch(/^https?:\/\//)
        expect(found.publishedAt ?? 0).toBeLessThanOrEqual(context.fetchedAt + 86_400_000)
        expect(found.title ?? 'x').not.toBe('')
      }
    }
  })
})
