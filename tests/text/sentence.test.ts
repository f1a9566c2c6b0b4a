import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markedPieces } from '../../src/text/marked-pieces.ts'
import { sentenceAround } from '../../src/text/sentence.ts'

function sentenceWith(text: string, word: string, language?: string): string {
  const start = text.indexOf(word)
  const { start: from, end } = sentenceAround(text, { start, end: start + word.length }, language)
  return text.slice(from, end).trim()
}

test.each([
  ['One here. The dam is low. Then another.', 'dam', 'en', 'The dam is low.'],
  ['خبر اول. سد موصل پایین است؟ بعدی.', 'موصل', 'fa', 'سد موصل پایین است؟'],
  ['قال الوزير. السد منخفض! انتهى.', 'السد', 'ar', 'السد منخفض!'],
  ['No full stop at all', 'full', 'not a tag!', 'No full stop at all'],
])('of %j, the sentence with %j is shown', (text, word, language, sentence) => {
  expect(sentenceWith(text, word, language)).toBe(sentence)
})

test('a match over two sentences shows both', () => {
  expect(sentenceWith('A. The dam fell. Rain came. B.', 'fell. Rain')).toBe('The dam fell. Rain came.')
})

test('a very long sentence is cut at words around the match', () => {
  const text = `${'before '.repeat(200)}match ${'after '.repeat(200)}`
  const shown = sentenceWith(text, 'match')
  expect(shown).toContain('match')
  expect(shown.length).toBeLessThanOrEqual(320)
  expect(shown).toMatch(/^before .* after$/)
})

test('the range always holds the place and lies in the text', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 2000 }),
      fc.nat(),
      fc.integer({ min: 1, max: 30 }),
      (text, at, length) => {
        const start = at % text.length
        const end = Math.min(text.length, start + length)
        const found = sentenceAround(text, { start, end })
        return 0 <= found.start && found.start <= start && end <= found.end && found.end <= text.length
      },
    ),
  )
})

test('pieces cut at marks are the text again, and the marks are the marked ones', () => {
  const pieces = markedPieces('one two three', [
    { start: 0, end: 3 },
    { start: 8, end: 13 },
  ])
  expect(pieces.map(({ text }) => text).join('')).toBe('one two three')
  expect(pieces.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['one', 'three'])
})

test('marks that overlap or lie beyond the text lose nothing of it', () => {
  const range = fc.tuple(fc.nat(30), fc.nat(30)).map(([start, length]) => ({ start, end: start + length }))
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(range, { maxLength: 4 }), (text, marks) => {
      expect(
        markedPieces(text, marks)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
