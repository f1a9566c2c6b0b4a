import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '../../src/text/date.ts'

function iso(text: string, timeZone?: string): string | undefined {
  const instant = parseDate(text, timeZone === undefined ? {} : { timeZone })
  return instant === undefined ? undefined : new Date(instant).toISOString().replace('.000Z', 'Z')
}

/** [as a feed writes it, what it means]. */
const DATES: readonly (readonly [string, string])[] = [
  ['2026-10-13T17:00:00+03:00', '2026-10-13T14:00:00Z'],
  ['2026-10-13T14:00:00.25Z', '2026-10-13T14:00:00.250Z'],
  ['2026-10-13T24:00:00Z', '2026-10-14T00:00:00Z'],
  ['20261013T140000Z', '2026-10-13T14:00:00Z'],
  ['2026-10', '2026-10-01T00:00:00Z'],
  ['2026-286', '2026-10-13T00:00:00Z'],
  ['Tue, 13 Oct 2026 17:00:00 +0300', '2026-10-13T14:00:00Z'],
  ['Tue, 13 Oct 26 14:00 GMT', '2026-10-13T14:00:00Z'],
  ['13 Oct 2026 14:00:00 UTC+3', '2026-10-13T11:00:00Z'],
  ['Tue, 13 Oct 2026 10:00:00 EDT', '2026-10-13T14:00:00Z'],
  ['Tue, 13 Oct 2026 11:00:00 AT', '2026-10-13T15:00:00Z'],
  ['Tue Oct 13 14:00:00 2026', '2026-10-13T14:00:00Z'],
  ['13-Oct-2026', '2026-10-13T00:00:00Z'],
  ['2026-10-13T17:00:00+03:00[Asia/Baghdad]', '2026-10-13T14:00:00Z'],
  ['2026-10-13T17:00:00 03:00', '2026-10-13T14:00:00Z'],
  ['Tue, 13 Oct 2026 14.05.06 GMT', '2026-10-13T14:05:06Z'],
  ['Posted on: 13 October 2026, 14:00', '2026-10-13T14:00:00Z'],
  ['October 13th, 2026 at 2:00 pm', '2026-10-13T14:00:00Z'],
  ['12:30 AM, 13 October 2026', '2026-10-13T00:30:00Z'],
  ['13.10.2026 14:00', '2026-10-13T14:00:00Z'],
  ['13/10/2026', '2026-10-13T00:00:00Z'],
  ['2026年10月13日 14:00', '2026-10-13T14:00:00Z'],
  ['2004-05-25 오후 11:23:17', '2004-05-25T23:23:17Z'],
  ['13. 10. 2026 9:5:07', '2026-10-13T09:05:07Z'],
  ['Tue, 13 Oct 2026 14:00:00 +03', '2026-10-13T11:00:00Z'],
  ['1791900000', '2026-10-13T14:00:00Z'],
  ['1791900000000', '2026-10-13T14:00:00Z'],
  ['Tue, 13 Oct 2026 17:00:00 Asia/Baghdad', '2026-10-13T14:00:00Z'],
  ['mar. 13 octobre 2026 14h00', '2026-10-13T14:00:00Z'],
  ['am 13. Oktober 2026 um 12:30 Uhr', '2026-10-13T12:30:00Z'],
  ['Dienstag, 13. Oktober 2026, 14:00 Uhr', '2026-10-13T14:00:00Z'],
  ['13 de octubre de 2026', '2026-10-13T00:00:00Z'],
  ['13 ottobre 2026', '2026-10-13T00:00:00Z'],
  ['13 de outubro de 2026 às 14:00', '2026-10-13T14:00:00Z'],
  ['13 Ekim 2026 Salı', '2026-10-13T00:00:00Z'],
  ['13 октября 2026 г. в 14:00', '2026-10-13T14:00:00Z'],
  ['Τρι, 13 Οκτ 2026 14:00:00 GMT', '2026-10-13T14:00:00Z'],
  ['2026. október 13. 14:00', '2026-10-13T14:00:00Z'],
  ['2026. 10. 13. 14:00', '2026-10-13T14:00:00Z'],
  ['5 марта 2026', '2026-03-05T00:00:00Z'],
  ['5 августа 2026', '2026-08-05T00:00:00Z'],
  ['13 октября 2026, 17:00 МСК', '2026-10-13T14:00:00Z'],
  ['13 Οκτωβρίου 2026 2:00 μ.μ.', '2026-10-13T14:00:00Z'],
  ['13. Oktober 2026, 14.00 Uhr', '2026-10-13T14:00:00Z'],
  ['13 octobre 2026, 14 h', '2026-10-13T14:00:00Z'],
  ['13 oct. 2026, mar.', '2026-10-13T00:00:00Z'],
  ['الثلاثاء، ١٣ أكتوبر ٢٠٢٦ ٢:٠٠ م', '2026-10-13T14:00:00Z'],
  ['13 تشرين الأول 2026', '2026-10-13T00:00:00Z'],
  ['13 تشرين الأول/أكتوبر 2026', '2026-10-13T00:00:00Z'],
  ['13 كانون الثاني 2026', '2026-01-13T00:00:00Z'],
  ['13 تشرين أول 2026', '2026-10-13T00:00:00Z'],
  ['13 أكتوبر (تشرين الأول) 2026', '2026-10-13T00:00:00Z'],
  ['5 يونيه 2026', '2026-06-05T00:00:00Z'],
  ['13 أكتوبر 2026 م', '2026-10-13T00:00:00Z'],
  ['13 أكتوبر 2026 - 14:00 بتوقيت غرينتش', '2026-10-13T14:00:00Z'],
  ['13 غشت 2026', '2026-08-13T00:00:00Z'],
  ['۱۳ اکتبر ۲۰۲۶ ساعت ۱۴:۰۰', '2026-10-13T14:00:00Z'],
  ['سه‌شنبه ۲۱ مهر ۱۴۰۵ ۱۷:۳۰', '2026-10-13T14:00:00Z'],
  ['1405/07/21 17:30', '2026-10-13T14:00:00Z'],
  ['۲۱ مهرماه ۱۴۰۵', '2026-10-12T20:30:00Z'],
  ['۲۱ مهر ماه ۱۴۰۵ ساعت ۵:۳۰ بعد از ظهر', '2026-10-13T14:00:00Z'],
  ['۲۱/۷/۱۴۰۵', '2026-10-12T20:30:00Z'],
  ['۹/۱/۱۳۹۹', '2020-03-27T19:30:00Z'],
  ['۲۱ مهر ۹۸', '2019-10-12T20:30:00Z'],
  ['۱۴۰۵-۰۷-۲۱', '2026-10-12T20:30:00Z'],
]
const NO_DATES = [
  '',
  'Tomorrow',
  'Just a moment',
  '2026-13-01',
  '2026-10-32',
  '2026-10-13T25:00:00Z',
  '32 Oct 2026',
  '13 Foo 2026',
  '21 مهر 2026',
  '0001-01-01T00:00:00Z',
  '275760-09-13',
  '13 Oct',
  'Oct Nov 13 2026',
  '1 2 3 Oct 2026',
  `13 Oct 2026${' '.repeat(200)}x`,
]

