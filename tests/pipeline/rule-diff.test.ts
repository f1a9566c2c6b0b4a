// What a changed rule would change.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Span, Taggable } from '../../src/model/topic.ts'
import { compareRules } from '../../src/pipeline/rule-diff.ts'
import { compileWatchlist, type Explanation } from '../../src/pipeline/tag.ts'

const rule = (...any: readonly string[]) => compileWatchlist([{ id: 't', name: 'T', any }]).watchlist
const asTheyAre = {
  most: 100,
  gained: (article: Taggable, spans: readonly Span[]): unknown => ({ article, spans }),
  lost: (article: Taggable, missing: Explanation['missing']): unknown => ({ article, missing }),
}
const nothing = compileWatchlist([]).watchlist

test('a gained article comes with the places that match, a lost one with what is missing', () => {
  const articles = [{ title: 'Oil' }, { title: 'Gas' }, { title: 'Oil and gas' }]
  expect(compareRules(['t'], [rule('oil'), rule('gas')], articles, asTheyAre)).toEqual([
    {
      topicId: 't',
      before: 2,
      after: 2,
      gainedCount: 1,
      lostCount: 1,
      gained: [{ article: { title: 'Gas' }, spans: [{ field: 'title', start: 0, end: 3, term: 'gas' }] }],
      lost: [
        { article: { title: 'Oil' }, missing: [expect.objectContaining({ because: 'absent', part: 'gas' })] },
      ],
    },
  ])
})

test('against no rule, everything is gained', () => {
  expect(compareRules(['t'], [nothing, rule('oil')], [{ title: 'Oil' }], asTheyAre)).toMatchObject([
    { before: 0, after: 1, lost: [] },
  ])
})

test('what was, with what is gained and without what is lost, is what will be', () => {
  const words = fc.uniqueArray(fc.constantFrom('oil', 'gas', 'tar', 'النفط'), { minLength: 1 })
  const titles = fc.array(words.map((some) => ({ title: some.join(' ') })))
  fc.assert(
    fc.property(words, words, titles, (older, newer, articles) => {
      const [diff] = compareRules(['t'], [rule(...older), rule(...newer)], articles, asTheyAre)
      if (diff === undefined) throw new Error('no diff')
      expect(diff.before + diff.gainedCount - diff.lostCount).toBe(diff.after)
      expect([diff.gained.length, diff.lost.length]).toEqual([diff.gainedCount, diff.lostCount])
      if (older.join() === newer.join()) expect([...diff.gained, ...diff.lost]).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('of many that are gained or lost only as many are kept as were asked for', () => {
  const articles = Array.from({ length: 30 }, (_, index) => ({ title: index % 3 === 0 ? 'Oil' : 'Gas' }))
  const [diff] = compareRules(['t'], [rule('oil'), rule('gas')], articles, { ...asTheyAre, most: 4 })
  expect(diff).toMatchObject({ before: 10, after: 20, gainedCount: 20, lostCount: 10 })
  expect([diff?.gained.length, diff?.lost.length]).toEqual([4, 4])
})
