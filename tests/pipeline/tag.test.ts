import { describe, expect, test } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { CROSSINGS } from './topic-crossings.ts'
import { articleOf, type Keys, topicOf } from './topic-example.ts'
import { EXAMPLES } from './topic-examples.ts'

/** The matched words of an article as written, or undefined when the topic does not match. */
function matched(keys: Keys, article: string | Taggable): string | undefined {
  const { watchlist, problems } = compileWatchlist([topicOf(keys)])
  expect(problems).toEqual([])
  const item = articleOf(article)
  const [match] = tagArticle(watchlist, item)
  return match?.spans.map(({ field, start, end }) => (item[field] ?? '').slice(start, end)).join(' | ')
}

for (const [rule, examples] of [...EXAMPLES, ...CROSSINGS]) {
  describe(rule, () => {
    test.each(examples)('%s', (_, keys, article, spans) => {
      expect(matched(keys, article)).toBe(spans)
    })
  })
}

test('topics come in configured order, broken ones are left out', () => {
  const topics = [
    { id: 'c', name: 'C', query: 'gas' },
    { id: 'x', name: 'X', query: '(' },
    { id: 'a', name: 'A', query: 'oil' },
  ]
  const { watchlist, problems } = compileWatchlist(topics)
  expect(problems.map(({ topicId }) => topicId)).toEqual(['x'])
  expect(tagArticle(watchlist, { title: 'oil and gas' }).map(({ topicId }) => topicId)).toEqual(['c', 'a'])
})

test('a topic of metadata alone matches without spans', () => {
  expect(matched({ where: { source: 'x-post' } }, { body: 'anything', source: 'x-post' })).toBe('')
})
