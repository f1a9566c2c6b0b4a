// A spike needs a past to stand out from, and a size worth a message.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spikeOver } from '../../src/pipeline/spike.ts'

const rule = { factor: 3, minimum: 5 }

describe('a spike', () => {
  it('is so many times the median of the four weeks, and more than on any of them', () => {
    expect(spikeOver({ count: 12, before: [2, 4, 3, 5] }, rule)).toBe(3.5)
    expect(spikeOver({ count: 10, before: [2, 4, 3, 5] }, rule)).toBeUndefined()
    expect(spikeOver({ count: 12, before: [2, 4, 3, 12] }, rule)).toBeUndefined()
  })

  it('is not called from nothing: without four weeks, or below the minimum', () => {
    expect(spikeOver({ count: 50, before: [] }, rule)).toBeUndefined()
    expect(spikeOver({ count: 50, before: [1, 1, 1] }, rule)).toBeUndefined()
    expect(spikeOver({ count: 4, before: [0, 0, 0, 0] }, rule)).toBeUndefined()
    expect(spikeOver({ count: 5, before: [0, 0, 0, 0] }, rule)).toBe(0)
  })

  it('stays one when more articles come', () => {
    const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(counts, fc.nat(500), (before, count) => {
        fc.pre(spikeOver({ count, before }, rule) !== undefined)
        expect(spikeOver({ count: count + 1, before }, rule)).toBeDefined()
      }),
    )
  })
})
