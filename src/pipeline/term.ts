// Reads one term as an analyst wrote it: its words, its wildcards, and where it may be closed up.

import { isAttachable } from '../text/attached.ts'
import { isRomanArticle, nameKey } from '../text/romanise.ts'
import { analyse, wordAt } from '../text/words.ts'
import type { QueryCode } from './query-error.ts'
import type { TermMode } from './query-tree.ts'

/** In a folded word of a term: `*`. A rare letter that survives folding. */
export const STAR = '\ua7f7'
/** In a folded word of a term: `?`. */
export const ANY_LETTER = '\ua7fa'

/** One word of a term: folded, with STAR and ANY_LETTER for wildcards; and as written, for `=`. */
export type TermWord = { readonly folded: string; readonly raw: string }

/** A term read: each variant is a run of words that must stand next to each other; the first is as written, the others closed up. */
export type ReadTerm = { readonly variants: readonly (readonly TermWord[])[]; readonly problem?: QueryCode }

const LITERALS_MIN = 2
const CONSONANTS_MIN = 3
const WORDS_MAX = 100 // of one term
const CLOSABLE_MAX = 4 // hyphens of one term that are tried both ways

/** Reads a term. `problem` names what forbids it. */
export function readTerm(text: string, mode: TermMode): ReadTerm {
  const words = analyse(withWildcards(text))
  const parts = Array.from({ length: words.count }, (_, index) => ({
    folded: wordAt(words, index),
    raw: written(words.text.slice(words.starts[index], words.ends[index]), mode),
    closes: closesUp(words.text.slice(words.ends[index], words.starts[index + 1])),
    touches: words.ends[index] === words.starts[index + 1],
  }))
  const kept = parts.filter((part, index) => part.folded !== STAR || parts[index - 1]?.touches !== true)
  const problem = problemOf(kept, mode)
  return problem === undefined ? { variants: closedUp(kept) } : { variants: [], problem }
}

/** Only `=` compares words as written; for the others the trouble of normalising is spared. */
function written(text: string, mode: TermMode): string {
  return mode === 'exact' ? rawOf(text) : text
}

/** A word of a read term as it may be written in a term again. */
export function rewritten(word: TermWord): string {
  return word.raw.replaceAll(STAR, '*').replaceAll(ANY_LETTER, '?')
}

type WrittenPart = TermWord & { readonly closes: boolean; readonly touches: boolean }

/** Wildcards become letters, escaped characters themselves; the letters that mean wildcards cannot be looked for. */
function withWildcards(text: string): string {
  const plain = text.replaceAll(STAR, ' ').replaceAll(ANY_LETTER, ' ')
  if (!/[\\*?]/.test(plain)) return plain // most terms: the pattern below takes longer to compile than they to read
  return plain.replace(
    /\\(.)|[*?]/gsu,
    (sign, escaped: string | undefined) => escaped ?? (sign === '*' ? STAR : ANY_LETTER),
  )
}

const INVISIBLE = /[\u00ad\u061c\u200d\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const APOSTROPHES = /[’‘`´＇]/gu

/**
 * A word as written, fit to be compared: composed, one form of apostrophe, no invisible signs. Vowel signs and tatweel are no part of
 * the spelling in Arabic and Hebrew; accents on Latin letters are.
 */
export function rawOf(text: string): string {
  const spelled = text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/\u0640|(?=\p{M})[\u0591-\u06ed]/gu, '')
  return spelled.replace(APOSTROPHES, "'")
}

/**
 * Whether a folded word of a term matches with attached prefixes: three letters of Arabic or Hebrew script. Wildcards are allowed
 * where the last is a `*` behind.
 */
export function takesPrefixes(folded: string): boolean {
  return isAttachable(folded.endsWith(STAR) ? folded.replaceAll(STAR, '').replaceAll(ANY_LETTER, '') : folded)
}

/** Whether what stands between two words is one hyphen, ZWNJ or underscore. */
function closesUp(gap: string): boolean {
  return gap !== '' && /^[-\u2010\u2011\u05be\u200c_\uff0d\ufe63]$/u.test(gap.replace(INVISIBLE, ''))
}

function literals(word: string): number {
  return Array.from(word).filter((letter) => letter !== STAR && letter !== ANY_LETTER).length
}

function problemOf(parts: readonly WrittenPart[], mode: TermMode): QueryCode | undefined {
  if (parts.length === 0) return 'E_EMPTY_TERM'
  if (parts.length > WORDS_MAX) return 'E_TOO_LONG'
  const wild = parts.filter((part) => literals(part.folded) < Array.from(part.folded).length)
  if (wild.some((part) => literals(part.folded) < LITERALS_MIN)) return 'E_SHORT_WILDCARD'
  if (mode !== 'name') return undefined
  const names = parts.map((part) => part.folded).filter((word) => !isRomanArticle(word))
  if (wild.length > 0 || !names.every((word) => /^[a-z]+$/.test(word))) return 'E_NAME_SCRIPT'
  const consonants = names.map((word) => nameKey(word).consonants).join('')
  return consonants.length < CONSONANTS_MIN ? 'E_SHORT_NAME' : undefined
}

/** The term as written, and with any of its hyphens closed up (al-Sadr, alSadr). */
function closedUp(parts: readonly WrittenPart[]): readonly (readonly TermWord[])[] {
  let variants: readonly (readonly WrittenPart[])[] = [[]]
  let closable = 0
  for (const part of parts) {
    const before = parts[parts.indexOf(part) - 1]
    const both = before?.closes === true && mayClose(before, part) && ++closable <= CLOSABLE_MAX
    variants = both
      ? [...variants.map((words) => [...words, part]), ...variants.map((words) => closeUp(words, part))]
      : variants.map((words) => [...words, part])
  }
  return variants
}

/** MiG-29 is also MiG29; 9-11 is not 911. */
function mayClose(before: WrittenPart, after: WrittenPart): boolean {
  const areDigits = /\p{N}$/u.test(before.folded) && /^\p{N}/u.test(after.folded)
  return !areDigits && isWord(before) && isWord(after)
}

/** Script characters that are words of their own cannot be closed up any further. */
function isWord(part: WrittenPart): boolean {
  return !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u.test(
    part.folded,
  )
}

function closeUp(words: readonly WrittenPart[], part: WrittenPart): readonly WrittenPart[] {
  const last = words.at(-1)
  if (last === undefined) return [part]
  return [...words.slice(0, -1), { ...part, folded: last.folded + part.folded, raw: last.raw + part.raw }]
}
