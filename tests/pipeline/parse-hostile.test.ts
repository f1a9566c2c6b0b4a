// Bodies of millions of equal parts: none throws, none is kept whole, and others get their turn between the parts.
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'
import { readFeed } from '../../src/pipeline/parse.ts'

const million = 1_000_000
const channel = (inside: string) => `<rss version="2.0"><channel><title>Post</title>${inside}</channel></rss>`
const item = (inside: string) => channel(`<item><title>Bridge</title>${inside}</item>`)

async function read(text: string) {
  let pauses = 0
  const pause = (): Promise<void> => {
    pauses++
    return Promise.resolve()
  }
  const reading = await readFeed(text, { url: 'https://a.example/', fetchedAt: 0, pause })
  return { reading, pauses }
}

describe('a million of', () => {
  it.each<[string, string]>([
    ['keywords', item(`<keywords>${'a,'.repeat(million)}</keywords>`)],
    ['categories', item('<category>a</category>'.repeat(million / 10))],
    ['authors', item('<author>a</author>'.repeat(million / 10))],
    ['addresses of an author', item(`<author>${'a@'.repeat(million)}</author>`)],
    ['enclosures', item('<enclosure url="https://a.example/b"/>'.repeat(million / 10))],
    ['sections', item(`<description>${'<![CDATA[x]]>'.repeat(million / 5)}</description>`)],
    ['references', item(`<description>${'&amp;'.repeat(million)}</description>`)],
    ['ampersands', item(`<description>${'&'.repeat(million * 3)}</description>`)],
    ['digits in a date', item(`<pubDate>${'1'.repeat(million)}</pubDate>`)],
    ['letters in a language', item(`<dc:language>${'a'.repeat(million)}</dc:language>`)],
    ['addresses of an image', item(`<image>${'<url>a</url>'.repeat(million / 10)}</image>`)],
    ['links', item('<link rel="alternate" href="/a"/>'.repeat(million / 10))],
    ['attributes', item(`<category ${'a="b" '.repeat(million / 2)}>news</category>`)],
    ['elements in one another', item(`<description>${'<b>'.repeat(million / 2)}</description>`)],
  ])('%s neither throws nor is kept', async (_, text) => {
    const { reading } = await read(text)
    if (!reading.ok) throw new Error(reading.detail)
    const [kept] = reading.feed.items
    expect(kept?.title).toBe('Bridge')
    expect(kept?.categories.length).toBeLessThanOrEqual(100)
    expect(JSON.stringify(kept).length).toBeLessThan(3.5 * 1_048_576)
  })

  it.each<[string, string]>([
    ['open marks', '<'.repeat(million)],
    ['comments', '<!--'.repeat(million)],
    ['instructions', '<?'.repeat(million)],
    ['closing tags', '</x>'.repeat(million)],
    ['elements', '<a>'.repeat(million)],
  ])('%s leaves others their turn', async (_, inside) => {
    const { reading, pauses } = await read(channel(inside))
    expect(typeof reading.ok).toBe('boolean')
    if (inside !== '<?'.repeat(million)) expect(pauses).toBeGreaterThan(5)
  })

  it('attributes does not hide what follows them', async () => {
    const { reading } = await read(
      item(`<category ${'a="b" '.repeat(million / 2)}>news</category><guid>1</guid>`),
    )
    expect(reading.ok && reading.feed.items[0]).toMatchObject({ guid: '1', categories: ['news'] })
    expect(reading.ok && reading.feed.warnings[0]).toMatch(/attributes left out beyond the limit/)
  })
})

describe('a large body in no known charset', () => {
  it('is judged by parts from all over it', () => {
    const broken = Buffer.alloc(3 * million, 0xc7)
    expect(decodeBody(broken, { bytesMax: 10 * million })).toMatchObject({ charset: 'windows-1252' })
    const arabic = Buffer.from('افتتح الوزير الجسر '.repeat(100_000))
    const damaged = Buffer.concat([arabic, Buffer.from([0xff]), arabic])
    expect(decodeBody(damaged, { bytesMax: 10 * million })).toMatchObject({ charset: 'utf-8' })
  })
})
