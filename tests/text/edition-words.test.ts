import { describe, expect, test } from 'vitest'
import type { EditionLanguage } from '../../src/model/digest.ts'
import { baseDirection, isolate } from '../../src/text/bidi.ts'
import { isoDay, solarHijriDay, wallTime } from '../../src/text/calendar.ts'
import { median } from '../../src/text/median.ts'
import { counted, numberWord } from '../../src/text/number-words.ts'
import { phraseParts } from '../../src/text/phrase.ts'
import { countryName, languageName } from '../../src/text/place-names.ts'
import type { Plural } from '../../src/text/plural.ts'
import { sparkline } from '../../src/text/sparkline.ts'
import { stringsOf } from '../../src/text/strings-of.ts'
import { dateWords } from '../../src/text/written-date.ts'

const languages: readonly EditionLanguage[] = ['en', 'ar', 'fa']

const isPlural = (value: unknown): value is Plural =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'other' in value

describe('counting', () => {
  test.each<[EditionLanguage, number, string]>([
    ['en', 1, '1 article'],
    ['en', 12345, '12,345 articles'],
    ['ar', 0, 'لا مقالات'],
    ['ar', 1, 'مقالة واحدة'],
    ['ar', 2, 'مقالتان'],
    ['ar', 3, '٣ مقالات'],
    ['ar', 11, '١١ مقالة'],
    ['ar', 100, '١٠٠ مقالة'],
    ['fa', 1, '۱ مطلب'],
    ['fa', 12345, '۱۲٬۳۴۵ مطلب'],
  ])('in %s, %d is %s', (language, count, words) => {
    expect(counted(language, stringsOf(language).articles, count)).toBe(words)
  })

  test('writes halves in the marks of each language', () => {
    expect(languages.map((language) => numberWord(language, 1234.5))).toEqual([
      '1,234.5',
      '١٬٢٣٤٫٥',
      '۱٬۲۳۴٫۵',
    ])
  })
})

describe('the three tables of words', () => {
  const placesOf = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [...new Set(value.match(/\{\w+\}/g) ?? [])].toSorted()
      : typeof value === 'object' && value !== null && 'other' in value
        ? placesOf(value.other)
        : []

  test.each(['ar', 'fa'] as const)('%s has the places that English has', (language) => {
    const own = new Map(Object.entries(stringsOf(language)))
    const differing = Object.entries(stringsOf('en'))
      .filter(([key]) => key !== 'solarDate')
      .filter(([key, value]) => placesOf(own.get(key)).join() !== placesOf(value).join())
    expect(differing.map(([key]) => key)).toEqual([])
  })

  test.each(languages)(
    '%s leaves no phrase empty, and names seven days, twelve months and ten digits',
    (language) => {
      const { solarMonths, signMark: _, ...strings } = stringsOf(language)
      expect(JSON.stringify(strings)).not.toContain('""')
      expect(strings.weekdays).toHaveLength(7)
      expect(strings.months).toHaveLength(12)
      expect([...strings.digits]).toHaveLength(10)
      expect([0, 12]).toContain(solarMonths.length)
    },
  )

  const pluralsOf = (language: EditionLanguage): readonly (readonly [string, Plural])[] => {
    const strings = stringsOf(language)
    const all = [...Object.entries(strings), ...Object.entries(strings.feeds)]
    return all.flatMap(([key, value]) => (isPlural(value) ? [[key, value] as const] : []))
  }

  test('Arabic has all six forms of CLDR for everything that is counted', () => {
    const plurals = pluralsOf('ar')
    expect(plurals.length).toBeGreaterThan(12)
    for (const [key, forms] of plurals)
      expect(Object.keys(forms), key).toEqual(['zero', 'one', 'two', 'few', 'many', 'other'])
  })

  test.each(languages)('%s tells every count, by its number or in words', (language) => {
    for (const [key, forms] of pluralsOf(language))
      for (const count of [3, 11, 100, 102, 1_003])
        expect(counted(language, forms, count), key).toContain(numberWord(language, count))
  })

  test.each([
    [0, 'لا مصادر مستقلة'],
    [1, 'مصدر مستقل واحد'],
    [2, 'مصدران مستقلان'],
    [3, '٣ مصادر مستقلة'],
    [10, '١٠ مصادر مستقلة'],
    [11, '١١ مصدرًا مستقلًا'],
    [99, '٩٩ مصدرًا مستقلًا'],
    [100, '١٠٠ مصدر مستقل'],
    [103, '١٠٣ مصادر مستقلة'],
    [111, '١١١ مصدرًا مستقلًا'],
  ])('%i independent outlets in Arabic', (count, words) => {
    expect(counted('ar', stringsOf('ar').independent, count)).toBe(words)
  })
})

