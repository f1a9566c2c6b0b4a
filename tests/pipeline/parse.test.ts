import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kind } from '../conformance/kind-feeds.ts'
import { failuresOf } from '../conformance/score-feeds.ts'
import { cases, fixtures, read, rejection } from './parse-feeds.ts'

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
      'attributes left out beyond the limit of one element: 1',
      'elements left out beyond the limits of depth and number: 1',
      'entries left out beyond the first 2: 3',
      'items with a field longer than its limit: 1',
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
