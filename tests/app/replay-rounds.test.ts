// Every recorded poll is played once, in the order and at the distances it was recorded.
import { describe, expect, it } from 'vitest'
import { replayRounds } from '../../src/app/replay-rounds.ts'

describe('a recording is played', () => {
  it('with its last poll at the clock and the others as long before it as they were', () => {
    const feeds = [
      { feedId: 1, polls: [1_000, 61_000] },
      { feedId: 2, polls: [1_000] },
    ]
    expect(replayRounds(feeds, 500_000)).toEqual([
      { at: 440_000, turn: 0, feedIds: [1, 2] },
      { at: 500_000, turn: 1, feedIds: [1] },
    ])
  })

  it('poll by poll at the clock when it tells no times', () => {
    const polls = [undefined, undefined]
    const feeds = [
      { feedId: 1, polls },
      { feedId: 2, polls },
    ]
    expect(replayRounds(feeds, 5)).toEqual([
      { at: 5, turn: 0, feedIds: [1, 2] },
      { at: 5, turn: 1, feedIds: [1, 2] },
    ])
  })

  it('with feeds it does not hold asked once, so that they are told as missing', () => {
    expect(replayRounds([{ feedId: 7, polls: [] }], 5)).toEqual([{ at: 5, turn: 0, feedIds: [7] }])
  })
})
