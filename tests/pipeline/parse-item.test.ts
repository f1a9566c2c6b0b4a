import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'
import type { Item } from '../../src/model/item.ts'
import { readFeed } from '../../src/pipeline/parse.ts'
import { cases, context, entry, fixtures, item, read } from './parse-feeds.ts'

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
  it('resolves addresses against xml:base inside XHTML', async () => {
    const { contentHtml } = await entry(
      `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://base.example/">
        <a href="a">1</a><p xml:base='e/'><a href="b?x=1&amp;y=2">2</a><img src='i.png' xml:base="/f/"/></p><a href="c">3</a></div></content>`,
    )
    expect(contentHtml).toBe(
      '<a href="https://base.example/a">1</a><p><a href="https://base.example/e/b?x=1&amp;y=2">2</a><img src="https://base.example/f/i.png"/></p><a href="https://base.example/c">3</a>',
    )
  })
  it('is read although its feed declares the namespace of Atom for RSS', async () => {
    const feed = await read(
      '<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel><title>Courier</title><item><title>A</title><link>https://courier.example/1</link></item></channel></rss>',
    )
    expect([feed.title, ...feed.items.map(({ title, url }) => [title, url])]).toEqual([
      'Courier',
      ['A', 'https://courier.example/1'],
    ])
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
  it('has the authors that JSON Feed gives by name alone', async () => {
    const feed = await read(
      '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "author": "Mina Rahimi"}, {"id": "2", "authors": ["A", "B"]}]}',
    )
    expect(feed.items.map(({ authors }) => authors)).toEqual([
      [{ name: 'Mina Rahimi' }],
      [{ name: 'A' }, { name: 'B' }],
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
  it('lists an enclosure where FeedBurner says it was', async () => {
    const { enclosures } = await item(
      '<enclosure url="/fb/a.mp3" type="audio/mpeg"/><feedburner:origEnclosureLink>/a.mp3</feedburner:origEnclosureLink>',
    )
    expect(enclosures).toEqual([{ url: 'https://courier.example/a.mp3', type: 'audio/mpeg' }])
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
      '<!DOCTYPE rss [<!ENTITY desk "Foreign Desk"><!ENTITY dash "&#8212;"><!ENTITY amp "x">]><rss><channel><title>&desk; &dash; &nbsp;&eacute; &amp; &#38;</title></channel></rss>',
    )
    expect(feed.title).toBe('Foreign Desk — é & &')
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
