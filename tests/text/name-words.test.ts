import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameSkeleton } from '../../src/text/name-skeleton.ts'
import { nameWords } from '../../src/text/name-words.ts'

describe('a name has one skeleton in both scripts', () => {
  test.each([
    ['mohammed', 'محمد'],
    ['darwash', 'دروش'],
    ['khuzestan', 'خوزستان'],
    ['kermanshah', 'كرمانشاه'],
    ['golzar', 'غولزار'],
    ['golzar', 'گلزار'],
    ['pourkazem', 'بوركاظم'],
    ['torvald', 'تورفالد'],
    ['chad', 'تشاد'],
  ])('%s %s', (latin, arabic) => {
    expect(nameSkeleton(latin)).toBe(nameSkeleton(arabic))
    expect(nameSkeleton(latin)).not.toBe('')
  })

  test('of consonants only, whatever the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (word) => {
        expect(nameSkeleton(word)).toMatch(/^[A-Z]*$/)
      }),
    )
  })
})

describe('words that may be names', () => {
  test('are those written with a capital that are not common', () => {
    expect([...nameWords("The court jailed Nabil Darwash's aide").values()]).toEqual(['nabil', 'darwash'])
  })

  test('are found behind attached letters and the article', () => {
    const names = nameWords('قتل 16 شخصا بكركوك والشعيرات')
    for (const name of ['كركوك', 'شعيرات']) expect(names.has(nameSkeleton(name))).toBe(true)
  })
})
