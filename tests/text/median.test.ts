// The middle of a few numbers, in whatever order they come.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median } from '../../src/text/median.ts'

test.each([
  [[], undefined],
  [[7], 7],
  [[9, 1, 5], 5],
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %s', (numbers, middle) => {
  expect(median(numbers)).toBe(middle)
})

test('as many numbers are below the median as above it, and the list stays as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 }), (numbers) => {
      const before = [...numbers]
      const middle = median(numbers) ?? Number.NaN
      expect(numbers).toEqual(before)
      const half = numbers.length / 2
      expect(numbers.filter((one) => one < middle).length).toBeLessThanOrEqual(half)
      expect(numbers.filter((one) => one > middle).length).toBeLessThanOrEqual(half)
    }),
  )
})
