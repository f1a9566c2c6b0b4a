// Articles, their sightings and revisions, and the counts over all of them.
import { describe, expect, test } from 'vitest'
import { dayMs, item, keep, noon, see } from './archive.ts'
import { about, truce } from './truce.ts'

describe('sightings and revisions', () => {
  test('the same entry again says what it said last', () => {
    const store = truce()
    const articleId = keep(store, 'wire', item('old'))
    expect(store.articles.findSighting(1, `${articleId}`)).toEqual({ articleId, contentHash: 'h' })
    store.articles.touchSighting(1, `${articleId}`, 'h2', item('new'))
    see(store, 'wire', articleId, item('new'), 'first', noon)
    expect(store.articles.findSighting(1, `${articleId}`)).toEqual({ articleId, contentHash: 'h' })
    expect(store.stats(0).sightings).toBe(1)
    expect(store.articles.findSighting(1, 'unknown')).toBeUndefined()
  })

  test('an edit keeps the old wording, and the address when the new entry has none', () => {
    const store = truce()
    const articleId = keep(store, 'wire', item('old', { url: 'https://wire.example/1' }))
    const known = store.articles.load(articleId)
    if (known)
      store.articles.revise(known, item('new'), { seenAt: noon, corrected: false, urlKey: 'wire.example/1' })
    expect(store.articles.load(articleId)).toMatchObject({
      title: 'new',
      url: 'https://wire.example/1',
      urlKey: 'wire.example/1',
    })
    expect(store.articles.findByUrlKey('wire.example/1').map((article) => article.articleId)).toEqual([
      articleId,
    ])
    expect(store.stats(0).revisions).toBe(1)
  })
})

test('stats count the archive, and by day, topic and source those of the window', () => {
  const store = truce()
  about(store, 'truce', 'old', noon - 3 * dayMs)
  about(store, 'truce', 'new', noon)
  keep(store, 'cedar', item('new too'), { at: noon })
  expect(store.stats(noon - dayMs)).toEqual({
    sources: 2,
    feeds: 2,
    articles: 3,
    sightings: 3,
    revisions: 0,
    stories: 3,
    matches: 2,
    editions: 0,
    newestAt: noon,
    byDay: [{ day: '2026-05-12', articles: 2 }],
    byTopic: [{ topicId: 'truce', articles: 1 }],
    bySource: [
      { sourceId: 'cedar', articles: 1 },
      { sourceId: 'wire', articles: 1 },
    ],
  })
})

test('an article that search cannot find is not called sound', () => {
  const store = truce()
  store.articles.insert({
    item: item('lost'),
    sourceId: 'wire',
    feedId: 1,
    firstSeenAt: noon,
    storyId: store.stories.create(noon),
    storyBecause: 'first',
  })
  expect(store.integrity()).toBe('articles missing from the search index: 1')
})
