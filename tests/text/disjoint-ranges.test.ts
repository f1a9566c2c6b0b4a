// Overlapping ranges become one; others stay as they are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { disjointRanges } from '../../src/text/disjoint-ranges.ts'

test.each([
  ['nothing of nothing', [], []],
  ['ranges that touch stay apart', ['0-2', '2-4'], ['0-2', '2-4']],
  ['ranges in any order come in order', ['5-6', '0-2'], ['0-2', '5-6']],
  ['ranges that overlap become one', ['0-3', '2-5'], ['0-5']],
  ['a range inside another adds nothing', ['0-9', '2-5'], ['0-9']],
])('%s', (_, given, expected) => {
  const read = (text: string) => {
    const [start = 0, end = 0] = text.split('-').map(Number)
    return { start, end }
  }
  expect(disjointRanges(given.map(read))).toEqual(expected.map(read))
})

test('every place is covered as before, and no place twice', () => {
  const range = fc
    .tuple(fc.nat(30), fc.integer({ min: 1, max: 9 }))
    .map(([start, length]) => ({ start, end: start + length }))
  fc.assert(
    fc.property(fc.array(range), (ranges) => {
      const covered = (some: typeof ranges) =>
        some.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))
      const result = covered([...disjointRanges(ranges)])
      expect(result).toEqual([...new Set(covered(ranges))].toSorted((a, b) => a - b))
    }),
  )
})
