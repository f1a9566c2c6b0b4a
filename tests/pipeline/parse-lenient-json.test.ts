// JSON Feeds that are not quite JSON.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFeed } from '../../src/pipeline/parse.ts'
import { parseLeniently } from '../../src/pipeline/parse-lenient-json.ts'

const items = ['1', '2', '3'].map((id) => ({
  id,
  title: `Report ${id}, [with] {marks}`,
  attachments: [{ url: 'https://a.example/b' }],
}))
const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Post', items }
const whole = JSON.stringify(feed)

async function idsOf(text: string) {
  const reading = await readFeed(text, {
    url: 'https://a.example/',
    fetchedAt: 0,
    pause: () => Promise.resolve(),
  })
  return reading.ok ? reading.feed.items.map(({ guid }) => guid) : reading.detail
}

describe('a JSON feed', () => {
  it.each([
    ['behind a comment', `// made at noon\n${whole}`],
    ['before a comment', `${whole}\n<!-- cached -->`],
    ['in the call of a function', `callback(${whole});`],
    ['with a line end in a string', whole.replace('Report 1', 'Report\n1')],
    ['with a comma too many', whole.replace('}]}]}', '}],},]}')],
    ['behind a byte order mark', `\ufeff${whole}`],
  ])('%s is read whole', async (_, text) => {
    expect(await idsOf(text)).toEqual(['1', '2', '3'])
  })

  it('that breaks off keeps the items that are complete, and says so', async () => {
    const cut = whole.slice(0, whole.indexOf('Report 3'))
    const reading = await readFeed(cut, {
      url: 'https://a.example/',
      fetchedAt: 0,
      pause: () => Promise.resolve(),
    })
    if (!reading.ok) throw new Error(reading.detail)
    expect(reading.feed.items.map(({ guid }) => guid)).toEqual(['1', '2'])
    expect(reading.feed.warnings).toEqual(['the JSON breaks off; what came before was read'])
  })

  it('is not made of other JSON that breaks off', async () => {
    expect(await idsOf('{"title": "no feed", "rows": [{"a": 1}, {"a"')).toBe(
      'a JSON document that is no feed',
    )
  })
})

it('what is strict JSON is read strictly, and nothing throws', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseLeniently(text)).toEqual({ root: JSON.parse(text), isWhole: true })
    }),
  )
  fc.assert(
    fc.property(fc.nat({ max: whole.length }), fc.string(), (at, noise) => {
      expect(parseLeniently(whole.slice(0, at) + noise)).toHaveProperty('isWhole')
    }),
  )
})
