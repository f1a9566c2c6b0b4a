import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'
import { readFeed } from '../../src/pipeline/parse.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'feeds')
const bodies = readdirSync(fixtures)
  .filter((name) => name !== 'cases.json')
  .map((name) => readFileSync(join(fixtures, name)))

type Mutation = { readonly at: number; readonly drop: number; readonly insert: Uint8Array }
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 1_500 }),
  drop: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        '<',
        '</',
        '>',
        '"',
        '&',
        '<!--',
        ']]>',
        '<![CDATA[',
        '<item>',
        '</channel>',
        '<title',
        'xmlns:a="',
        '&#x0;',
        '\ud800',
      )
      .map((text) => Buffer.from(text)),
  ),
})

function mutate(body: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((bytes, { at, drop, insert }) => {
    const from = Math.min(at, bytes.length)
    return Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + drop)])
  }, body)
}

async function readBytes(bytes: Uint8Array, engine: 'tolerant' | 'rss-parser'): Promise<number> {
  const body = decodeBody(bytes, { bytesMax: 1_000_000 })
  if (!body.ok) return 0
  const reading = await readFeed(body.text, {
    url: 'https://courier.example/',
    fetchedAt: 0,
    engine,
    pause: () => Promise.resolve(),
  })
  return reading.ok ? reading.feed.items.length : 0
}

describe('broken bytes', () => {
  it.each(['tolerant', 'rss-parser'] as const)('never make the %s engine throw', async (engine) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.array(mutation, { minLength: 1, maxLength: 8 }),
        async (body, mutations) => {
          expect(await readBytes(mutate(body, mutations), engine)).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 400 },
    )
  })
  it('never cost the items that were complete before a cut', async () => {
    const feed = Buffer.from(
      `<rss><channel>${'<item><title>a</title><link>https://courier.example/1</link></item>'.repeat(5)}</channel></rss>`,
    )
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: feed.length }), async (length) => {
        const complete = feed.subarray(0, length).toString().split('</item>').length - 1
        expect(await readBytes(feed.subarray(0, length), 'tolerant')).toBeGreaterThanOrEqual(complete)
      }),
    )
  })
})
