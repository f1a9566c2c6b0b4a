import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameBeginnings } from '../../src/text/name-beginnings.ts'
import { coarseNameKey, isSameName, nameKey } from '../../src/text/romanise.ts'

const names: readonly (readonly [name: string, same: string, other: string])[] = [
  ['hossein', 'hussein husayn hussain hosein husein', 'hassan hasan housing'],
  ['mohammad', 'muhammad mohamed mohammed mohamad', 'mahmoud mohamud'],
  ['khamenei', 'khameini khamenai xamenei', 'khomeini common'],
  ['rouhani', 'ruhani rohani rowhani', 'romans ryan'],
  ['soleimani', 'sulaimani suleimani soleymani sulaymani', 'suleiman salmon'],
  ['hezbollah', 'hizbullah hizballah hizbollah', 'hezb'],
  ['qaddafi', 'gaddafi kadafi qadhafi', 'kafka'],
  ['javad', 'jawad', 'jihad'],
  ['fatima', 'fatimah fatemeh', 'fatuma fatal'],
  ['ahmadinejad', 'ahmadinezhad', 'ahmad'],
  ['yazdi', 'yazdy', 'izadi'],
]

describe('romanisations of one name', () => {
  test.each(names)('%s', (name, same, other) => {
    const isSame = (word: string) => isSameName(nameKey(name), nameKey(word))
    expect(same.split(' ').filter((word) => !isSame(word))).toEqual([])
    expect(other.split(' ').filter(isSame)).toEqual([])
  })

  const coarse = (word: string) => {
    const units = Uint16Array.from(word, (letter) => letter.charCodeAt(0))
    return coarseNameKey(units, 0, units.length)
  }

  test('the coarse key agrees for all of them', () => {
    for (const [name, same] of names)
      for (const word of same.split(' ')) expect([word, coarse(word)]).toEqual([word, coarse(name)])
  })

  test('the coarse key agrees wherever the consonants do, in any word', () => {
    const letters = fc.constantFrom(...'aeiouhhkgqcxzjstdvwylmn')
    const word = fc.array(letters, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
    const byConsonants = new Map<string, { readonly word: string; readonly key: number }>()
    fc.assert(
      fc.property(word, (one) => {
        const { consonants } = nameKey(one)
        const first = byConsonants.get(consonants) ?? { word: one, key: coarse(one) }
        byConsonants.set(consonants, first)
        expect([first.word, one, coarse(one)]).toEqual([first.word, one, first.key])
      }),
      { numRuns: 3_000 },
    )
  })

  test('every romanisation has one of the beginnings that are named for it', () => {
    const letters = fc.constantFrom(...'aeiouhkgqcxzjsvwyml')
    const word = fc.array(letters, { minLength: 1, maxLength: 5 }).map((list) => list.join(''))
    const begins = (one: string, name: string) =>
      nameBeginnings(name).some((beginning) => one.startsWith(beginning))
    const alike = new Map<string, string[]>()
    fc.assert(
      fc.property(word, (one) => {
        const others = alike.get(nameKey(one).consonants) ?? []
        alike.set(nameKey(one).consonants, [...others, one].slice(-30))
        const same = others.filter((other) => isSameName(nameKey(one), nameKey(other)))
        expect(same.filter((other) => !begins(one, other) || !begins(other, one))).toEqual([])
      }),
      { numRuns: 5_000 },
    )
    for (const [name, same] of names)
      expect(same.split(' ').filter((other) => !begins(other, name))).toEqual([])
  })

  test('being the same name is mutual, and every name is itself', () => {
    const word = fc.stringMatching(/^[a-z]{1,10}$/)
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isSameName(nameKey(one), nameKey(one))).toBe(true)
        expect(isSameName(nameKey(one), nameKey(other))).toBe(isSameName(nameKey(other), nameKey(one)))
      }),
    )
  })
})
