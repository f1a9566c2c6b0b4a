// Analyses survive the way between two threads, whatever the texts.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { analyseEntry, type EntryAnalysis } from '../../src/pipeline/entry-analysis.ts'
import { packAnalyses, unpackAnalyses } from '../../src/pipeline/packed-analyses.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'

const { watchlist } = compileWatchlist([{ id: 'ferry', name: 'Ferry', any: ['ferry', 'عبارة'] }])

const words = [
  'Ferry',
  'LIVE:',
  'harbour',
  '12',
  'العبارة',
  'کشتی',
  'Minister:',
  '- Coast News',
  '(Reuters)',
  '☂',
]
const text = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const article: fc.Arbitrary<Taggable> = fc.record({ title: text, summary: text, body: text, author: text })

/** The same with the folded fields as the bytes that SQLite gets of a string. */
function withBytes(analysis: EntryAnalysis) {
  const bytes = Object.entries(analysis.folded).map(([field, value]) => [field, Buffer.from(value)])
  return { ...analysis, folded: Object.fromEntries(bytes) }
}

it('analyses come out of their parcel as they went in, sent to another thread meanwhile', () => {
  fc.assert(
    fc.property(fc.array(article, { maxLength: 8 }), (articles) => {
      const analyses = articles.map((one) => analyseEntry(one, watchlist))
      const packed = packAnalyses(analyses)
      const sent = structuredClone(packed, { transfer: [packed.prints.buffer, packed.texts.buffer] })
      expect(unpackAnalyses(sent).map(withBytes)).toEqual(analyses.map(withBytes))
    }),
    { numRuns: 300 },
  )
})

it('carries what was found in the texts', () => {
  const live = {
    title: 'LIVE: Ferry stays in harbour - Coast News',
    summary: '',
    url: 'https://a.example/live/1',
  }
  const [found] = unpackAnalyses(packAnalyses([analyseEntry(live, watchlist)]))
  expect(found?.matches.map(({ topicId }) => topicId)).toEqual(['ferry'])
  expect(String(found && Buffer.from(found.folded.title))).toBe('live ferry stays in harbour coast news')
  expect(found?.print).toMatchObject({ isLive: true, shape: { credit: 2 } })
  expect(found?.print.words.length).toBe(found?.print.stems.length)
})
