// Entries that are known again by their source: not read, and yet told as if they had been.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'
import type { ReadContext } from '../../src/pipeline/parse.ts'
import { knownAfter, readAnew, readKnowing, sealing, toldBy } from './known-entries.ts'
import { context, fixtures } from './parse-feeds.ts'

const item = (id: string, more = ''): string =>
  `<item><guid>urn:${id}</guid><title>Report ${id}</title><link>/${id}</link>${more}</item>`
const rss = (entries: readonly string[], head = '<link>https://courier.example/</link>'): string =>
  `<rss version="2.0"><channel><title>Courier</title>${head}\n${entries.join('\n')}\n</channel></rss>`
const abc = ['a', 'b', 'c'].map((id) => item(id))

/** How many entries of the second text were known from the first, after both readings were found to say the same. */
async function knownOf(first: string, second: string, more: Partial<ReadContext> = {}): Promise<number> {
  const before = await readKnowing(first, undefined)
  const known = before === undefined ? undefined : knownAfter(before)
  const [again, anew] = [await readKnowing(second, known, more), await readAnew(second, more)]
  if (again === undefined || anew === undefined) {
    expect(again).toEqual(anew)
    return 0
  }
  const { items, known: unread = [], seals: _, ...feed } = again
  const { items: all, seals: __, ...whole } = anew
  expect(feed).toEqual(whole)
  expect(toldBy(again)).toEqual(toldBy(anew))
  const places = new Set(unread.map(({ place }) => place))
  expect(items).toEqual(all.filter((_, place) => !places.has(place)))
  return unread.length
}