describe('parsing a date', () => {
  it.each(DATES)('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })
  it.each(NO_DATES)('does not take %j for a date', (text) => {
    expect(iso(text)).toBeUndefined()
  })
  it('reads a date without a zone in the zone of its feed, daylight saving included', () => {
    expect(iso('2026-07-01 12:00', 'Europe/Berlin')).toBe('2026-07-01T10:00:00Z')
    expect(iso('2026-12-01 12:00', 'Europe/Berlin')).toBe('2026-12-01T11:00:00Z')
    expect(iso('2026-12-01T12:00:00Z', 'Europe/Berlin')).toBe('2026-12-01T12:00:00Z')
  })
  it('lets a day that its month lacks run into the next', () => {
    expect(iso('Wed, 31 Jun 2026 12:00:00 GMT')).toBe('2026-07-01T12:00:00Z')
  })
  it('agrees with the calendar of the platform on every Persian new year and last day of a century and a half', () => {
    const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      timeZone: 'Asia/Tehran',
      day: 'numeric',
      month: 'numeric',
      year: 'numeric',
    })
    const years = Array.from({ length: 180 }, (_, index) => 1300 + index)
    const shown = years.flatMap((year) =>
      [`1/1/${year}`, `12/29/${year}`].map((date) => ({
        date,
        at: parseDate(`${year}-${date.startsWith('12') ? '12-29' : '01-01'}`, {}),
      })),
    )
    for (const { date, at } of shown) expect(persian.format((at ?? 0) + 12 * 3_600_000)).toContain(date)
  })
  it('reads back any second of our time in the two forms of the standards', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e9, max: 4e9 }), (seconds) => {
        const date = new Date(seconds * 1000)
        expect(parseDate(date.toISOString())).toBe(seconds * 1000)
        expect(parseDate(date.toUTCString())).toBe(seconds * 1000)
      }),
    )
  })
  it('never throws and never gives anything but a whole number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 :T/+.,a-zA-Z-]{0,40}$/)), (text) => {
        const instant = parseDate(text, { timeZone: text })
        expect(instant === undefined || Number.isInteger(instant)).toBe(true)
      }),
    )
  })
})
