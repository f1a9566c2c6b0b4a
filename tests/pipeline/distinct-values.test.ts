import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distinctValues } from '../../src/pipeline/distinct-values.ts'
import { countIn, indexIn, valueSet } from '../../src/pipeline/value-set.ts'

const someWord = fc.oneof(fc.integer(), fc.integer({ min: -40, max: 40 }))

test('the distinct values of a list are those of a set, in the order they came', () => {
  fc.assert(
    fc.property(fc.array(someWord, { maxLength: 1_300 }), (values) => {
      const list = Int32Array.from(values)
      expect(Array.from(distinctValues(list))).toEqual([...new Set(list)])
      const set = valueSet(distinctValues(list))
      for (const value of values) expect(set.values[indexIn(set, value)]).toBe(value | 0)
      expect(countIn(set, Int32Array.from([...new Set(list), 1_000_000]))).toBe(set.values.length)
    }),
  )
})
