// The sentences that say why a topic matches.
import { expect, test } from 'vitest'
import type { Taggable, Topic } from '../../src/model/topic.ts'
import { evidenceSentences } from '../../src/pipeline/evidence-sentence.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'

/** The sentences of an article that a topic matches, `field: text` with the marked words in brackets. */
function shown(rule: Partial<Topic>, article: Taggable): readonly string[] {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', ...rule }])
  const [match] = tagArticle(watchlist, article)
  return evidenceSentences(article, match?.spans ?? []).map(({ field, text, marks }) => {
    const marked = marks.toReversed().reduce((line, { start, end }) => {
      return `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`
    }, text)
    return `${field}: ${marked}`
  })
}

test('several words of one sentence are marked together', () => {
  const summary = 'Oil rose. Gas fell, and oil with it. Tar stayed.'
  expect(shown({ any: ['oil', 'gas'] }, { title: 'Prices', summary })).toEqual([
    'summary: [Oil] rose.',
    'summary: [Gas] fell, and [oil] with it.',
  ])
})

test('words that overlap are marked as one', () => {
  expect(shown({ any: ['oil price', 'price of tar'] }, { title: 'The oil price of tar' })).toEqual([
    'title: The [oil price of tar]',
  ])
})

test('marks stay on their words when invisible characters and line breaks are taken out', () => {
  expect(shown({ any: ['النفط'] }, { body: '\u200fارتفع\n \u202bالنفط\u202c اليوم', lang: 'ar' })).toEqual([
    'body: ارتفع [النفط] اليوم',
  ])
})

test('a match by metadata alone has no sentence, and places beyond the text are left out', () => {
  expect(shown({ where: { lang: 'en' } }, { title: 'Oil', lang: 'en' })).toEqual([])
  expect(evidenceSentences({ title: 'Oil' }, [{ field: 'title', start: 0, end: 9, term: 'oil' }])).toEqual([])
})
