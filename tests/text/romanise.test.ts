import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coarseNameKey, isSameName, nameInitials, nameKey } from '../../src/text/romanise.ts'

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

  test('another romanisation begins with a letter that is named for it', () => {
    const letters = fc.constantFrom(...'aeiouhkgqcxzjsvwy')
    const word = fc.array(letters, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
    const initials = (one: string) => nameInitials(one).join('')
    const alike = new Map<string, string[]>()
    fc.assert(
      fc.property(word, (one) => {
        const { consonants } = nameKey(one)
        const others = alike.get(consonants) ?? []
        alike.set(consonants, [...others, one].slice(-30))
        const same = others.filter((other) => isSameName(nameKey(one), nameKey(other)))
        for (const other of same)
          expect([one, other, initials(other)]).toEqual([one, other, expect.stringContaining(one.charAt(0))])
      }),
      { numRuns: 3_000 },
    )
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
