import { describe, expect, test } from 'vitest'
import { datelineLength } from '../../src/text/dateline.ts'

const rest = (text: string): string => text.slice(datelineLength(text))

describe('a dateline', () => {
  test.each([
    ['BAGHDAD, Jan 23 (Palmyra Wire) - Shops closed.', 'Shops closed.'],
    ['LONDON (Reuters) -- Oil rose.', 'Oil rose.'],
    ['بغداد (تدمر واير) - أغلق التجار محالهم.', 'أغلق التجار محالهم.'],
    ['تهران (ایسنا) – بازار بسته ماند.', 'بازار بسته ماند.'],
  ])('ends where the report of %j begins', (text, expected) => {
    expect(rest(text)).toBe(expected)
  })

  test.each([
    'The ministry (and nobody else) knew. A clerk - the only one - said so.',
    'Shops closed. Later (at noon) - they opened.',
    'No brackets - only a dash.',
    '',
  ])('is not found in %j', (text) => {
    expect(datelineLength(text)).toBe(0)
  })
})
