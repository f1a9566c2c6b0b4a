// Other romanisations of one Arabic or Persian name: the same consonants, and vowels that could stand for the same ones.

/** A romanised word taken apart: consonant classes, and the vowels before, between and behind them. */
export type NameKey = { readonly consonants: string; readonly vowels: readonly string[] }

/** Spellings that differ only by whom they were written down by. The order matters: longer ones first. */
const RESPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(.)\1+/g, '$1'], // no romanisation doubles reliably
  [/^abd[aeou]l/, 'abdul'],
  [/[aou]lah?$/, 'ula'], // Hezbollah, Hizballah, Hizbullah
  [/(?<=[aeiouy])h$/, ''], // -ah is -a
  [/kh/g, 'x'],
  [/gh|ck|[qgc](?!h)/g, 'k'],
  [/zh/g, 'j'],
  [/sh/g, 'S'],
  [/ch/g, 'C'],
  [/([dt])h/g, '$1'],
  [/(?<!^)y/g, 'i'], // y is a consonant at the start only
  [/w(?=[aeiou])/g, 'v'],
  [/w/g, 'u'],
  [/o/g, 'u'],
  [/(.)\1+/g, '$1'],
]

/** Takes a folded Latin word apart. */
export function nameKey(word: string): NameKey {
  let spelling = word
  for (const [pattern, replacement] of RESPELLINGS) spelling = spelling.replace(pattern, replacement)
  return {
    consonants: spelling.replace(/[aeiu]+/g, ''),
    vowels: spelling.split(/[^aeiu]/).map(vowelSound),
  }
}

/** One sound for each group of vowels: a, e, i, u, or the diphthongs E (ei, ai, ay, ie) and O (au, eu). */
function vowelSound(group: string): string {
  if (group.length < 2) return group
  if (/^a[ei]|^e[ai]|^ie/.test(group)) return 'E'
  if (/^[ae]?u$/.test(group)) return 'O'
  return group
}

/** Vowel sounds that stand for each other. e is Arabic i or a in Persian mouths; a and u never meet: Hassan is not Hossein. */
const MEETS: ReadonlySet<string> = new Set(['ae', 'ea', 'ei', 'ie', 'eE', 'Ee', 'iE', 'Ei', 'uO', 'Ou'])

/** Whether two words may be one name. */
export function isSameName(one: NameKey, other: NameKey): boolean {
  if (one.consonants !== other.consonants || one.vowels.length !== other.vowels.length) return false
  return one.vowels.every((vowel, at) => {
    const others = other.vowels[at] ?? ''
    return vowel === others || MEETS.has(vowel + others)
  })
}

/** The Arabic article in its romanisations, folded. */
export const ROMAN_ARTICLES: readonly string[] =
  'al el ul as es us ash esh ush an en ar er at et ad ed az ez'.split(' ')
const ARTICLES: ReadonlySet<string> = new Set(ROMAN_ARTICLES)

/** Whether a folded word is the Arabic article in one of its romanisations. */
export function isRomanArticle(word: string): boolean {
  return ARTICLES.has(word)
}

const COARSE = new Uint8Array(0x80)
for (const [index, letters] of ['b', 'p', 'td', 'jz', 'kgqcx', 'r', 's', 'f', 'l', 'm', 'n'].entries())
  for (const letter of letters) COARSE[letter.charCodeAt(0)] = index + 1
const VOWELS: ReadonlySet<number> = new Set(Array.from('aeiou', (letter) => letter.charCodeAt(0)))
for (const vowel of VOWELS) COARSE[vowel] = 0x40
const VOWEL = 0x40

/**
 * A number equal for all words that could be one name, cheap enough for every word of every text.
 * It knows fewer consonants than `nameKey` (h, v, w and y are nothing to it); 0 for words that are not plain Latin.
 */
export function coarseNameKey(units: Uint16Array, from: number, to: number): number {
  let key = 1
  let last = 0
  for (let at = from; at < to; at++) {
    const unit = units[at] ?? 0
    if (unit >= 0x80) return 0
    const letter = COARSE[unit] ?? 0
    if (letter !== 0 && letter !== VOWEL && letter !== last) key = (Math.imul(key, 16) + letter) | 0
    if (letter !== 0) last = letter
  }
  return key
}
