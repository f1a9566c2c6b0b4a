// Articles survive the way to another thread, whatever they say and leave unsaid.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { packArticles, unpackArticles } from '../../src/pipeline/packed-articles.ts'

const text = fc.oneof(fc.constantFrom('', 'ferry', 'عبارة', 'کشتی\u0000', '☂'), fc.string({ unit: 'binary' }))
const article: fc.Arbitrary<Taggable> = fc.record(
  {
    title: text,
    summary: text,
    body: text,
    author: text,
    lang: text,
    source: text,
    country: text,
    kind: text,
    url: text,
    tags: fc.array(text, { maxLength: 4 }),
  },
  { requiredKeys: [] },
)

it('articles come out of their parcel as they went in, sent to another thread meanwhile', () => {
  fc.assert(
    fc.property(fc.array(article, { maxLength: 6 }), (articles) => {
      const packed = packArticles(articles)
      expect(unpackArticles(structuredClone(packed, { transfer: [packed.lengths.buffer] }))).toEqual(articles)
    }),
    { numRuns: 300 },
  )
})
