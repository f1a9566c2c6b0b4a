import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { columnsOf } from '../../src/text/columns.ts'

test('every character of the scripts we read most is as wide as the library says, alone and behind another', () => {
  // Basic Latin to Arabic, and punctuation to block elements: what is told without the library lies within.
  const codes = [
    ...Array.from({ length: 0x700 }, (_, at) => at),
    ...Array.from({ length: 0x600 }, (_, at) => 0x2000 + at),
  ]
  const others = codes
    .map((code) => String.fromCharCode(code))
    .flatMap((one) => [one, `a${one}`, `\u06cc\u200c${one}\u2069`])
    .filter((text) => columnsOf(text) !== stringWidth(text))
  expect(others).toEqual([])
})

test('so is every text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...'a é ب ی م ـ َ \u200c \u200d \u2068 \u2069 … · 水 \u00ad \u0301 ® \ufe0f 🇮 👍🏽 1\u20e3 ﷽'.split(' '),
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(columnsOf(pieces.join(''))).toBe(stringWidth(pieces.join('')))
    }),
    { numRuns: 50 },
  )
})
