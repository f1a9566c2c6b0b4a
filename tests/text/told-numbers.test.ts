import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toldNumbers } from '../../src/text/told-numbers.ts'

describe('the numbers that a text tells', () => {
  test.each([
    ['four killed and 17 hurt', [4, 17]],
    ['أربعة قتلى و17 جريحا', [4, 17]],
    ['چهار کشته و ۱۷ زخمی', [4, 17]],
    ['198,500 barrels', [198_500]],
    ['١٩٨٬٥٠٠ برميل', [198_500]],
    ['1.340.000 tonnes', [1_340_000]],
    ['inflation of 41.7 percent', [41.7]],
    ['تورم ۴۱٫۷ درصد', [41.7]],
    ['التضخم 41,7 بالمئة', [41.7]],
    ['4.5 billion dollars', [4_500_000_000]],
    ['4.5 مليارات دولار', [4_500_000_000]],
    ['۴٫۵ میلیارد دلار', [4_500_000_000]],
    ['۷۱ هزار و ۲۰۰ تومان', [71_200]],
    ['71 thousand and 200 more', [71_000, 200]],
    ['ألفي إصابة', [2_000]],
  ])('%s', (text, numbers) => {
    expect(toldNumbers(text)).toEqual([...numbers].sort((a, b) => a - b))
  })

  test.each([
    ['on 12 May 2026 at 12:30'],
    ['في 12 أيار 2026'],
    ['۱۲ اردیبهشت ۱۴۰۵'],
    ['May 3, 2026'],
    ['in 2019'],
  ])('are not those of a date: %s', (text) => expect(toldNumbers(text)).toEqual([]))

  test('are the same in any digits, whatever the number', () => {
    const digits = (value: number, zero: number) =>
      String(value).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))
    fc.assert(
      fc.property(fc.integer({ min: 2_100, max: 2 ** 40 }), (value) => {
        for (const zero of [0x30, 0x660, 0x6f0]) expect(toldNumbers(digits(value, zero))).toEqual([value])
      }),
    )
  })
})
