// What a watchlist remembers of words without labels makes it quicker, and nothing else.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Topic } from '../../src/model/topic.ts'
import { isPlain, newPlainWords, rememberPlain } from '../../src/pipeline/plain-words.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { hashUnits } from '../../src/text/word-hash.ts'

const topics: readonly Topic[] = [
  { id: 'harbour', name: 'Harbour', any: ['harbour', 'ferr*', 'ميناء', '"old pier"'] },
  { id: 'person', name: 'Person', any: ['name:Qasim', '*works'] },
]
const word = fc.oneof(
  fc.constantFrom('harbour', 'harbor', 'ferry', 'والميناء', 'ميناء', 'old', 'pier', 'Kassem', 'waterworks'),
  fc.string({ unit: fc.constantFrom(...'abehoruم'), minLength: 1, maxLength: 20 }),
)
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

it('a watchlist finds the same whatever it read before', () => {
  const practised = compileWatchlist(topics).watchlist
  fc.assert(
    fc.property(text, (title) => {
      const fresh = compileWatchlist(topics).watchlist
      tagArticle(practised, { title, source: 'a', tags: [] })
      expect(tagArticle(practised, { title, source: 'a', tags: [] })).toEqual(
        tagArticle(fresh, { title, source: 'a', tags: [] }),
      )
    }),
    { numRuns: 300 },
  )
})

it('a word is known by its letters, never by its hash alone', () => {
  const known = newPlainWords()
  const units = Uint16Array.from('pier', (letter) => letter.charCodeAt(0))
  const others = Uint16Array.from('pies', (letter) => letter.charCodeAt(0))
  const hash = hashUnits(units, 0, 4)
  expect(isPlain(known, hash, units, 0, 4)).toBe(false)
  rememberPlain(known, hash, units, 0, 4)
  expect(isPlain(known, hash, units, 0, 4)).toBe(true)
  expect(isPlain(known, hash, others, 0, 4)).toBe(false)
  expect(isPlain(known, hash, units, 0, 3)).toBe(false)
})
