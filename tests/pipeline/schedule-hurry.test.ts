// A feed that loses entries between two polls is polled more often, and less often again when it is calm.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { type FeedSchedule, nextFetchAt, type Polled } from '../../src/pipeline/schedule.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const now = Date.UTC(2027, 0, 4)
const item = { title: 't', summary: '', text: '', authors: [], categories: [], enclosures: [], flags: [] }

/** A fetch of a feed with twenty entries, of which so many are new. */
function poll(newItems: number, freshForMs?: number): Polled {
  const items = Array.from({ length: 20 }, () => item)
  const feed = { format: 'rss', engine: 'tolerant', pace: {}, items, skipped: [], warnings: [] } as const
  const pace = freshForMs === undefined ? {} : { freshForMs }
  const attempt = { at: now, durationMs: 1, url: 'https://post.example/feed', pace, validators: {} }
  const outcome: FetchOutcome = {
    ...attempt,
    kind: 'fetched',
    status: 200,
    bodyHash: String(newItems),
    bytes: 1,
    feed,
  }
  return { outcome, intervalMs: hourMs, newItems, overflow: newItems === 20 }
}

/** The minutes waited after each of these fetches. */
function waits(...polls: readonly Polled[]): readonly number[] {
  let state: FeedSchedule = {}
  return polls.map((polled) => {
    const next = nextFetchAt(state, polled, now, 0)
    state = next.schedule
    return (next.nextFetchAt - now) / minuteMs
  })
}

const times = (count: number, polled: Polled): readonly Polled[] =>
  Array.from({ length: count }, () => polled)

describe('the interval of a feed', () => {
  it('is halved by each overflow, down to five minutes', () => {
    expect(waits(...times(6, poll(20)))).toEqual([30, 15, 7.5, 5, 5, 5])
  })

  it('stays while the news fill much of the feed, and grows back by a quarter while they do not', () => {
    expect(waits(poll(20), poll(20), poll(10), poll(5), poll(4), poll(0))).toEqual([
      30, 15, 15, 15, 18.75, 23.4375,
    ])
    expect(waits(poll(20), ...times(5, poll(0))).at(-1)).toBe(60)
  })

  it('is never shorter than what the server asks', () => {
    expect(waits(...times(3, poll(20, 40 * minuteMs)))).toEqual([40, 40, 40])
  })

  it('settles where a steady feed neither overflows nor is calm', () => {
    // Two entries a minute: twenty entries last ten minutes.
    let state: FeedSchedule = {}
    let waitMs = hourMs
    const lost: boolean[] = []
    for (let turn = 0; turn < 50; turn++) {
      const newItems = Math.min(20, Math.round((waitMs / minuteMs) * 2))
      lost.push(newItems === 20)
      const next = nextFetchAt(state, poll(newItems), now, 0)
      state = next.schedule
      waitMs = next.nextFetchAt - now
    }
    expect(lost.lastIndexOf(true)).toBeLessThan(5)
  })

  it('lies between five minutes and the configured one, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }), (news) => {
        for (const wait of waits(...news.map((count) => poll(count)))) {
          expect(wait).toBeGreaterThanOrEqual(5)
          expect(wait).toBeLessThanOrEqual(60)
        }
      }),
    )
  })
})
