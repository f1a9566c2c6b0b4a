import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { wrap } from '../../src/text/wrap.ts'

test('lines break at blanks and keep their indent', () => {
  expect(wrap('one two three four', 10, { first: '- ', rest: '  ' })).toBe('- one two\n  three\n  four')
})

test('a link that is too long stays whole on a line of its own', () => {
  const url = `https://a.example/${'x'.repeat(90)}`
  expect(wrap(`see ${url} here`, 40)).toBe(`see\n${url}\nhere`)
})

test('wide characters count twice, joiners not at all', () => {
  expect(wrap('水曜日 水曜日', 8)).toBe('水曜日\n水曜日')
  expect(wrap('می‌روم می‌روم', 11)).toBe('می‌روم می‌روم')
})

test('an isolate that spans lines is closed and opened again at each break', () => {
  expect(wrap('به \u2068one two three\u2069 است', 8)).toBe(
    'به \u2068one\u2069\n\u2068two\u2069\n\u2068three\u2069\nاست',
  )
})

test('no line is wider than asked for unless a single word is, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-zآ-ی水]{1,12}$/), { maxLength: 40 })
  fc.assert(
    fc.property(words, (list) => {
      const lines = wrap(list.join(' '), 24).split('\n')
      expect(lines.every((line) => stringWidth(line) <= 24 || !line.includes(' '))).toBe(true)
      expect(lines.join(' ')).toBe(list.join(' '))
    }),
  )
})
