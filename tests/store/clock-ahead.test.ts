// A clock that was ahead and is right again: what it put off is due, and nothing else changes.
import { describe, expect, test } from 'vitest'
import { dayMs, fetched, minuteMs, noon, record, storeWith } from './archive.ts'
import { freeze, issued } from './issue.ts'

const leaseMs = 5 * minuteMs

describe('once the clock is right', () => {
  test('a feed that was polled a day ahead is due now, once (C21)', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon + dayMs))
    expect(store.feeds.claimDue(noon, leaseMs, 1)).toEqual([])
    expect(store.upkeep.bringForward(noon)).toBe(1)
    expect(store.feeds.claimDue(noon, leaseMs, 1)).toHaveLength(1)
    expect(store.upkeep.bringForward(noon + minuteMs)).toBe(0) // it is being fetched: its lease stays
    record(store, 'wire', fetched(noon + minuteMs))
    expect(store.upkeep.bringForward(noon + 2 * minuteMs)).toBe(0)
  })

  test('a feed that another machine polled less than two hours ahead stays as it is: clocks differ', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon + 120 * minuteMs))
    expect(store.upkeep.bringForward(noon)).toBe(0)
    record(store, 'wire', fetched(noon + 120 * minuteMs + 1))
    expect(store.upkeep.bringForward(noon)).toBe(1)
  })

  test('a lease that was given a day ahead ends, and what minutes put off stays (C21)', () => {
    const { store } = storeWith(['wire', 'cedar'])
    record(store, 'cedar', fetched(noon + 10 * minuteMs))
    expect(store.feeds.claimDue(noon + dayMs, leaseMs, 1)).toHaveLength(1)
    expect(store.upkeep.bringForward(noon)).toBe(1)
    expect(store.feeds.claimDue(noon, leaseMs, 9)).toHaveLength(1)
  })

  test('a delivery that was tried a day ahead is tried again now (C21)', () => {
    const { store } = storeWith(['wire'])
    freeze(store, issued(1, noon, store.stories.create(noon)), 0, noon)
    const row = store.deliveries.claim(1, noon + dayMs, leaseMs)
    if (row) store.deliveries.settle(row, { kind: 'temporary', detail: '451 later' }, noon + dayMs)
    expect(store.deliveries.due(noon, 9)).toEqual([2])
    expect(store.upkeep.bringForward(noon)).toBe(1)
    expect(store.deliveries.due(noon, 9)).toEqual([1, 2])
  })
})
