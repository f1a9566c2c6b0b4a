// "Did you mean": near enough to help, never a wild guess.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestWord } from '../../src/app/nearest-word.ts'

const keys = ['name', 'country', 'language', 'feeds', 'timeZone']

test.each([
  ['nmae', 'name'],
  ['contry', 'country'],
  ['Language', 'language'],
  ['timezone', 'timeZone'],
  ['feed', 'feeds'],
])('%s is meant to be %s', (word, nearest) => {
  expect(nearestWord(word, keys)).toBe(nearest)
})

test.each(['xylophone', 'بلد', 'id number of it'])('%s is near to nothing', (word) => {
  expect(nearestWord(word, keys)).toBeUndefined()
})

test('nothing is near when nothing is known', () => {
  expect(nearestWord('name', [])).toBeUndefined()
})

test('a known word is always nearest to itself', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
      const [word = ''] = words
      expect(nearestWord(word, words)?.toLowerCase()).toBe(word.toLowerCase())
    }),
  )
})
