import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeedPace } from '../../src/model/item.ts'
import type { FailureReason } from '../../src/model/outcome.ts'
import type { FeedSchedule } from '../../src/pipeline/schedule.ts'
import {
  attempt,
  dayMs,
  failed,
  fetched,
  hourMs,
  minuteMs,
  notModified,
  now,
  plan,
  rateLimited,
  waitMs,
} from './schedule-polls.ts'

describe('after a refusal', () => {
  it('honours Retry-After for the feed and those it speaks for (A33, A36)', () => {
    const scheduled = plan(rateLimited({ retryAfterMs: 2 * hourMs }), { random01: 0.5 })
    expect(scheduled.refusedUntil).toBe(now + 2 * hourMs)
    expect(waitMs(scheduled)).toBe(2 * hourMs + 3 * minuteMs)
    expect(plan(rateLimited({ retryAfterMs: 600_000 }, 503)).refusedUntil).toBe(now + 600_000)
    expect(waitMs(plan(rateLimited({ retryAfterMs: 120_000 })))).toBe(hourMs)
  })

  it('believes Retry-After up to a week (A34)', () => {
    expect(waitMs(plan(rateLimited({ retryAfterMs: 30 * dayMs })))).toBe(7 * dayMs)
  })

  it('waits an hour and then twice as long each time when a 429 says nothing, up to a day (A35)', () => {
    const waits: number[] = []
    let state: FeedSchedule = {}
    for (let round = 0; round < 7; round++) {
      const scheduled = plan(rateLimited(), { state, intervalMs: 10 * minuteMs })
      waits.push(waitMs(scheduled) / hourMs)
      state = scheduled.schedule
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24])
  })

  it('waits at least four hours after 401 and 403 (A41)', () => {
    expect(waitMs(plan(failed('forbidden', 401)))).toBe(4 * hourMs)
    expect(waitMs(plan(failed('not-a-feed', 403), { state: { failures: 1 } }))).toBe(8 * hourMs)
  })

  it('never asks a feed again that is gone (A40)', () => {
    const outcome = { ...attempt, kind: 'gone', status: 410, pace: {} } as const
    expect(plan(outcome)).toMatchObject({ nextFetchAt: 8.64e15, because: 'gone' })
  })
})

describe('after a failure', () => {
  it.each(['dns', 'connect', 'tls', 'timeout', 'reset', 'not-found', 'unexpected-not-modified'] as const)(
    'backs off from %s between the interval and its doubling, up to a day (A38, A39)',
    (reason) => {
      const waits = [1, 2, 3, 4, 5, 60].map((failures) => {
        const most = plan(failed(reason), { state: { failures: failures - 1 }, random01: 0.999999 })
        expect(waitMs(plan(failed(reason), { state: { failures: failures - 1 } }))).toBe(hourMs)
        return Math.round(waitMs(most) / hourMs)
      })
      expect(waits).toEqual([2, 4, 8, 16, 24, 24])
    },
  )

  it('counts failures, keeps what it knew of the feed, and starts afresh after an answer', () => {
    const known = plan(fetched({ ttlMinutes: 180 })).schedule
    const first = plan(failed('timeout'), { state: known })
    const second = plan(rateLimited(), { state: first.schedule })
    expect([first.failures, second.failures]).toEqual([1, 2])
    const recovered = plan(notModified('status-304'), { state: second.schedule })
    expect([recovered.failures, waitMs(recovered)]).toEqual([0, 3 * hourMs])
  })
})

describe('whatever the world says', () => {
  const wild = fc.oneof(fc.integer(), fc.double(), fc.constant(undefined))
  const paces = fc.record({
    ttlMinutes: wild,
    updateFrequency: wild,
    updatePeriod: fc.constantFrom('hourly', 'daily', 'weekly', 'never'),
    skipHours: fc.array(fc.integer({ min: -3, max: 30 })),
    skipDays: fc.array(fc.constantFrom('Monday', 'tuesday', 'Friday', 'Sunday', 'x')),
  }) as fc.Arbitrary<FeedPace> // undefined stands for what a parser could not read
  const pace = fc.record({ freshForMs: fc.nat() }, { requiredKeys: [] })
  const outcomes = fc.oneof(
    fc.tuple(paces, pace).map(([feedPace, said]) => fetched(feedPace, said)),
    pace.map((said) => notModified('same-body', said)),
    fc.record({ retryAfterMs: fc.nat() }, { requiredKeys: [] }).map((said) => rateLimited(said)),
    fc.constantFrom<FailureReason>('timeout', 'dns').map((reason) => failed(reason)),
  )
  const cases = fc.record({
    outcome: outcomes,
    failures: fc.nat(2_000),
    intervalMs: fc.integer({ min: minuteMs, max: dayMs }),
    random01: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  })

  it('is a whole instant, never before the interval and never more than a fortnight away', () => {
    fc.assert(
      fc.property(cases, ({ outcome, failures, intervalMs, random01 }) => {
        const scheduled = plan(outcome, { state: { failures }, intervalMs, random01 })
        expect(Number.isSafeInteger(scheduled.nextFetchAt)).toBe(true)
        expect(waitMs(scheduled)).toBeGreaterThanOrEqual(intervalMs)
        expect(waitMs(scheduled)).toBeLessThanOrEqual(15 * dayMs)
      }),
    )
  })

  it('survives being stored as JSON: the next wait is the same', () => {
    fc.assert(
      fc.property(cases, cases, (first, second) => {
        const { schedule } = plan(first.outcome, first)
        const stored = JSON.parse(JSON.stringify(schedule))
        expect(plan(second.outcome, { ...second, state: stored })).toMatchObject({
          nextFetchAt: plan(second.outcome, { ...second, state: schedule }).nextFetchAt,
        })
      }),
    )
  })

  it('is a day when a feed asks for an endless wait', () => {
    const endless = fetched({ updatePeriod: 'hourly', updateFrequency: Number.MIN_VALUE })
    expect(waitMs(plan(endless))).toBe(dayMs)
  })

  it('lets chance only add to a wait', () => {
    fc.assert(
      fc.property(cases, ({ outcome, failures, intervalMs, random01 }) => {
        const steady = plan(outcome, { state: { failures }, intervalMs })
        const spread = plan(outcome, { state: { failures }, intervalMs, random01 })
        expect(waitMs(spread)).toBeGreaterThanOrEqual(waitMs(steady))
      }),
    )
  })
})
