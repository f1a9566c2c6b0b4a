import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitsGlob } from '../../src/text/glob.ts'

test('a glob fits what the same regular expression fits', () => {
  const pattern = fc
    .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 })
    .map((signs) => signs.join(''))
  const text = fc.array(fc.constantFrom('a', 'b', '𐐨'), { maxLength: 10 }).map((letters) => letters.join(''))
  fc.assert(
    fc.property(pattern, text, (glob, word) => {
      const regular = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u')
      expect(fitsGlob(glob, word, '*', '?')).toBe(regular.test(word))
    }),
    { numRuns: 500 },
  )
})

test('many stars on a long word take no time to speak of', () => {
  expect(fitsGlob(`${'*a'.repeat(30)}b`, 'a'.repeat(20_000), '*')).toBe(false)
})
