import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CP1252_HIGH } from '../../src/text/charset-cp1252.ts'
import { mayBeDoublyEncoded, repairDoubleEncoding } from '../../src/text/charset-repair.ts'

const twice = (text: string) =>
  Array.from(
    new TextEncoder().encode(text),
    (byte) => CP1252_HIGH[byte - 0x80] ?? String.fromCharCode(byte),
  ).join('')

test('what was encoded twice is repaired, what was encoded once stays', () => {
  expect(repairDoubleEncoding(twice('سلام café'))).toBe('سلام café')
  expect(repairDoubleEncoding('Ein Café in São Paulo')).toBe('Ein Café in São Paulo')
})

test('bytes that cannot be doubly encoded are never a text that repairing changes', () => {
  const letters = fc.array(fc.constantFrom(...'aé\u0080\u00bf\u00c2\u00c3\u00f4\u00f5س’ŸƒˆÐ€ '), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      fc.oneof(
        letters.map((list) => list.join('')),
        fc.string({ unit: 'binary' }).map(twice),
      ),
      (text) => {
        const bytes = new TextEncoder().encode(text)
        const isChanged = repairDoubleEncoding(text) !== text
        if (isChanged) expect(mayBeDoublyEncoded(bytes)).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a few accents are not taken for it', () => {
  expect(mayBeDoublyEncoded(new TextEncoder().encode('L’été à São Paulo: «déjà vu»'))).toBe(false)
  expect(mayBeDoublyEncoded(new TextEncoder().encode(twice('سلام')))).toBe(true)
})
