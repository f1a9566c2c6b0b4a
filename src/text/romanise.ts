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

const CLASSES = ['b', 'p', 't', 'd', 'j', 'z', 'kgqc', 'x', 'r', 's', 'f', 'l', 'm', 'n', 'h']
const BEFORE_H: Readonly<Record<string, string>> = { k: 'x', z: 'j', s: 'S', c: 'C', q: 'Q' } // kh is x, zh is j; the others are sounds of their own
const GLIDE = 0x40 // vowels, and v, w and y, which may be vowels

/** A table of 128 units, read in plain loops: it is made at every start of the program. */
function soundsOf(before: Readonly<Record<string, string>>): Uint8Array {
  const sounds = new Uint8Array(0x80)
  const classes = [...CLASSES, 'S', 'C', 'Q']
  for (const [index, letters] of classes.entries())
    for (const letter of letters) sounds[letter.charCodeAt(0)] = index + 1
  for (const [letter, sound] of Object.entries(before))
    sounds[letter.charCodeAt(0)] = classes.findIndex((letters) => letters.includes(sound)) + 1
  for (const letter of 'aeiouvwy') sounds[letter.charCodeAt(0)] = GLIDE
  return sounds
}
const SOUNDS = soundsOf({})
const SOUNDS_BEFORE_H = soundsOf(BEFORE_H)
const H = 0x68

/**
 * A number equal for all words that could be one name, cheap enough for every word of every text: the consonants of `nameKey`
 * without v, w and y. 0 for words that are not plain Latin.
 */
export function coarseNameKey(units: Uint16Array, from: number, to: number): number {
  let key = 1
  let last = 0
  for (let at = from; at < to; at++) {
    const unit = units[at] ?? 0
    if (unit >= 0x80) return 0
    const next = at + 1 < to ? units[at + 1] : 0
    if (unit === next || (unit === H && isSilent(units, from, at, to))) continue
    const sound = (next === H ? SOUNDS_BEFORE_H[unit] : SOUNDS[unit]) ?? 0
    if (sound !== 0 && sound !== GLIDE && sound !== last) key = (Math.imul(key, 31) + sound) | 0
    if (sound !== 0) last = sound
  }
  return key
}

const MODIFIED_BY_H = unitsOf('kgzscdt') // kh, gh, zh, sh, ch, dh and th are one sound
const SILENCING = unitsOf('aeiouy') // an h behind them is silent at the end of a word

function unitsOf(letters: string): ReadonlySet<number> {
  return new Set(Array.from(letters, (letter) => letter.charCodeAt(0)))
}

/** Whether the run of h that ends at `at` is no consonant of its own. */
function isSilent(units: Uint16Array, from: number, at: number, to: number): boolean {
  let before = at - 1
  while (before >= from && units[before] === H) before--
  if (before < from) return false
  const unit = units[before] ?? 0
  return MODIFIED_BY_H.has(unit) || (at + 1 === to && SILENCING.has(unit))
}
