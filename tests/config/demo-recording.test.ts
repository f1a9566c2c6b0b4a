// The recording is data that the demo and the manual make promises about; here they are counted from the files.
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { itemsOfPoll, type RecordedItem, readDemo, recording } from './recording.ts'

const { promises } = recording
const SourceSchema = z.object({
  id: z.string(),
  language: z.string(),
  kind: z.string(),
  family: z.string().optional(),
  feeds: z.array(z.object({ url: z.string(), allowPrivate: z.literal(true) })),
})
const sources = z.object({ sources: z.array(SourceSchema) }).parse(parse(readDemo('sources.yaml'))).sources

let first: readonly RecordedItem[]
let second: readonly RecordedItem[]
beforeAll(async () => {
  first = await itemsOfPoll('first')
  second = await itemsOfPoll('second')
})

describe('the first poll', () => {
  test('brings 80 items or more from ten outlets, each with its own address and id', () => {
    expect(promises.items).toBeGreaterThanOrEqual(80)
    expect(first).toHaveLength(promises.items)
    expect(new Set(first.map((item) => item.source)).size).toBe(promises.outlets)
    expect(new Set(first.map((item) => item.url)).size).toBe(promises.items)
    expect(new Set(first.map((item) => `${item.source} ${item.guid}`)).size).toBe(promises.items)
  })

  test('links to reserved hosts only', () => {
    for (const item of second) expect(new URL(item.url).hostname).toMatch(/\.example$/)
  })

  test('speaks Arabic and Persian, twelve items or more each', () => {
    expect(inScriptOf('ar')).toHaveLength(promises.arabic)
    expect(inScriptOf('fa')).toHaveLength(promises.persian)
    expect(Math.min(promises.arabic, promises.persian)).toBeGreaterThanOrEqual(12)
  })

  test('spells Arabic and Persian in more than one way', () => {
    const all = first.map((item) => `${item.title} ${item.text}`).join('\n')
    for (const spelling of [
      'مقتدى',
      'مقتدي',
      'مقتدی',
      'مُقتدى',
      'التـيار',
      'كتابخانه',
      'کتابخانه',
      'حزب‌الله',
      'حزب الله',
    ])
      expect(all).toContain(spelling)
  })

  test('has exactly five items without a usable date, two of which do give a text', () => {
    const undated = first.filter((item) => Number.isNaN(Date.parse(item.date ?? '')))
    expect(sorted(undated)).toEqual([...promises.undated].sort())
    expect(promises.undated).toHaveLength(5)
    expect(undated.filter((item) => item.date !== undefined)).toHaveLength(2)
  })

  test('dates everything else before the poll, and most of it within the day of the edition', () => {
    const dates = first.map((item) => Date.parse(item.date ?? '')).filter((at) => !Number.isNaN(at))
    const until = Date.parse(recording.clock.edition)
    expect(Math.max(...dates)).toBeLessThan(Date.parse(recording.clock.firstPoll))
    expect(dates.filter((at) => at > until - 86_400_000).length).toBeGreaterThan(dates.length * 0.8)
  })
})

describe('copies, stories and look-alikes', () => {
  test('fifteen copies tell the wire story almost word for word', () => {
    expect(new Set(promises.copies).size).toBe(15)
    const wire = words(at(promises.wireStory))
    for (const url of promises.copies) expect(shared(wire, words(at(url)))).toBeGreaterThan(0.9)
  })

  test('no other item repeats the wire story', () => {
    const copies = new Set([promises.wireStory, ...promises.copies])
    const wire = words(at(promises.wireStory))
    for (const item of second.filter((other) => !copies.has(other.url)))
      expect(shared(wire, words(item)), item.url).toBeLessThan(0.7)
  })

  test('two reports of one event share a subject and not their sentences', () => {
    expect(promises.sameStory.length).toBeGreaterThanOrEqual(5)
    for (const [a, b] of promises.sameStory) {
      expect(at(a).source).not.toBe(at(b).source)
      const overlap = shared(words(at(a)), words(at(b)))
      expect(overlap, `${a} ${b}`).toBeGreaterThan(0.05)
      expect(overlap, `${a} ${b}`).toBeLessThan(0.6)
    }
  })

  test('look-alikes share their template and differ in a number', () => {
    expect(promises.lookAlikes.length).toBeGreaterThanOrEqual(5)
    for (const [a, b] of promises.lookAlikes) {
      expect(shared(words(at(a)), words(at(b))), `${a} ${b}`).toBeGreaterThan(0.45)
      expect(numbers(at(a)), `${a} ${b}`).not.toEqual(numbers(at(b)))
    }
  })
})

