import { describe, expect, test } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { articleWords, compileWatchlist, explainTopic, tagArticle } from '../../src/pipeline/tag.ts'

function missing(query: string, article: Taggable): readonly string[] {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
  const explanation = explainTopic(watchlist, 't', article)
  expect(explanation?.matched).toBe(tagArticle(watchlist, article).length > 0)
  return explanation?.missing.map(({ because, part }) => `${because}: ${part}`) ?? []
}

describe('why a topic does not match', () => {
  const reasons: readonly (readonly [
    why: string,
    query: string,
    article: Taggable,
    missing: readonly string[],
  ])[] = [
    ['it does match', 'oil', { body: 'oil' }, []],
    ['a required term is absent', 'oil AND Basra', { body: 'oil' }, ['absent: Basra']],
    ['all required terms are absent', 'oil AND Basra', {}, ['absent: oil', 'absent: Basra']],
    [
      'no alternative is there',
      'oil AND (Basra OR "Umm Qasr")',
      { body: 'oil' },
      ['absent: (Basra OR "Umm Qasr")'],
    ],
    [
      'both are there, too far apart',
      'oil NEAR/1 Basra',
      { body: 'oil a b Basra' },
      ['too-far: oil NEAR/1 Basra'],
    ],
    ['one of a pair is absent', 'oil ONEAR/1 Basra', { body: 'oil' }, ['absent: Basra']],
    ['too few places', 'ATLEAST/2(oil)', { body: 'oil' }, ['too-few: ATLEAST/2(oil)']],
    ['an excluded term is there', 'oil NOT olive', { body: 'olive oil' }, ['excluded: olive']],
    [
      'words of a window too far apart',
      '"oil Basra"~0',
      { body: 'oil from Basra' },
      ['too-far: "oil Basra"~0'],
    ],
    ['the wrong language', 'oil lang:(fa OR ar)', { body: 'oil', lang: 'en' }, ['metadata: lang:(fa OR ar)']],
    ['the wrong field', 'title:oil', { body: 'oil' }, ['absent: oil']],
  ]
  test.each(reasons)('%s', (_, query, article, expected) => {
    expect(missing(query, article)).toEqual(expected)
  })

  test('terms that occur are listed with their places, excluded ones too', () => {
    const { watchlist } = compileWatchlist([{ id: 't', name: 'T', any: ['oil', 'gas'], none: ['olive oil'] }])
    const explanation = explainTopic(watchlist, 't', { title: 'Olive oil and gas' })
    expect(explanation?.terms).toEqual([
      { term: 'olive oil', spans: [{ field: 'title', start: 0, end: 9, term: 'olive oil' }] },
      { term: 'oil', spans: [{ field: 'title', start: 6, end: 9, term: 'oil' }] },
      { term: 'gas', spans: [{ field: 'title', start: 14, end: 17, term: 'gas' }] },
    ])
    expect(explanation?.missing[0]?.spans).toEqual([{ field: 'title', start: 0, end: 9, term: 'olive oil' }])
  })

  test('two terms in one place are both listed', () => {
    const { watchlist } = compileWatchlist([{ id: 't', name: 'T', any: ['oil*', 'oil'] }])
    const terms = explainTopic(watchlist, 't', { title: 'Oil' })?.terms.map(({ term }) => term)
    expect(terms?.toSorted()).toEqual(['oil', 'oil*'])
  })

  test('the words of an article serve tagging and explaining alike', () => {
    const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query: 'oil' }])
    const article = { body: 'oil' }
    const words = articleWords(article)
    expect(tagArticle(watchlist, article, words)).toEqual(tagArticle(watchlist, article))
    expect(explainTopic(watchlist, 't', article, words)).toEqual(explainTopic(watchlist, 't', article))
    expect(explainTopic(watchlist, 't', { ...article, lang: 'ar' }, words)?.matched).toBe(true)
  })

  test('an unknown topic has no explanation', () => {
    expect(explainTopic(compileWatchlist([]).watchlist, 't', {})).toBeUndefined()
  })
})
