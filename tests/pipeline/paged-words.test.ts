// A row of words on pages: what is not forgotten is read as it was written, over the end of a page too.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  copyWords,
  forgetWords,
  keepWords,
  newPagedWords,
  type PagedWords,
  wordsAsList,
} from '../../src/pipeline/paged-words.ts'

const pagePlaces = 65_536

function read(paged: PagedWords, from: number, to: number): Int32Array {
  const words = new Int32Array(to - from)
  copyWords(paged, from, words)
  return words
}

function packed(paged: PagedWords, from: number, to: number): Int32Array {
  const { byteLength, parts } = wordsAsList(paged, from, to)
  const words = Int32Array.from([...parts].flatMap((part) => [...part]))
  expect(words.byteLength).toBe(byteLength)
  return words
}

const anyStep = fc.record({
  count: fc.integer({ min: 0, max: 30_000 }),
  forgotten: fc.double({ max: 1, min: 0, noNaN: true }),
})

test('what is not forgotten is read, and packed, as it was written', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.array(anyStep, { minLength: 1, maxLength: 12 }), (begin, steps) => {
      const paged = newPagedWords(begin)
      let [first, next] = [begin, begin]
      const wordAt = (place: number) => (place * 2_654_435_761) | 0
      for (const { count, forgotten } of steps) {
        keepWords(
          paged,
          next,
          Int32Array.from({ length: count }, (_, at) => wordAt(next + at)),
        )
        next += count
        if (forgotten > 0.5) first += Math.floor((next - first) * forgotten)
        forgetWords(paged, first)
        const expected = Int32Array.from({ length: next - first }, (_, at) => wordAt(first + at))
        expect(Buffer.from(read(paged, first, next).buffer).equals(Buffer.from(expected.buffer))).toBe(true)
        expect(Buffer.from(packed(paged, first, next).buffer).equals(Buffer.from(expected.buffer))).toBe(true)
        expect(paged.pages.length).toBeLessThanOrEqual(Math.ceil((next - first) / pagePlaces) + 1)
      }
    }),
    { numRuns: 40 },
  )
})

test('a place that was forgotten is refused', () => {
  const paged = newPagedWords()
  keepWords(paged, 0, new Int32Array(pagePlaces + 1))
  forgetWords(paged, pagePlaces)
  expect(read(paged, pagePlaces, pagePlaces + 1)).toEqual(new Int32Array(1))
  expect(() => read(paged, pagePlaces - 1, pagePlaces)).toThrow(RangeError)
})

test('no words may be read where a page ended', () => {
  const paged = newPagedWords()
  keepWords(paged, 0, new Int32Array(pagePlaces))
  keepWords(paged, pagePlaces, new Int32Array(0))
  expect(read(paged, pagePlaces, pagePlaces)).toHaveLength(0)
})
