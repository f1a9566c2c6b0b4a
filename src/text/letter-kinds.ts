// What a UTF-16 unit is to the analyser: a table of kinds, filled as units are met (65,536 entries are too many to fill at start).
import { foldCharacter, isDeletedMark } from './fold-character.ts'

/** The kinds of units. */
export const KIND = {
  UNKNOWN: 0, // not met yet
  SEPARATOR: 1,
  LETTER: 2, // part of a word: letter, digit or mark that folds to exactly one unit
  SINGLE: 3, // a word of its own: Han, kana, Hangul, Thai, Lao, Khmer, Myanmar
  MARK: 4, // deleted, but covered by the span of its word: harakat, niqqud, accents
  FORMAT: 5, // deleted and invisible: ZWJ, soft hyphen, bidi controls
  LONG: 6, // part of a word, folds to no unit or to several
  JOINER: 7, // may combine with the letter before it into another letter
  APOSTROPHE: 8,
  QUOTE: 9, // deleted between two Hebrew letters
  DOT: 10,
  SURROGATE: 11, // half of a character outside the basic plane
} as const

const FORMAT = /[\u00ad\u061c\u200d\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const APOSTROPHE = /['’‘`´＇]/u
const QUOTE = /["״]/u
// Marks that compose with the letter before: kana voicing, Hangul vowels and finals, two-part vowels of India and Burma.
const JOINER =
  /[\u0306\u0654\u3099\u309a\uff9e\uff9f\u1161-\u1175\u11a8-\u11c2\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1b35]/u

// The large classes are not taken apart before a character asks for it: see fold-character.ts.
function isSingle(letter: string): boolean {
  return /(?!\p{Nd})[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    letter,
  )
}

/** Whether a text holds a character that words are made of. */
function hasWordCharacter(text: string): boolean {
  return /[\p{L}\p{M}\p{N}]/u.test(text)
}

const TESTS: readonly (readonly [{ readonly test: (character: string) => boolean }, number])[] = [
  [FORMAT, KIND.FORMAT],
  [APOSTROPHE, KIND.APOSTROPHE],
  [QUOTE, KIND.QUOTE],
  [/[.．]/u, KIND.DOT],
  [/[\ud800-\udfff]/u, KIND.SURROGATE],
  [JOINER, KIND.JOINER],
  [{ test: isDeletedMark }, KIND.MARK],
  [{ test: (character) => !hasWordCharacter(character) }, KIND.SEPARATOR],
]

/** The kind of one whole character (one code point), looked up by rule. */
export function kindOfCharacter(character: string): number {
  const known = TESTS.find(([rule]) => rule.test(character))
  if (known !== undefined) return known[1]
  const folded = foldCharacter(character)
  const letters = Array.from(folded).length
  if (folded !== '' && !hasWordCharacter(folded)) return KIND.SEPARATOR // a vowel sign on a space (U+FE78)
  if (letters === 1 && isSingle(folded)) return KIND.SINGLE // also ㊉, which is 十
  return folded.length === 1 ? KIND.LETTER : KIND.LONG
}

const kinds = new Uint8Array(0x10000)

/** In `plainCodes`: anything but a plain letter or separator, and units not met yet. */
export const NOT_PLAIN = 0
/** In `plainCodes`: a separator. Larger codes are the one unit a letter folds to. */
export const PLAIN_SEPARATOR = 1
/** All that the hot loop has to know of a unit. */
export const plainCodes = new Uint16Array(0x10000)

const folds = new Map<number, string>()

/**
 * ASCII is known from the start: a search for an English word would otherwise compile a dozen classes of Unicode, which takes as
 * long as the search.
 */
function learnAscii(): void {
  kinds.fill(KIND.SEPARATOR, 0, 0x80)
  plainCodes.fill(PLAIN_SEPARATOR, 0, 0x80)
  learnRun('0', '9', '0')
  learnRun('a', 'z', 'a')
  learnRun('A', 'Z', 'a')
  learnSign("'", KIND.APOSTROPHE)
  learnSign('`', KIND.APOSTROPHE)
  learnSign('"', KIND.QUOTE)
  learnSign('.', KIND.DOT)
}

/** Letters in a row, which fold to as many from `folded` on. */
function learnRun(first: string, last: string, folded: string): void {
  const from = first.charCodeAt(0)
  const to = last.charCodeAt(0) + 1
  kinds.fill(KIND.LETTER, from, to)
  for (let unit = from; unit < to; unit++) plainCodes[unit] = unit - from + folded.charCodeAt(0)
}

function learnSign(sign: string, kind: number): void {
  kinds[sign.charCodeAt(0)] = kind
  plainCodes[sign.charCodeAt(0)] = NOT_PLAIN
}
learnAscii()

function learn(unit: number): number {
  const character = String.fromCharCode(unit)
  const kind = kindOfCharacter(character)
  kinds[unit] = kind
  if (kind === KIND.SEPARATOR) plainCodes[unit] = PLAIN_SEPARATOR
  if (kind === KIND.LETTER) plainCodes[unit] = foldCharacter(character).charCodeAt(0)
  if (kind === KIND.LONG || kind === KIND.SINGLE) folds.set(unit, foldCharacter(character))
  return kind
}

/** The kind of a UTF-16 unit. Remembers what it has met; the answer for a unit never changes. */
export function kindOfUnit(unit: number): number {
  return kinds[unit] || learn(unit)
}

/** The folded form of a unit whose kind is LONG or SINGLE. */
export function foldOfUnit(unit: number): string {
  return folds.get(unit) ?? ''
}
