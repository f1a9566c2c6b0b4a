import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayLine, displayMarkedLine } from '../../src/text/display-line.ts'
import { displayTitle } from '../../src/text/display-title.ts'

/** Any UTF-16 unit: halves of pairs and controls included. */
const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit))

describe('B32 a displayed line', () => {
  test.each([
    ['line\r\n- x', 'line - x'],
    ['  a \t b  ', 'a b'],
    ['a \u200b b', 'a b'],
    ['zero\u200bwid\u200dth', 'zerowidth'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\u0000\u001b[31mred', '[31mred'],
    ['half \ud800 a pair', 'half a pair'],
    ['a\u2028b', 'a b'],
  ])('%j reads %j', (text, shown) => {
    expect(displayLine(text)).toBe(shown)
  })

  test.each(['می‌خواهد', 'نیم‌فاصله‌ها', '👩‍💻 at work', 'क्‍ष', 'plain words', '⚠️ warning'])(
    '%s keeps its joiners',
    (text) => {
      expect(displayLine(text)).toBe(text)
    },
  )

  test.each(['\u0890\u200c', '\u061c\u200d', ' \u180b\ufe0f', 'ک\u061c\u200cا'])(
    'joins nothing to what it took out of %j',
    (text) => {
      const line = displayLine(text)
      expect(displayLine(line)).toBe(line)
      expect(line).toBe(text.startsWith('ک') ? 'ک\u200cا' : '')
    },
  )

  test('is stable, and never holds a break, a control or a blank at its ends', () => {
    const odd = fc.constantFrom(' ', '\u200b', '\n', '\u202e', '\u200c', '\ud800', 'ک', 'a', '\u2069')
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, anyUnit)), (parts) => {
        const line = displayLine(parts.join(''))
        expect(displayLine(line)).toBe(line)
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
        expect(line).not.toMatch(/^\s|\s$|\s\s/)
        expect(line.isWellFormed()).toBe(true)
      }),
    )
  })

  test('moves marks with their words', () => {
    const text = ' the\n\nold \u200bword here'
    const start = text.indexOf('word')
    const shown = displayMarkedLine(text, [{ start, end: start + 4 }])
    expect(shown.text).toBe('the old word here')
    expect(shown.marks.map(({ start, end }) => shown.text.slice(start, end))).toEqual(['word'])
  })

  test('drops marks whose words are gone', () => {
    expect(displayMarkedLine('a\u200b', [{ start: 1, end: 2 }]).marks).toEqual([])
  })

  test('keeps every mark inside the line', () => {
    fc.assert(
      fc.property(
        fc.array(anyUnit, { maxLength: 40 }).map((units) => units.join('')),
        fc.nat(40),
        fc.nat(40),
        (text, a, b) => {
          const mark = { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) }
          const shown = displayMarkedLine(text, [mark])
          return shown.marks.every(({ start, end }) => 0 <= start && start < end && end <= shown.text.length)
        },
      ),
    )
  })
})

describe('a displayed title', () => {
  test('is cut at a blank when it is very long', () => {
    const title = displayTitle('word '.repeat(200))
    expect(title).toMatch(/word…$/)
    expect(title.length).toBeLessThanOrEqual(301)
  })

  test('is cut all the same when it has no blank', () => {
    expect(displayTitle('x'.repeat(1000))).toBe(`${'x'.repeat(300)}…`)
  })
})
