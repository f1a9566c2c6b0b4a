import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockBytes, blockFractions, blockHalves, blockIntegers } from '../../src/text/blocks.ts'

const kinds = [blockBytes, blockHalves, blockIntegers, blockFractions]

test('lists from blocks are empty, and none shares memory with another', () => {
  const wish = fc.record({
    kind: fc.nat(kinds.length - 1),
    length: fc.oneof(fc.nat(200), fc.integer({ min: 8_000, max: 90_000 })),
  })
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 40 }), (wishes) => {
      const lists = wishes.map(({ kind, length }) => (kinds[kind] ?? blockBytes)(length))
      expect(lists.map(({ length }) => length)).toEqual(wishes.map(({ length }) => length))
      for (const [index, list] of lists.entries()) {
        expect(list.every((value) => value === 0)).toBe(true)
        list.fill(index + 1)
      }
      for (const [index, list] of lists.entries())
        expect(list.every((value) => value === index + 1)).toBe(true)
    }),
    { numRuns: 30 },
  )
})