describe('every word of ours', () => {
  // One count for each form that a language has: in Arabic 3 to 10, 11 to 99 and whole hundreds differ, and all again above 100.
  const counts = [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111, 1_000, 2.5]

  const linesOf = (name: string, value: unknown, language: EditionLanguage): readonly string[] => {
    if (isPlural(value)) return counts.map((count) => `${name} ${count}: ${counted(language, value, count)}`)
    if (typeof value === 'string') return [`${name}: ${value}`]
    return Object.entries(value ?? {}).flatMap(([key, one]) => linesOf(`${name}.${key}`, one, language))
  }

  test.each(languages)(
    'in %s reads as in the file that was proof-read, in every plural form',
    async (language) => {
      const lines = Object.entries(stringsOf(language)).flatMap(([key, value]) =>
        linesOf(key, value, language),
      )
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/editions/words.${language}.txt`)
    },
  )

  const written = (language: EditionLanguage) => JSON.stringify(stringsOf(language))

  test('Arabic is written with its own letters, digits and marks', () => {
    expect(written('ar')).not.toMatch(/[\u06a9\u06cc\u06af\u067e\u0686\u0698\u06f0-\u06f9\u200c\u200d]/)
  })

  test('Persian is written with its own, and the non-joiner stands between letters only', () => {
    expect(written('fa')).not.toMatch(/[\u0643\u064a\u0649\u0629\u0660-\u0669\u200d]/)
    expect(written('fa')).not.toMatch(/(?<!\p{L})\u200c|\u200c(?!\p{L})/u)
    // Plurals, verbs and compounds that are joined with it.
    expect(written('fa')).not.toMatch(/ (?:ها|های|هایی)(?= |")|(?:^|[ "])(?:می|نمی) /)
  })

  test.each(['ar', 'fa'] as const)(
    '%s has the marks of its script, and no blank at an end or twice',
    (language) => {
      const { comma, semicolon, ...strings } = stringsOf(language)
      const phrases = Object.entries(strings).flatMap(([key, value]) => linesOf(key, value, language))
      for (const line of phrases) {
        const [, words = ''] = /^[^:]+: (.*)$/.exec(line) ?? []
        expect(words.replace(/\{\w+\}/g, 'x')).not.toMatch(/[,;?"']| {2}|^ | $/)
      }
      expect([comma, semicolon]).toEqual(['، ', '؛ '])
    },
  )
})

describe('the calendar', () => {
  test.each([
    ['2026-03-20T20:29:00Z', { year: 1404, month: 12, day: 29 }], // 23:59 in Tehran on the last day of the year
    ['2026-03-20T20:30:00Z', { year: 1405, month: 1, day: 1 }],
    ['2025-03-20T12:00:00Z', { year: 1403, month: 12, day: 30 }], // a leap year
    ['2026-11-22T03:00:00Z', { year: 1405, month: 9, day: 1 }],
  ])('%s in Tehran is %j of the Solar Hijri calendar', (iso, day) => {
    expect(solarHijriDay(Date.parse(iso), 'Asia/Tehran')).toEqual(day)
  })

  test('midnight is hour 0 of the new day', () => {
    const at = Date.parse('2026-11-21T21:00:00Z')
    expect(wallTime(at, 'Asia/Baghdad')).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      weekday: 0,
      hour: 0,
      minute: 0,
    })
    expect(isoDay(at, 'Asia/Baghdad')).toBe('2026-11-22')
    expect(isoDay(at, 'UTC')).toBe('2026-11-21')
  })

  test('a zone that does not exist is an error', () => {
    expect(() => wallTime(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('dates in words', () => {
  const until = Date.parse('2026-11-22T03:00:00Z')
  test.each<[EditionLanguage, string]>([
    ['en', 'Sunday 22 November 2026 06:00'],
    ['ar', 'الأحد ٢٢ نوفمبر ٢٠٢٦ الساعة ٠٦:٠٠'],
    ['fa', 'یکشنبه ۲۲ نوامبر ۲۰۲۶ (۱ آذر ۱۴۰۵) ساعت ۰۶:۰۰'],
  ])('in %s: %s', (language, words) => {
    expect(dateWords(language, 'Asia/Baghdad', until).moment(until)).toBe(words)
  })

  test('name the day only when it is not the edition’s own', () => {
    const { time } = dateWords('en', 'Asia/Baghdad', until)
    expect(time(until - 60_000)).toBe('05:59')
    expect(time(until - 7 * 60 * 60_000)).toBe('21 November 23:00')
  })
})

describe('direction', () => {
  test.each([
    ['Iraq – العراق', 'ltr'],
    ['«العراق» Iraq', 'rtl'],
    ['12 %', undefined],
  ] as const)('of %s is %s', (text, direction) => {
    expect(baseDirection(text)).toBe(direction)
  })

  test('only a text that runs against its surroundings is isolated', () => {
    expect(isolate('Iraq', 'ltr')).toBe('Iraq')
    expect(isolate('العراق', 'rtl')).toBe('العراق')
    expect(isolate('العراق', 'ltr')).toBe('\u2068العراق\u2069')
    expect(isolate('تقرير BBC', 'rtl')).toBe('\u2068تقرير BBC\u2069')
  })
})

describe('small things', () => {
  test('a sparkline spans from nothing to the greatest count', () => {
    expect(sparkline([0, 1, 2, 4, 8])).toBe('▁▂▃▅█')
    expect(sparkline([])).toBe('')
    expect(sparkline([0, 0])).toBe('▁▁')
  })

  test('a median is the middle, or half-way between the two middles', () => {
    expect([median([5, 1, 3]), median([4, 1, 2, 3]), median([])]).toEqual([3, 2.5, undefined])
  })

  test('a phrase keeps its values apart from its words', () => {
    expect(phraseParts('{old} → {new}!', { old: 1, new: 2 })).toEqual([1, ' → ', 2, '!'])
  })

  test('languages and countries have names; what is no language tag has none', () => {
    expect([languageName('en', 'ckb-IQ'), languageName('fa', 'ar'), languageName('en', 'x!')]).toEqual([
      'Central Kurdish',
      'عربی',
      '',
    ])
    expect([countryName('en', 'IQ'), countryName('ar', 'EU'), countryName('en', 'Somewhere')]).toEqual([
      'Iraq',
      'الاتحاد الأوروبي',
      'Somewhere',
    ])
  })
})