describe('entries that came before', () => {
  it('are known in a feed that has a new one, wherever it stands', async () => {
    expect(await knownOf(rss(abc), rss([item('n'), ...abc]))).toBe(3)
    expect(await knownOf(rss(abc), rss([...abc, item('n')]))).toBe(3)
    expect(await knownOf(rss(abc), rss([item('b'), item('n'), item('a')]))).toBe(2)
  })
  it('are known of Atom and in RDF, and in a feed that says when it was built', async () => {
    const entry = (id: string) => `<entry><id>urn:${id}</id><title>${id}</title><link href="${id}"/></entry>`
    const atom = (ids: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><updated>${ids}</updated>${[...ids].map(entry).join('')}</feed>`
    expect(await knownOf(atom('ab'), atom('nab'))).toBe(2)
    const rdf = (ids: string) =>
      `<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>R</title></channel>${[...ids].map((id) => item(id)).join('')}</rdf:RDF>`
    expect(await knownOf(rdf('ab'), rdf('nab'))).toBe(2)
    const built = (date: string) =>
      `<link>https://courier.example/</link><lastBuildDate>${date}</lastBuildDate>`
    expect(await knownOf(rss(abc, built('Monday')), rss(abc, built('Tuesday')))).toBe(3)
  })
  it('are known in an element that somebody forgot to close', async () => {
    const titled = `<rss><channel><title>Courier &amp;lt;b&gt; ${abc.join(' ')}</title></channel></rss>`
    expect(await knownOf(titled, titled)).toBe(3)
  })
  it('are read again when a single character of them changed', async () => {
    expect(await knownOf(rss(abc), rss([item('a', ' '), item('b'), item('c')]))).toBe(2)
  })
})

describe('every entry is read', () => {
  it.each([
    ['the site of its addresses', rss(abc, '<link>https://other.example/</link>')],
    ['the language of the feed', rss(abc, '<link>https://courier.example/</link><language>ar</language>')],
    ['a namespace', rss(abc).replace('version', 'xmlns="http://www.w3.org/2005/Atom" version')],
    ['a base', rss(abc).replace('<channel>', '<channel xml:base="https://base.example/">')],
    ['a level above them', rss(abc).replace('<channel>', '<x><channel>')],
  ])('when %s changed', async (_what, second) => {
    expect(await knownOf(rss(abc), second)).toBe(0)
  })
  it.each([
    ['source language', { language: 'ku' }],
    ['time zone', { timeZone: 'Asia/Tehran' }],
    ['address', { url: 'https://moved.example/' }],
    ['limit', { caps: { titleLengthMax: 500 } }],
    ['program', { sealing: { ...sealing, reader: 'next' } }],
  ])('by another %s', async (_what, more) => {
    expect(await knownOf(rss(abc), rss(abc), more)).toBe(0)
  })
  it('of a feed with two of one identity, for what becomes of one depends on the other', async () => {
    expect(await knownOf(rss(abc), rss([item('a', '<b/>'), ...abc]))).toBe(0)
    expect(await knownOf(rss(abc), rss([...abc, item('b')]))).toBe(0)
  })
  it('where an entry is not closed, or what it opens ends elsewhere', async () => {
    const open = item('a').replace('</item>', '')
    expect(await knownOf(rss([open, item('b')]), rss([item('n'), open, item('b')]))).toBe(1)
    const comment = item('a', '<!-- to be continued')
    expect(await knownOf(rss([comment, item('b')]), rss([comment, item('n'), '-->']))).toBe(0)
    const quoted = item('a', "<x y='1>")
    expect(await knownOf(rss([quoted, item('b')]), rss([quoted, item('n', "'")]))).toBe(0)
  })
  it('where one of them brought what stands for the whole feed', async () => {
    const inner = item('a', '<channel><title>Inner</title></channel>')
    expect(await knownOf(`<rss>${inner}</rss>`, `<rss>${item('n')}${inner}</rss>`)).toBe(0)
  })
  it('that is dated in the future, for its date is that of the fetch', async () => {
    const future = item('a', '<pubDate>Mon, 01 Jan 2035 00:00:00 GMT</pubDate>')
    const later = { fetchedAt: context.fetchedAt + 3_600_000 }
    expect(await knownOf(rss([future, item('b')]), rss([future, item('b')]), later)).toBe(1)
  })
})

describe('a closing tag that is text', () => {
  it('does not end an entry', async () => {
    const tricky = item('a', '<description><![CDATA[</item>]]></description>')
    expect(await knownOf(rss([tricky, item('b')]), rss([item('n'), tricky, item('b')]))).toBe(1)
  })
})

type Change = { readonly at: number; readonly drop: number; readonly insert: string }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 2_500 }),
  drop: fc.constantFrom(0, 0, 1, 5, 30),
  insert: fc.constantFrom(
    ...['', '<', '>', '"', "'", '&amp;', '<!--', '-->', ']]>', '<![CDATA[', '<item>', '</item>', '<entry>'],
    ...['</channel>', '<channel>', '<title', '</title>', '<x y="', '<?', '<!DOCTYPE a [', '<link>/x</link>'],
    ...[
      '<language>ar</language>',
      '<author><name>A</name></author>',
      ' xml:base="/b/"',
      item('n'),
      item('m'),
    ],
  ),
})

function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((body, { at, drop, insert }) => {
    const from = Math.min(at, body.length)
    return body.slice(0, from) + insert + body.slice(from + drop)
  }, text)
}

const bodies = readdirSync(fixtures)
  .filter((name) => /\.(?:xml|rss|atom|rdf)$/.test(name))
  .flatMap((name) => {
    const body = decodeBody(readFileSync(join(fixtures, name)), { bytesMax: 100_000 })
    return body.ok && body.text.length < 20_000 ? [body.text] : []
  })
const simple = [rss(abc), rss([...abc, item('d', '<description><![CDATA[<p>D</p>]]></description>')])]

describe('whatever became of a feed in between', () => {
  it('it is told as if every entry had been read', { timeout: 60_000 }, async () => {
    let known = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...simple), fc.constantFrom(...bodies)),
        fc.array(change, { maxLength: 2 }),
        fc.array(change, { maxLength: 3 }),
        async (body, earlier, later) => {
          const first = changed(body, earlier)
          known += await knownOf(first, changed(first, later))
        },
      ),
      { numRuns: 3_000 },
    )
    expect(known).toBeGreaterThan(1_000)
  })
})
