// A15-A25, A31, A33-A41, A64: how long a feed is left alone, and why.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeedPace, NormalisedFeed } from '../../src/model/item.ts'
import type { FailureReason, FetchOutcome, ResponsePace } from '../../src/model/outcome.ts'
import { type FeedSchedule, nextFetchAt, type Polled, type Scheduled } from '../../src/pipeline/schedule.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const now = Date.UTC(2027, 0, 4, 6) // a Monday
const attempt = { at: now, durationMs: 100, url: 'https://post.example/feed' }

function feedOf(pace: FeedPace): NormalisedFeed {
  return { format: 'rss', engine: 'tolerant', pace, items: [], skipped: [], warnings: [] }
}

function fetched(feedPace: FeedPace = {}, pace: ResponsePace = {}): FetchOutcome {
  const feed = feedOf(feedPace)
  return { ...attempt, kind: 'fetched', status: 200, validators: {}, bodyHash: 'h', bytes: 1, feed, pace }
}

function notModified(because: 'status-304' | 'same-body', pace: ResponsePace = {}): FetchOutcome {
  return { ...attempt, kind: 'not-modified', because, validators: {}, pace }
}

function failed(reason: FailureReason, status?: number): FetchOutcome {
  const base = { ...attempt, kind: 'failed', reason, detail: '', pace: {} } as const
  return status === undefined ? base : { ...base, status }
}

function rateLimited(pace: ResponsePace = {}, status = 429): FetchOutcome {
  return { ...attempt, kind: 'rate-limited', status, pace }
}

function plan(
  outcome: FetchOutcome,
  changes: Partial<Polled> & { state?: FeedSchedule; random01?: number } = {},
) {
  const { state = {}, random01 = 0, ...polled } = changes
  return nextFetchAt(state, { outcome, intervalMs: hourMs, ...polled }, now, random01)
}

function waitMs(scheduled: Scheduled): number {
  return scheduled.nextFetchAt - now
}

