// Text comes back as it went in, whatever characters a feed put into it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownFeedUrl } from '../../src/store/index.ts'
import { item, keep, storeWith } from './archive.ts'

test.each([
  ['NUL', 'before\u0000after'],
  ['an escape sequence', '\u001b[31mred\u001b[0m'],
  ['a carriage return', 'a\rb'],
  ['right-to-left marks', '\u202bوقف\u202c \u200fإطلاق'],
  ['a family of one glyph', '👩‍👩‍👧‍👦'],
  ['SQL', `'); drop table article; --`],
])('%s in a title is stored and read back', (_, title) => {
  const { store } = storeWith(['wire'])
  const articleId = keep(store, 'wire', item(title, { summary: 'ceasefire' }))
  expect(store.articles.load(articleId)?.title).toBe(title)
  expect(store.search.search('ceasefire', { limit: 1 })[0]?.title).toBe(title)
  expect(store.integrity()).toBe('ok')
})

test('a lone surrogate, which UTF-8 cannot say, becomes the replacement character and harms nothing else', () => {
  const { store } = storeWith(['wire'])
  const articleId = keep(store, 'wire', item('a\ud800b ceasefire'))
  expect(store.articles.load(articleId)?.title).toBe('a\ufffdb ceasefire')
  expect(store.search.search('ceasefire', { limit: 1 })).toHaveLength(1)
  expect(store.integrity()).toBe('ok')
})

test('any text of any field comes back as it went in', () => {
  const { store } = storeWith(['wire'])
  const text = fc.string({ unit: 'grapheme', maxLength: 40 })
  fc.assert(
    fc.property(text, text, text, (title, summary, category) => {
      const articleId = keep(store, 'wire', item(title, { summary, guid: title, categories: [category] }))
      expect(store.articles.load(articleId)).toMatchObject({ title, summary, guid: title })
      expect([...store.articles.taggables(0)].at(-1)?.tags).toEqual([category])
    }),
    { numRuns: 50 },
  )
  expect(store.integrity()).toBe('ok')
})

test.each([
  ['https://user:secret@press.example/feed.xml?token=abc#x', 'https://press.example/feed.xml'],
  ['http://press.example:8080/a/b', 'http://press.example:8080/a/b'],
  ['not an address', 'not an address'],
])('%s is shown as %s', (url, shown) => {
  expect(shownFeedUrl(url)).toBe(shown)
})
