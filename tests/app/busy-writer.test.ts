// When so much is stored that a thread is worth its start.
import { describe, expect, it } from 'vitest'
import { createBusyWriter } from '../../src/app/busy-writer.ts'
import { createPace } from '../../src/app/pace.ts'

describe('a writer', () => {
  it('is busy from some thousands of entries on', () => {
    const { note, isBusy } = createBusyWriter(2)
    note(3_999)
    expect(isBusy()).toBe(false)
    note(1)
    expect(isBusy()).toBe(true)
  })

  it('is never busy where there is no second core for a thread', () => {
    const { note, isBusy } = createBusyWriter(1)
    note(1_000_000)
    expect(isBusy()).toBe(false)
  })
})

describe('the pace', () => {
  it('counts what came within the last one to two times so long, and forgets what came before', () => {
    let clock = 0
    const pace = createPace(100, () => clock)
    const told = [
      [0, 5],
      [99, 1],
      [100, 2],
      [199, 0],
      [200, 0],
      [300, 0],
      [301, 4],
      [520, 3],
    ].map(([at = 0, amount = 0]) => {
      clock = at
      return pace(amount)
    })
    expect(told).toEqual([5, 6, 8, 8, 2, 0, 4, 3])
  })
})
