import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse, type Words, wordAt } from '../../src/text/words.ts'
import { anyText } from '../any-text.ts'

function written(words: Words): string[] {
  return Array.from(words.starts, (start, word) => words.text.slice(start, words.ends[word]))
}
function folded(words: Words): string[] {
  return Array.from({ length: words.count }, (_, word) => wordAt(words, word))
}

describe('words and where they stand', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a possessive is left out of the span', 'Iraq’s oil', 'Iraq oil'],
    ['a possessive in capitals too', "IRAQ'S OIL", 'IRAQ OIL'],
    ['an elided article is a word of its own', 'l’émir qu’il', 'l émir qu il'],
    ['other apostrophes stay inside', "Sana'a rock'n'roll", "Sana'a rock'n'roll"],
    ['an apostrophe at the end separates', "the Guards' base", 'the Guards base'],
    ['dotted capitals are one word without the last dot', 'the U.N. envoy', 'the U.N envoy'],
    ['initials before a name are not', 'J.Smith A.B.Smith', 'J Smith A.B Smith'],
    ['marks belong to the span, invisible controls at the end do not', 'بَرهَمِ\u200f.', 'بَرهَمِ'],
    ['hyphen, ZWNJ, underscore, slash and signs separate', 'al-x علی‌a b_c/d#e@f', 'al x علی a b c d e f'],
    ['each Han character is a word', '伊拉克x总', '伊 拉 克 x 总'],
    ['quotes inside Hebrew abbreviations stay', 'צה"ל "שלום"', 'צה"ל שלום'],
    ['letters outside the basic plane make words like any other', 'a𞤢𞤣 𞤢𞤣𞤤 𐐨', 'a𞤢𞤣 𞤢𞤣𞤤 𐐨'],
    ['an emoji separates and never starts a word', 'a❤️b 😀Qatar', 'a b Qatar'],
  ]
  test.each(cases)('%s', (_, text, expected) => {
    expect(written(analyse(text)).join(' ')).toBe(expected)
  })

  test('spans lie in the text, in order, without overlap', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { count, starts, ends } = analyse(text)
        const bounds = Array.from(starts, (start, word) => [start, ends[word] ?? -1] as const)
        expect(bounds.length).toBe(count)
        expect(bounds.every(([start, end]) => start < end && end <= text.length)).toBe(true)
        expect(bounds.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(bounds)
      }),
    )
  })

  test('equal words have equal hashes, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-zа-яب-غ]{1,12}$/u), (before, word) => {
        const words = analyse(`${before} ${word}`)
        const alone = analyse(word)
        expect(wordAt(words, words.count - 1)).toBe(wordAt(alone, 0))
        expect(words.hashes[words.count - 1]).toBe(alone.hashes[0])
      }),
    )
  })

  test('the words of one text survive the analysis of many others', () => {
    const first = analyse('Basra oil terminal')
    for (let round = 0; round < 300; round++) analyse('x y z '.repeat(round))
    expect(folded(first)).toEqual(['basra', 'oil', 'terminal'])
  })

  test('a text longer than a block is analysed whole', () => {
    expect(analyse('ﷺ oil '.repeat(20_000)).count).toBe(100_000)
    const words = analyse(`${'ﷺ'.repeat(20_000)} oil`)
    expect([words.count, wordAt(words, 60_001), words.starts[60_001]]).toEqual([60_002, 'oil', 20_001])
  })

  test('a word of a million letters is one word, whatever composes in it', () => {
    expect(analyse(`и\u0306${'a'.repeat(1_000_000)}`).count).toBe(1)
  })
})
