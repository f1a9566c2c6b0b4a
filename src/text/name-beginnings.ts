// How other romanisations of a name may begin: so that an index need not be read from A to Z to find them.
import { nameKey } from './romanise.ts'

/** Letters that a consonant of `nameKey` is written with, where it is not the letter itself. */
const WRITTEN: Readonly<Record<string, string>> = { k: 'kqgc', x: 'kx', j: 'jz', S: 's', C: 'c', v: 'vw' }
const VOWELS = 'aeiou'
const FILLING = 'aeiouwyh' // what may stand between two consonants, and behind one that an h makes another
const FEW = 2 // letters to begin with, of which three-letter beginnings are still few enough to look up one by one

/**
 * Beginnings of one to three letters; every word of plain Latin letters that is the same name as this one has one of them.
 * `word` is folded.
 */
export function nameBeginnings(word: string): readonly string[] {
  const { consonants, vowels } = nameKey(word)
  const startsWithVowel = vowels[0] !== ''
  const firsts = startsWithVowel ? Array.from('aeiouw') : lettersOf(consonants.charAt(0))
  const after = consonants.charAt(startsWithVowel ? 0 : 1)
  if (after === '') return firsts
  const next = [...new Set([...lettersOf(after), ...FILLING])]
  return firsts.flatMap((first) =>
    [...new Set([...next, ...firsts])].flatMap((second) =>
      firsts.length <= FEW && VOWELS.includes(second)
        ? next.map((third) => first + second + third)
        : [first + second],
    ),
  )
}

function lettersOf(consonant: string): readonly string[] {
  return Array.from(WRITTEN[consonant] ?? consonant)
}