describe('the second poll', () => {
  test('brings exactly two new items and loses none', () => {
    const before = new Set(first.map((item) => item.url))
    expect(sorted(second.filter((item) => !before.has(item.url)))).toEqual([...promises.newItems].sort())
    expect(promises.newItems).toHaveLength(2)
    expect(second).toHaveLength(first.length + 2)
  })

  test('edits exactly three headlines under the same ids, and one of them corrects a number', () => {
    const edited = second.filter((item) =>
      first.some((old) => old.url === item.url && old.title !== item.title),
    )
    expect(sorted(edited)).toEqual([...promises.editedHeadlines].sort())
    expect(edited).toHaveLength(3)
    for (const item of edited) expect(old(item).guid).toBe(item.guid)
    expect(edited.filter((item) => digits(item.title) !== digits(old(item).title))).toHaveLength(1)
  })

  test('changes nothing else', () => {
    const edited = new Set(promises.editedHeadlines)
    const same = second.filter((item) => !edited.has(item.url) && !promises.newItems.includes(item.url))
    for (const item of same) expect(item).toEqual(old(item))
  })
})

describe('the outlets', () => {
  test('are those of sources.yaml, each served at the path its feed address names', () => {
    const served = recording.feeds.map((feed) => [feed.source, `http://127.0.0.1:{port}${feed.path}`])
    expect(served).toEqual(sources.flatMap((source) => source.feeds.map((feed) => [source.id, feed.url])))
  })

  test('are of six kinds and include a state voice and exactly one pair of one owner', () => {
    expect(new Set(sources.map((source) => source.kind))).toEqual(
      new Set(['wire', 'independent', 'party', 'state', 'exile', 'think-tank']),
    )
    const families = sources.map((source) => source.family ?? source.id)
    expect(families.length - new Set(families).size).toBe(1)
  })

  test('publish RSS 2.0, Atom, RDF and JSON Feed, in UTF-8 and windows-1256', () => {
    const texts = recording.feeds.map((feed) => readDemo(feed.first))
    for (const mark of [
      '<rss version="2.0"',
      'xmlns="http://www.w3.org/2005/Atom"',
      '<rdf:RDF',
      'https://jsonfeed.org/version/1.1',
      'encoding="windows-1256"',
      '<![CDATA[',
      '&lt;p&gt;',
      '<content:encoded>',
      '<dc:creator>',
      '<category>',
    ])
      expect(
        texts.some((text) => text.includes(mark)),
        mark,
      ).toBe(true)
  })
})

function at(url: string): RecordedItem {
  const found = second.find((item) => item.url === url)
  if (found === undefined) throw new Error(`no item at ${url}`)
  return found
}

function old(item: RecordedItem): RecordedItem {
  const found = first.find((other) => other.url === item.url)
  if (found === undefined) throw new Error(`not in the first poll: ${item.url}`)
  return found
}

function inScriptOf(language: string): readonly RecordedItem[] {
  const outlets = new Set(sources.filter((source) => source.language === language).map((source) => source.id))
  return first.filter((item) => outlets.has(item.source) && /\p{Script=Arabic}/u.test(item.title))
}

function sorted(items: readonly RecordedItem[]): readonly string[] {
  return items.map((item) => item.url).sort()
}

function words(item: RecordedItem): ReadonlySet<string> {
  const text = `${item.title} ${item.text.replaceAll(/<[^>]*>/g, ' ')}`
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}

function numbers(item: RecordedItem): readonly string[] {
  return `${item.title} ${item.text}`.match(/\p{Nd}+/gu) ?? []
}

function digits(text: string): string {
  return text.replaceAll(/\P{Nd}/gu, '')
}

/** The part of the smaller set of words that the other one has too. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((word) => b.has(word)).length / Math.min(a.size, b.size)
}
