// A17, A19-A21, A34: what the response headers say of time, and what is garbage.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshForMs, retryAfterMs } from '../../src/text/http-pace.ts'

const now = Date.UTC(2027, 0, 4, 6)
const date = 'Mon, 04 Jan 2027 06:00:00 GMT'
const inSixHours = 'Mon, 04 Jan 2027 12:00:00 GMT'
const hourMs = 3_600_000

describe('how long a response stays fresh', () => {
  it.each([
    ['max-age=7200', 2 * hourMs],
    ['public, Max-Age = 60', 60_000],
    ['max-age="7200"', 2 * hourMs],
    ['max-age=60, max-age=120', 60_000],
    ['max-age=abc, max-age=120', 120_000],
    ['must-revalidate, max-age=3600', hourMs],
    ['s-maxage=9', undefined],
    ['max-age=abc', undefined],
    ['max-age=-1', undefined],
    ['max-age=0', undefined],
    ['no-cache', undefined],
    ['no-store, max-age=3600', undefined],
    ['must-revalidate', undefined],
    ['', undefined],
    ['=,;,"', undefined],
  ])('is read from Cache-Control: %s (A17, A19)', (cacheControl, expected) => {
    expect(freshForMs({ cacheControl }, now)).toBe(expected)
  })

  it('is shortened by Age (A20)', () => {
    expect(freshForMs({ cacheControl: 'max-age=7200', age: '3600' }, now)).toBe(hourMs)
    expect(freshForMs({ cacheControl: 'max-age=7200', age: '9000' }, now)).toBeUndefined()
    expect(freshForMs({ cacheControl: 'max-age=7200', age: 'old' }, now)).toBe(2 * hourMs)
  })

  it('is Expires less Date when there is no max-age (A21)', () => {
    expect(freshForMs({ expires: inSixHours, date }, now)).toBe(6 * hourMs)
    const wrongClock = { expires: 'Thu, 01 Jan 2015 06:00:00 GMT', date: 'Thu, 01 Jan 2015 00:00:00 GMT' }
    expect(freshForMs(wrongClock, now)).toBe(6 * hourMs)
    expect(freshForMs({ expires: inSixHours }, now)).toBe(6 * hourMs)
    expect(freshForMs({ cacheControl: 'max-age=60', expires: inSixHours, date }, now)).toBe(60_000)
  })

  it.each(['0', '-1', 'Sun, 03 Jan 2027 06:00:00 GMT'])('ignores an Expires of %s (A21)', (expires) => {
    expect(freshForMs({ expires, date }, now)).toBeUndefined()
  })

  it('is a positive number or nothing, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (value, age, expires) => {
        const ms = freshForMs({ cacheControl: `max-age=${value}`, age, expires }, now)
        expect(ms === undefined || (Number.isFinite(ms) && ms > 0)).toBe(true)
      }),
    )
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    [inSixHours, 6 * hourMs],
    ['2592000', 2_592_000_000],
    ['0', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['Sun, 03 Jan 2027 06:00:00 GMT', undefined],
  ])('of %j (A34)', (retryAfter, expected) => {
    expect(retryAfterMs({ retryAfter }, now)).toBe(expected)
  })

  it('is measured on the clock of the server', () => {
    const headers = { retryAfter: 'Thu, 01 Jan 2015 01:00:00 GMT', date: 'Thu, 01 Jan 2015 00:00:00 GMT' }
    expect(retryAfterMs(headers, now)).toBe(hourMs)
  })
})
