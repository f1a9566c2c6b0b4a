// Signs that sometimes belong to a word: apostrophes, dots between capitals, quotes inside Hebrew abbreviations.

import { KIND, kindOfUnit } from './letter-kinds.ts'
import { closeWord, isLetterAt, openUnits, openWord, type Scan, skipDeleted } from './scan.ts'

/** What French and Italian write before an elided vowel. */
const ELISIONS: ReadonlySet<string> = new Set(
  'c d j l m n s t qu dell all dall nell sull un quell'.split(' '),
)

/** Decides what an apostrophe does and returns the next position: possessive dropped, elision cut, any other one deleted. */
export function afterApostrophe(scan: Scan, position: number): number {
  if (scan.start < 0) return position + 1
  const next = skipDeleted(scan.text, position + 1)
  const possessive = isPossessiveAt(scan.text, next)
  if (!isLetterAt(scan.text, next) || possessive || isElision(scan)) closeWord(scan)
  return possessive ? next + 1 : position + 1
}

function isElision(scan: Scan): boolean {
  return scan.unitCount - openUnits(scan) <= 5 && ELISIONS.has(openWord(scan))
}

/** Whether the s at `position` ends its word. */
function isPossessiveAt(text: string, position: number): boolean {
  const letter = text.charAt(position)
  if (letter !== 's' && letter !== 'S') return false
  const next = skipDeleted(text, position + 1)
  if (next < text.length && kindOfUnit(text.charCodeAt(next)) === KIND.APOSTROPHE)
    return !isLetterAt(text, skipDeleted(text, next + 1))
  return !isLetterAt(text, next)
}

function isCapital(letter: string): boolean {
  return /\p{Lu}/u.test(letter)
}

/** Whether the dot at `position` stands inside dotted capitals: U.S. is one word, and so is I.R.G.C. */
export function isDottedCapital(scan: Scan, position: number): boolean {
  const { text } = scan
  const previous = scan.lastDot < 0 ? scan.start : scan.lastDot + 1
  if (scan.start < 0 || previous !== position - 1) return false
  if (!isCapital(text.charAt(position - 1)) || !isCapital(text.charAt(position + 1))) return false
  return !isLetterAt(text, skipDeleted(text, position + 2))
}

const HEBREW_LETTER = /[\u05d0-\u05ea]/

/** Whether the quote at `position` stands between two Hebrew letters, as in צה"ל. */
export function isHebrewQuote(scan: Scan, position: number): boolean {
  if (scan.start < 0) return false
  const last = String.fromCharCode(scan.units[scan.unitCount - 1] ?? 0)
  return (
    HEBREW_LETTER.test(last) && HEBREW_LETTER.test(scan.text.charAt(skipDeleted(scan.text, position + 1)))
  )
}