describe('after an answer', () => {
  it('waits the configured interval when nobody asks for more', () => {
    expect(plan(fetched())).toEqual({
      schedule: { failures: 0, lastNewAt: now, pace: {}, wholeBodyAt: now },
      nextFetchAt: now + hourMs,
      failures: 0,
      because: 'interval',
    })
  })

  it('takes max-age as a floor, up to a day (A15, A16)', () => {
    expect(waitMs(plan(fetched({}, { freshForMs: 12 * hourMs })))).toBe(12 * hourMs)
    expect(waitMs(plan(fetched({}, { freshForMs: 31_536_000_000 })))).toBe(dayMs)
    expect(waitMs(plan(fetched({}, { freshForMs: dayMs }), { random01: 0.9 }))).toBe(dayMs)
    expect(waitMs(plan(fetched({}, { freshForMs: minuteMs })))).toBe(hourMs)
  })

  it('listens to Cache-Control on a 304, and remembers that of the 200 when the 304 has none (A18)', () => {
    const { schedule: state } = plan(fetched({}, { freshForMs: 2 * hourMs }))
    const repeated = plan(notModified('status-304', { freshForMs: 6 * hourMs }), { state })
    expect([waitMs(repeated), repeated.because]).toEqual([6 * hourMs, 'max-age'])
    expect(waitMs(plan(notModified('status-304'), { state }))).toBe(2 * hourMs)
    expect(waitMs(plan(fetched(), { state }))).toBe(hourMs)
  })

  it.each([
    [180, 3 * hourMs],
    [0, hourMs],
    [-5, hourMs],
    [999_999, dayMs],
    [Number.NaN, hourMs],
  ])('reads a ttl of %d minutes (A22)', (ttlMinutes, expected) => {
    expect(waitMs(plan(fetched({ ttlMinutes })))).toBe(expected)
  })

  it.each([
    [{ updatePeriod: 'daily', updateFrequency: 2 }, 12 * hourMs],
    [{ updatePeriod: 'hourly', updateFrequency: 1 }, hourMs],
    [{ updatePeriod: 'Daily' }, dayMs],
    [{ updatePeriod: 'hourly', updateFrequency: 0 }, hourMs],
    [{ updatePeriod: 'fortnightly' }, hourMs],
    [{ updatePeriod: 'daily', updateFrequency: Number.NaN }, hourMs],
  ])('reads the update period %j (A23)', (pace, expected) => {
    expect(waitMs(plan(fetched(pace)))).toBe(expected)
  })

  it('takes the longest of all wishes and names it (A25)', () => {
    const outcome = fetched({ ttlMinutes: 60, updatePeriod: 'hourly' }, { freshForMs: 7_200_000 })
    const scheduled = plan(outcome, { intervalMs: 30 * minuteMs })
    expect([waitMs(scheduled), scheduled.because]).toEqual([2 * hourMs, 'max-age'])
  })

  it('remembers the pace of the feed while it is not modified', () => {
    const { schedule: state } = plan(fetched({ ttlMinutes: 180 }))
    expect(waitMs(plan(notModified('status-304'), { state }))).toBe(3 * hourMs)
  })

  it('lets a configured interval beyond a day stand', () => {
    expect(waitMs(plan(fetched(), { intervalMs: 7 * dayMs }))).toBe(7 * dayMs)
  })

  it('keeps an hourly feed between 60 and 63 minutes for two days (A31)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 48, maxLength: 48 }),
        (dice) => {
          let state: FeedSchedule = {}
          for (const random01 of dice) {
            const scheduled = plan(notModified('status-304'), { state, random01 })
            expect(waitMs(scheduled)).toBeGreaterThanOrEqual(hourMs)
            expect(waitMs(scheduled)).toBeLessThanOrEqual(63 * minuteMs)
            state = scheduled.schedule
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('asks less often for whole bodies that bring nothing new, and returns at once when they do (A64)', () => {
    const quiet = { lastNewAt: now - 7 * dayMs }
    const slowed = plan(notModified('same-body'), { state: quiet })
    expect([waitMs(slowed), slowed.because]).toEqual([7 * hourMs, 'quiet'])
    expect(waitMs(plan(fetched(), { state: quiet, newItems: 0 }))).toBe(7 * hourMs)
    expect(waitMs(plan(notModified('same-body'), { state: { lastNewAt: now - 365 * dayMs } }))).toBe(dayMs)
    expect(waitMs(plan(notModified('status-304'), { state: quiet }))).toBe(hourMs)
    expect(waitMs(plan(fetched(), { state: slowed.schedule, newItems: 1 }))).toBe(hourMs)
  })
})

describe('a week of one feed', () => {
  /** Polls whenever due for a week; returns the hours between polls. */
  function week(answer: (at: number) => FetchOutcome): readonly number[] {
    const gaps: number[] = []
    let state: FeedSchedule = {}
    for (let at = now; at < now + 7 * dayMs; ) {
      const scheduled = nextFetchAt(state, { outcome: answer(at), intervalMs: hourMs }, at, 0)
      gaps.push((scheduled.nextFetchAt - at) / hourMs)
      state = scheduled.schedule
      at = scheduled.nextFetchAt
    }
    return gaps
  }

  it('with 304s stays hourly', () => {
    expect(new Set(week((at) => (at === now ? fetched() : notModified('status-304'))))).toEqual(new Set([1]))
  })

  it('with the same whole body again and again slows down after two days (A64)', () => {
    const gaps = week((at) => (at === now ? fetched() : notModified('same-body')))
    expect(gaps.slice(0, 47)).toEqual(Array(47).fill(1))
    expect(gaps.length).toBeLessThan(90)
    expect(Math.max(...gaps)).toBeLessThan(8)
  })
})

describe('skipped hours and days', () => {
  const nightHours = [0, 1, 2, 3, 4, 5]

  it('moves a fetch out of the listed GMT hours (A24)', () => {
    const late = Date.UTC(2027, 0, 4, 23, 30)
    const scheduled = nextFetchAt(
      {},
      { outcome: fetched({ skipHours: nightHours }), intervalMs: hourMs },
      late,
      0,
    )
    expect(scheduled).toMatchObject({ nextFetchAt: Date.UTC(2027, 0, 5, 6), because: 'skipped-hours' })
  })

  it('moves a fetch out of the listed days', () => {
    const saturday = Date.UTC(2027, 0, 9, 12)
    const pace = { skipDays: ['Saturday', 'sunday '] }
    const scheduled = nextFetchAt({}, { outcome: fetched(pace), intervalMs: hourMs }, saturday, 0)
    expect(scheduled.nextFetchAt).toBe(Date.UTC(2027, 0, 11))
  })

  it('counts 24 as midnight, as RSS 0.91 did', () => {
    const late = Date.UTC(2027, 0, 4, 23, 30)
    const polled = { outcome: fetched({ skipHours: [24] }), intervalMs: hourMs }
    expect(nextFetchAt({}, polled, late, 0).nextFetchAt).toBe(Date.UTC(2027, 0, 5, 1))
  })

  it('holds after a failure too', () => {
    const state = plan(fetched({ skipHours: [7, 8] })).schedule
    expect(plan(failed('timeout'), { state }).nextFetchAt).toBe(Date.UTC(2027, 0, 4, 9))
  })

  it.each([
    [{ skipHours: Array.from({ length: 24 }, (_, hour) => hour) }],
    [{ skipHours: Array.from({ length: 24 }, (_, hour) => hour + 1) }],
    [{ skipDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] }],
    [{ skipHours: [25, -1, 6.5, Number.NaN], skipDays: ['caturday'] }],
  ])('ignores a list that forbids everything or nothing: %j (A24)', (pace) => {
    expect(waitMs(plan(fetched(pace)))).toBe(hourMs)
  })
})

describe('after a refusal', () => {
  it('honours Retry-After for the feed and its host (A33, A36)', () => {
    const scheduled = plan(rateLimited({ retryAfterMs: 2 * hourMs }), { random01: 0.5 })
    expect(scheduled.pausedHostUntil).toBe(now + 2 * hourMs)
    expect(waitMs(scheduled)).toBe(2 * hourMs + 3 * minuteMs)
    expect(plan(rateLimited({ retryAfterMs: 600_000 }, 503)).pausedHostUntil).toBe(now + 600_000)
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

  it('pauses one feed only on a private host or a bridge (A37)', () => {
    expect(plan(rateLimited({ retryAfterMs: hourMs }), { sharesHost: true })).not.toHaveProperty(
      'pausedHostUntil',
    )
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
