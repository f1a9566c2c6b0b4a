// The three date formats of HTTP, and what is none of them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHttpDate } from '../../src/text/http-date.ts'

const now = Date.UTC(2027, 0, 4, 6)

describe('HTTP dates', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT'],
    ['Sunday, 06-Nov-94 08:49:37 GMT'],
    ['Sun Nov  6 08:49:37 1994'],
    [' sun, 06 nov 1994 08:49:37 gmt '],
  ])('reads %s', (text) => {
    expect(parseHttpDate(text, now)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
  })

  it('puts a two-digit year at most 50 years ahead', () => {
    expect(parseHttpDate('Monday, 04-Jan-77 06:00:00 GMT', now)).toBe(Date.UTC(2077, 0, 4, 6))
    expect(parseHttpDate('Tuesday, 04-Jan-78 06:00:00 GMT', now)).toBe(Date.UTC(1978, 0, 4, 6))
  })

  it.each([
    '',
    '0',
    '-1',
    'yesterday',
    '2027-01-04T06:00:00Z',
    'Wed, 31 Feb 2027 00:00:00 GMT',
    'Mon, 04 Jan 2027 24:00:00 GMT',
  ])('refuses %j', (text) => {
    expect(parseHttpDate(text, now)).toBeUndefined()
  })

  it('reads back what toUTCString writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
        expect(parseHttpDate(new Date(second * 1000).toUTCString(), now)).toBe(second * 1000)
      }),
    )
  })
})
