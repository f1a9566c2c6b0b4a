import fc from 'fast-check'
import type { PhrasingContent } from 'mdast'
import { expect, test } from 'vitest'
import { htmlToText } from '../../src/text/html.ts'
import { markdownOf } from '../../src/text/markdown.ts'
import { markdownReaders } from '../pipeline/markdown-readers.ts'

const written = (children: PhrasingContent[]): string =>
  markdownOf({ type: 'root', children: [{ type: 'paragraph', children }] })
const one = (value: string): string => written([{ type: 'text', value }]).trimEnd()

test.each([
  'Dam level falls to 3.5 m - ministry',
  'وزير: لا قرار بعد، والسد "آمن"',
  'U.S. envoy: talks (again) at 08:00; Tehran says no',
])('%s is written as it stands', (value) => {
  expect(one(value)).toBe(value)
})

test.each([
  ['1. one', '1\\. one'],
  ['- x', '\\- x'],
  ['a--b', 'a-\\-b'],
  ['www.x.example', 'www\\.x.example'],
  ['a://b', 'a\\://b'],
  ['//x.example', '/\\/x.example'],
  ['a *b*', 'a \\*b\\*'],
])('%s is not', (value, escaped) => {
  expect(one(value)).toBe(escaped)
})

const pieces = fc.constantFrom(
  ...'a|ب|word|3|1.|2)|.|-|+|:|/|(|)|]|[|www|//|x.example|="|!|%|{|*|_|\\| '.split('|'),
)
const text = fc
  .array(pieces, { minLength: 1, maxLength: 5 })
  .map((list) => list.join(''))
  .filter((value) => value !== '' && value.trim() === value)
const line = fc.array(text, { minLength: 1, maxLength: 4 })

/** Plain and strong by turns. */
function phrasing(value: string, index: number): PhrasingContent {
  const words = { type: 'text', value } as const
  return index % 2 === 1 ? { type: 'strong', children: [words] } : words
}

test.each(Object.entries(markdownReaders))(
  '%s reads the words that were written, whatever stands beside them',
  (_, read) => {
    fc.assert(
      fc.property(line, line, (first, second) => {
        const page = read(written([...first.map(phrasing), { type: 'break' }, ...second.map(phrasing)]))
        expect(page).not.toMatch(/<(?!\/?(?:p|strong|br)\b)/)
        const words = [first, second].map((parts) => parts.join(''))
        expect(htmlToText(page)).toBe(words.map((value) => value.replace(/\s+/g, ' ')).join('\n'))
      }),
      { numRuns: 300 },
    )
  },
)
