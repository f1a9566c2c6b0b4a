import fc from 'fast-check'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import type { Source } from '../../src/model/source.ts'
import { type OpmlEntry, opmlLine } from '../../src/pipeline/opml.ts'
import { parseOpml } from '../../src/pipeline/parse-opml.ts'
import { opmlEntries, renderOpml } from '../../src/pipeline/render-opml.ts'

const kuhsar: Source = {
  id: 'kuhsar',
  name: 'Kuhsar & Sons',
  country: 'IR',
  language: 'fa',
  family: 'kuhsar',
  kind: 'state',
  grade: 'D',
  feeds: [
    { url: 'https://kuhsar.example/rss?lang=fa&page=1' },
    { url: 'https://kuhsar.example/en/rss', language: 'en', headers: { Authorization: 'Bearer hunter2' } },
  ],
}
const bell: Source = {
  id: 'bell',
  name: 'Tigris Bell',
  country: 'IQ',
  family: 'bell',
  kind: 'independent',
  grade: 'C',
  feeds: [{ url: 'https://tigrisbell.example/rss' }],
}

describe('sources as a list of feeds', () => {
  test('are filed by country, with everything another Presslark needs', () => {
    expect(
      renderOpml(opmlEntries([kuhsar, bell, { ...kuhsar, id: 'late', feeds: [] }]), { title: 'A <b>' }),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:pl="urn:presslark:opml">
  <head><title>A &lt;b&gt;</title></head>
  <body>
    <outline text="IR">
      <outline type="rss" text="Kuhsar &amp; Sons" title="Kuhsar &amp; Sons" xmlUrl="https://kuhsar.example/rss?lang=fa&amp;page=1" language="fa" pl:source="kuhsar" pl:country="IR" pl:kind="state" pl:family="kuhsar" pl:grade="D"/>
      <outline type="rss" text="Kuhsar &amp; Sons" title="Kuhsar &amp; Sons" xmlUrl="https://kuhsar.example/en/rss" language="en" pl:source="kuhsar" pl:country="IR" pl:kind="state" pl:family="kuhsar" pl:grade="D"/>
    </outline>
    <outline text="IQ">
      <outline type="rss" text="Tigris Bell" title="Tigris Bell" xmlUrl="https://tigrisbell.example/rss" pl:source="bell" pl:country="IQ" pl:kind="independent" pl:family="bell" pl:grade="C"/>
    </outline>
  </body>
</opml>
`)
  })

  test('come back as they were', () => {
    const entries = opmlEntries([kuhsar, bell])
    expect(readBack(renderOpml(entries, { title: 'All' }))).toEqual(entries)
  })
})

describe('secrets in addresses', () => {
  const exported = (url: string, withSecrets?: boolean): string | undefined =>
    readBack(
      renderOpml([{ url, categories: [] }], {
        title: '',
        ...(withSecrets === undefined ? {} : { withSecrets }),
      }),
    )[0]?.url

  test.each([
    ['https://user:hunter2@a.example/rss', 'https://a.example/rss'],
    ['https://a.example/rss?token=hunter2&page=2', 'https://a.example/rss?page=2'],
    ['https://a.example/rss?rss_token=hunter2', 'https://a.example/rss'],
    ['https://a.example/rss?API-Key=hunter2&a=1', 'https://a.example/rss?a=1'],
    ['https://a.example/rss?accessToken=hunter2&accessToken=x', 'https://a.example/rss'],
  ])('%s is exported as %s', (url, expected) => {
    expect(exported(url)).toBe(expected)
    expect(exported(url, true)).toBe(url)
  })

  test.each(['https://a.example/rss?tokenise=no&monkey=1&Cat=%D9%86', 'HTTP://A.example:80//x?a=b+c'])(
    '%s has none and is exported byte for byte',
    (url) => {
      expect(exported(url)).toBe(url)
    },
  )
})

test('something that is no address is exported without what may be a password', () => {
  const text = renderOpml([{ url: 'https://user:hunter2@', categories: [] }], { title: '' })
  expect(text).not.toContain('hunter2')
})

describe('B40 any text survives', () => {
  test('titles with markup, a CDATA end, quotes, half-spaces and marks come back unchanged', async () => {
    const titles = ['a & b', '<b>"x"</b>', "]]> &amp; '", 'می‌شود', 'مُقتدى', '👩‍🔬 𝒳', '&#x41; &lol9;']
    const entries = titles.map((title, i) => ({ url: `https://h${i}.example/`, title, categories: [title] }))
    const text = renderOpml(entries, { title: titles.join(' ') })
    await expectWellFormed(text)
    expect(readBack(text)).toEqual(entries)
  })

  test('what XML cannot hold is left out: control characters and half surrogate pairs', async () => {
    const title = 'a\u0000\u0007b\u001f\n\tc\u0085d\ud800e\uffff'
    const text = renderOpml([{ url: 'https://a.example/\u0001x', title, categories: ['\u0000'] }], { title })
    await expectWellFormed(text)
    expect(readBack(text)).toEqual([
      { url: 'https://a.example/%01x', title: 'a b c d\ufffde', categories: [] },
    ])
  })

  const anyText = fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)),
      fc.constantFrom('&', '<', '>', '"', "'", ']]>', '\n', ' ', '&amp;'),
    ),
  })
  const anyEntries = fc.uniqueArray(
    fc.record({
      url: fc.webUrl({ withQueryParameters: true }),
      title: anyText,
      family: anyText,
      categories: fc.array(anyText, { maxLength: 10 }),
    }),
    { selector: (entry) => entry.url, maxLength: 8 },
  )

  test('every list is well-formed, and reading it back loses nothing that XML can hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, async (entries) => {
        const text = renderOpml(entries, { title: 'Any', withSecrets: true })
        await expectWellFormed(text)
        expect(readBack(text)).toEqual(entries.map(asOpmlHolds))
        expect(renderOpml(readBack(text), { title: 'Any', withSecrets: true })).toBe(text)
      }),
    )
  })
})

function readBack(text: string): readonly OpmlEntry[] {
  const { entries, rejected } = parseOpml(text)
  expect(rejected).toEqual([])
  return entries.map(({ line, ...entry }) => {
    expect(line).toBeGreaterThan(4)
    return entry
  })
}

function asOpmlHolds(entry: OpmlEntry): OpmlEntry {
  const title = opmlLine(entry.title ?? '')
  const family = opmlLine(entry.family ?? '')
  return {
    url: entry.url,
    ...(title === '' || title === entry.url ? {} : { title }),
    ...(family === '' ? {} : { family }),
    categories: entry.categories.map(opmlLine).filter(Boolean).slice(0, 8),
  }
}

/** XML 1.0, section 2.2, by our own eyes; the rest by the strict parser inside rss-parser, which only then asks what feed it is. */
async function expectWellFormed(text: string): Promise<void> {
  expect(text).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
  expect(text).not.toContain(']]>')
  await expect(new Parser().parseString(text)).rejects.toThrow('Feed not recognized as RSS 1 or 2.')
}
