import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint, isNumber, spelledWords, titleHash } from '../../src/text/fingerprint.ts'
import { analyse } from '../../src/text/words.ts'

const wordsOf = (text: string) => [...fingerprint('', text).words]
const stemsOf = (text: string) => [...fingerprint('', text).stems]

test('a fingerprint holds the words of the headline, then those of the first 300 units of the text', () => {
  const print = fingerprint('Two words', `${'word '.repeat(59)}lastx cut`)
  expect(print.titleCount).toBe(2)
  expect(print.words).toHaveLength(2 + 60)
  expect(fingerprint('Two words', `${'word '.repeat(59)}lastxx`).words).toHaveLength(2 + 59) // a word cut in half is left out
})

test('marks of the headline do not count', () => {
  expect(titleHash(fingerprint('UPDATE 1-Oil rises', ''))).toBe(titleHash(fingerprint('“Oil” rises!', '')))
  expect(titleHash(fingerprint('Oil rises', ''))).not.toBe(titleHash(fingerprint('Rises oil', '')))
  expect(titleHash(fingerprint('', 'some text'))).toBe(0)
})

test('a headline without end costs no more than a long one', () => {
  expect(fingerprint('word '.repeat(100_000), '').titleCount).toBe(60)
})

test('the words that the caller has analysed are used as they are', () => {
  const [title, text] = ['Oil rises', 'The price of oil rose by 2.5 per cent. '.repeat(20)]
  expect(fingerprint(title, text, { title: analyse(title), text: analyse(text) })).toEqual(
    fingerprint(title, text),
  )
})

test('numbers are told from words in every script', () => {
  const { words } = fingerprint('', 'rose 12 ۱۲ ١٢ by 3rd')
  expect([...words].map(isNumber)).toEqual([false, true, true, true, false, true])
  expect(new Set(words.slice(1, 4)).size).toBe(1)
})

test('Persian affixes apart, with a joiner or closed up are one word', () => {
  expect(wordsOf('می رود کتاب ها')).toEqual(wordsOf('می‌رود کتاب‌ها'))
  expect(wordsOf('میرود کتابها')).toEqual(wordsOf('می‌رود کتاب‌ها'))
  expect(wordsOf('مي رود')).toHaveLength(1)
  expect(wordsOf('شبه‌نظامیان')).toEqual(wordsOf('شبه نظامیان'))
  expect(wordsOf('ام قصر')).toHaveLength(2) // Umm Qasr is no suffix
})

test('a stem is what the forms of a word share, without the Arabic article', () => {
  expect(stemsOf('والحريق بالحريق للحريق الحريق')).toEqual(
    Array.from({ length: 4 }, () => stemsOf('حريق')[0]),
  )
  expect(stemsOf('بكركوك كركوك')).toEqual(Array.from({ length: 2 }, () => stemsOf('كركوك')[0])) // the report tells
  expect(stemsOf('بكركوك')).not.toEqual(stemsOf('كركوك'))
  expect(stemsOf('explosions')).toEqual(stemsOf('explosives'))
  expect(stemsOf('ألف')).not.toEqual(stemsOf('ف')) // alef and lam that belong to the word
  expect(stemsOf('killed')).not.toEqual(stemsOf('kidnapped'))
})

test('the spelled words of a text are those of its fingerprint', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('می', 'رود', 'ها', 'oil', '12', 'الحريق', '-', '‌'), { maxLength: 20 }),
      (parts) => {
        const text = parts.join(' ')
        expect(spelledWords(text).map(({ word }) => word)).toEqual(wordsOf(text))
      },
    ),
  )
  expect(spelledWords('Oil می رود').map(({ spelling }) => spelling)).toEqual(['oil', 'ميرود'])
})
