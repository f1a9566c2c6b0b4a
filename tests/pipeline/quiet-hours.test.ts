// Quiet hours go by the clock on the reader's wall, through midnight and through the change to summer time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/model/alert.ts'
import { isQuietHour, mayAlert } from '../../src/pipeline/quiet-hours.ts'

const night = { timeZone: 'Asia/Baghdad', quietHours: { from: '22:00', until: '06:30' } } // UTC+3
const at = (text: string): number => Date.parse(text)

describe('quiet hours', () => {
  it('span midnight and end on the minute', () => {
    expect(isQuietHour(night, at('2026-11-20T18:59:59Z'))).toBe(false)
    expect(isQuietHour(night, at('2026-11-20T19:00:00Z'))).toBe(true)
    expect(isQuietHour(night, at('2026-11-21T00:00:00Z'))).toBe(true)
    expect(isQuietHour(night, at('2026-11-21T03:29:59Z'))).toBe(true)
    expect(isQuietHour(night, at('2026-11-21T03:30:00Z'))).toBe(false)
  })

  it('move with the clocks: 01:30 UTC is half past one in a London winter, half past two in summer', () => {
    const early = { timeZone: 'Europe/London', quietHours: { from: '00:00', until: '02:00' } }
    expect(isQuietHour(early, at('2026-01-10T01:30:00Z'))).toBe(true)
    expect(isQuietHour(early, at('2026-07-10T01:30:00Z'))).toBe(false)
  })

  it('are none without a setting, and none when both ends are the same', () => {
    expect(isQuietHour({ timeZone: 'UTC' }, 0)).toBe(false)
    expect(
      isQuietHour(
        { timeZone: 'UTC', quietHours: { from: '08:00', until: '08:00' } },
        at('2026-01-10T08:00:00Z'),
      ),
    ).toBe(false)
  })

  it('turned around they are the rest of the day', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    const clock = (of: number): string => new Date(of * 60_000).toISOString().slice(11, 16)
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 4_000_000_000_000 }), (from, until, instant) => {
        fc.pre(from !== until)
        const quiet = { timeZone: 'UTC', quietHours: { from: clock(from), until: clock(until) } }
        const turned = { timeZone: 'UTC', quietHours: { from: clock(until), until: clock(from) } }
        expect(isQuietHour(quiet, instant)).toBe(!isQuietHour(turned, instant))
      }),
    )
  })
})

describe('an alert', () => {
  const alert: Alert = {
    id: 'flash',
    name: 'Flash',
    topics: ['harvest'],
    when: 'immediate',
    minimumOutlets: 1,
    maxAgeMs: 1,
    cooldownMs: 60_000,
    spike: { hours: 3, factor: 3, minimum: 5 },
    timeZone: 'UTC',
    language: 'en',
    channels: [],
    storiesPerSection: 5,
  }
  it('waits for its cooldown and for the end of its quiet hours', () => {
    expect(mayAlert(alert, undefined, 0)).toBe(true)
    expect(mayAlert(alert, 1_000, 60_999)).toBe(false)
    expect(mayAlert(alert, 1_000, 61_000)).toBe(true)
    expect(mayAlert({ ...alert, quietHours: { from: '00:00', until: '00:02' } }, 1_000, 61_000)).toBe(false)
  })
})
