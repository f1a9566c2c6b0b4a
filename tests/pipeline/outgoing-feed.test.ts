// Our feeds are read by other programs: well-formed whatever titles hold, and the same when we read them ourselves.
import fc from 'fast-check'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import type { OutgoingEntry, OutgoingFeed } from '../../src/pipeline/outgoing-feed.ts'
import { readFeed } from '../../src/pipeline/parse.ts'
import { renderAtom } from '../../src/pipeline/render-atom.ts'
import { renderJsonFeed } from '../../src/pipeline/render-json-feed.ts'
import { anyText } from '../any-text.ts'

const at = Date.parse('2026-11-20T06:00:00Z')
const entry: OutgoingEntry = {
  id: 'urn:presslark:story:harvest:7:1',
  title: 'Wheat & barley "2 < 3"',
  url: 'https://bell.example/a?x=1&y=2',
  language: 'en',
  published: at,
  updated: at + 60_000,
  author: 'Tigris Bell',
  html: '<p>14 articles &amp; more</p>',
}
const feed: OutgoingFeed = {
  id: 'urn:presslark:topic:harvest',
  title: 'Harvest',
  language: 'en',
  updated: at + 60_000,
  entries: [entry],
}
const context = {
  url: 'https://desk.example/harvest',
  fetchedAt: at + 3_600_000,
  pause: async () => undefined,
}

async function readBack(text: string) {
  const reading = await readFeed(text, context)
  if (!reading.ok) throw new Error(reading.detail)
  return reading.feed
}

describe.each([
  ['atom', renderAtom],
  ['json', renderJsonFeed],
] as const)('a feed of ours as %s', (format, render) => {
  test('says of each story what an edition says', async () => {
    const { items, language, format: found } = await readBack(render(feed))
    expect(found).toBe(format === 'json' ? 'json' : 'atom')
    expect(language).toBe('en')
    expect(items).toMatchObject([
      {
        guid: entry.id,
        title: 'Wheat & barley "2 < 3"',
        url: 'https://bell.example/a?x=1&y=2',
        publishedAt: at,
        updatedAt: at + 60_000,
        text: '14 articles & more',
        authors: [{ name: 'Tigris Bell' }],
      },
    ])
  })

  test('keeps its entries apart whatever their titles hold', async () => {
    const titles = fc.array(anyText, { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(titles, async (texts) => {
        const entries = texts.map((title, index) => ({
          ...entry,
          id: `urn:presslark:story:x:${index}:1`,
          title,
          author: title,
        }))
        const { items } = await readBack(render({ ...feed, title: texts[0] ?? '', entries }))
        expect(items.map(({ guid }) => guid)).toEqual(entries.map(({ id }) => id))
      }),
      { numRuns: 200 },
    )
  })
})

test('B40: a strict reader accepts our Atom, also with titles full of markup, ]]> and control characters', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (title) => {
      const nasty = `${title} ]]> & <![CDATA[ "\u0000\u001b[31m\ud800`
      const text = renderAtom({
        ...feed,
        title: nasty,
        entries: [{ ...entry, title: nasty, author: nasty, html: nasty }],
      })
      const { items } = await new Parser().parseString(text)
      expect(items).toHaveLength(1)
    }),
    { numRuns: 200 },
  )
})
