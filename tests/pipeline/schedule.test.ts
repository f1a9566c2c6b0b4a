import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { type FeedSchedule, nextFetchAt } from '../../src/pipeline/schedule.ts'
import { dayMs, failed, fetched, hourMs, minuteMs, notModified, now, plan, waitMs } from './schedule-polls.ts'

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
