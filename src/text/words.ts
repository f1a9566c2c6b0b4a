// The analyser: one pass over a text gives its folded words with their places in the text. Tagging, search, duplicates and stories all use it.
import { foldCharacter } from './fold-character.ts'
import {
  foldOfUnit,
  KIND,
  kindOfCharacter,
  kindOfUnit,
  NOT_PLAIN,
  PLAIN_SEPARATOR,
  plainCodes,
} from './letter-kinds.ts'
import { afterApostrophe, isDottedCapital, isHebrewQuote } from './punctuation.ts'
import { addFolded, beginScan, closeWord, openAt, openUnits, type Scan, SPACE } from './scan.ts'
import { HASH_FACTOR } from './word-hash.ts'

/**
 * The words of one text, in order. Word `i` was written at `starts[i]` to `ends[i]` (UTF-16 offsets into `text`) and its
 * folded letters are `units[unitStarts[i]]` up to, not including, the space before `unitStarts[i + 1]`.
 * `hashes[i]` is the polynomial hash of the folded units (signed 32 bits; mix it before taking single bits of it).
 *
 * - possessives: `Iraq’s` is the one word `iraq`; its end does not cover `’s`
 * - elisions: `l’émir` is two words, `l` and `emir`; any other apostrophe inside a word is deleted: `Sana'a` is `sanaa`
 * - hyphen, ZWNJ and underscore separate: `al-Sadr` is two words; closing up is the business of the term that looks for it
 * - dotted capitals: `U.S.` is the one word `us`, its end before the last dot
 * - a Han, kana, Hangul, Thai, Lao, Khmer or Myanmar character is a word of its own
 *
 * The arrays are views into a block shared with other texts: keep `Words` for the length of a step, not for ever.
 */
export type Words = {
  readonly text: string
  readonly count: number
  readonly hashes: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly units: Uint16Array
  readonly unitStarts: Int32Array // count + 1 entries
}

/** Cuts a text into folded words. Pure: the same text always gives the same words. Takes a few nanoseconds a character. */
export function analyse(text: string): Words {
  const scan = beginScan(text)
  let position = 0
  while (position < text.length) {
    position = scan.start < 0 ? plainWords(scan, position) : letters(scan, position)
    if (position < text.length) position = other(scan, position)
  }
  closeWord(scan)
  scan.text = '' // or the scan would keep a long text alive
  return result(text, scan)
}

const BLOCK_LENGTH = 65_536
let integerBlock = new Int32Array(0)
let integersUsed = 0
let unitBlock = new Uint16Array(0)
let unitsUsed = 0

/** Results are cut from one block after another: five typed arrays a text would cost as much as the scan itself. */
function result(text: string, scan: Scan): Words {
  const { count } = scan
  if (integersUsed + 4 * count + 1 > integerBlock.length) {
    integerBlock = new Int32Array(Math.max(BLOCK_LENGTH, 4 * count + 1))
    integersUsed = 0
  }
  return {
    text,
    count,
    hashes: keepIntegers(scan.hashes, count),
    starts: keepIntegers(scan.starts, count),
    ends: keepIntegers(scan.ends, count),
    units: keepUnits(scan.units, scan.unitCount),
    unitStarts: keepIntegers(scan.unitStarts, count + 1),
  }
}

/** So few are copied faster one by one than by a call; of two thousand the call copies nine times as fast. */
const ONE_BY_ONE_MAX = 64

function keepIntegers(from: Int32Array, count: number): Int32Array {
  const copy = new Int32Array(integerBlock.buffer, integersUsed * Int32Array.BYTES_PER_ELEMENT, count)
  if (count > ONE_BY_ONE_MAX) copy.set(from.subarray(0, count))
  else for (let at = 0; at < count; at++) copy[at] = from[at] ?? 0
  integersUsed += count
  return copy
}

function keepUnits(from: Uint16Array, count: number): Uint16Array {
  if (unitsUsed + count > unitBlock.length) {
    unitBlock = new Uint16Array(Math.max(BLOCK_LENGTH, count))
    unitsUsed = 0
  }
  const copy = new Uint16Array(unitBlock.buffer, unitsUsed * Uint16Array.BYTES_PER_ELEMENT, count)
  if (count > ONE_BY_ONE_MAX) copy.set(from.subarray(0, count))
  else for (let at = 0; at < count; at++) copy[at] = from[at] ?? 0
  unitsUsed += count
  return copy
}

const DOT = 0x2e

/**
 * The hot loop: whole words of plain letters between plain separators, until anything else comes. Measured three times as
 * fast as going through `letters` and `closeWord` for each word, which is why it repeats what they do.
 */
function plainWords(scan: Scan, from: number): number {
  const { raw, units, hashes, starts, ends, unitStarts } = scan
  const { length } = scan.text
  const codes = plainCodes // the engine looks a name of another module up anew at every letter
  let { count, unitCount } = scan
  let hash = 0
  let start = -1
  let position = from
  for (; position < length; position++) {
    const code = codes[raw[position] ?? 0] ?? NOT_PLAIN
    if (code > PLAIN_SEPARATOR) {
      if (start < 0) start = position
      units[unitCount++] = code
      hash = (Math.imul(hash, HASH_FACTOR) + code) | 0
    } else if (
      code === NOT_PLAIN &&
      !(raw[position] === DOT && codes[raw[position + 1] ?? 0] === PLAIN_SEPARATOR)
    ) {
      break // a dot before a space ends a word like any other sign; it is told here, not in a function, for speed
    } else if (start >= 0) {
      hashes[count] = hash
      starts[count] = start
      ends[count++] = position
      units[unitCount++] = SPACE
      unitStarts[count] = unitCount
      hash = 0
      start = -1
    }
  }
  if (position > from) scan.single = false
  scan.count = count
  scan.unitCount = unitCount
  scan.hash = hash
  scan.start = start
  scan.end = position
  return position
}

/** Goes on with an open word: a run of plain letters. Returns where the run ends. */
function letters(scan: Scan, from: number): number {
  const { raw, units } = scan
  const { length } = scan.text
  let position = from
  for (; position < length; position++) {
    const code = plainCodes[raw[position] ?? 0] ?? NOT_PLAIN
    if (code <= PLAIN_SEPARATOR) break
    units[scan.unitCount++] = code
    scan.hash = (Math.imul(scan.hash, HASH_FACTOR) + code) | 0
  }
  if (position > from) scan.end = position
  return position
}

/** Everything that is no plain letter. Returns the next position to look at. */
function other(scan: Scan, position: number): number {
  const unit = scan.text.charCodeAt(position)
  switch (kindOfUnit(unit)) {
    case KIND.SEPARATOR:
      closeWord(scan)
      return position + 1
    case KIND.MARK:
      if (scan.start >= 0) scan.end = position + 1
      return position + 1
    case KIND.FORMAT:
      return position + 1
    case KIND.APOSTROPHE:
      return afterApostrophe(scan, position)
    case KIND.DOT:
      if (isDottedCapital(scan, position)) scan.lastDot = position
      else closeWord(scan)
      return position + 1
    case KIND.QUOTE:
      if (!isHebrewQuote(scan, position)) closeWord(scan)
      return position + 1
    case KIND.JOINER:
      return join(scan, position)
    case KIND.SURROGATE:
      return surrogate(scan, position)
    case KIND.SINGLE:
      return addSingle(scan, position, position + 1, foldOfUnit(unit))
    case KIND.LONG:
      return addLong(scan, position, position + 1, foldOfUnit(unit))
    default:
      return position // a letter met for the first time: now the table knows it
  }
}

/** A character outside the basic plane, or a lone surrogate, which separates. */
function surrogate(scan: Scan, position: number): number {
  const character = String.fromCodePoint(scan.text.codePointAt(position) ?? 0)
  const end = position + character.length
  const kind = kindOfCharacter(character)
  if (scan.start >= 0 && /\p{M}/u.test(character)) scan.dirty = true // it may compose
  if (kind === KIND.SINGLE) return addSingle(scan, position, end, foldCharacter(character))
  if (kind === KIND.LETTER || kind === KIND.LONG)
    return addLong(scan, position, end, foldCharacter(character))
  if (kind !== KIND.MARK && kind !== KIND.FORMAT) closeWord(scan)
  return end
}

function addSingle(scan: Scan, start: number, end: number, folded: string): number {
  closeWord(scan)
  openAt(scan, start)
  addFolded(scan, folded)
  scan.end = end
  closeWord(scan)
  scan.single = true
  return end
}

/** Adds a letter that folds to none or several; what it holds may be several words (ﷺ, ½) or words of one character (ヿ). */
function addLong(scan: Scan, start: number, end: number, folded: string): number {
  openAt(scan, start)
  scan.end = end
  for (const letter of folded) {
    const kind = kindOfCharacter(letter)
    if (kind === KIND.SINGLE) addSingle(scan, start, end, letter)
    else if (kind === KIND.LETTER || kind === KIND.JOINER || kind === KIND.LONG)
      addLetter(scan, start, end, letter)
    else closeWord(scan)
  }
  return end
}

function addLetter(scan: Scan, start: number, end: number, letter: string): void {
  openAt(scan, start)
  addFolded(scan, letter)
  scan.end = end
}

/** A mark that may make another letter of the one before: и + breve = й, か + ゛ = が, Hangul vowels and finals. */
function join(scan: Scan, position: number): number {
  const mark = scan.text.charAt(position)
  const hasLetter = scan.start >= 0 && scan.unitCount > openUnits(scan) // a tatweel opens a word and is no letter
  if (!hasLetter) return joinSingle(scan, position, mark)
  const previous = scan.units[scan.unitCount - 1] ?? 0
  scan.end = position + 1
  if (mark === '\u0306' && previous !== 0x0438) return position + 1 // an accent like any other, except on и
  if (mark === '\u0654' && previous !== 0x06d5) return position + 1 // a hamza like any other, except on ە
  addFolded(scan, mark)
  scan.dirty = true
  return position + 1
}

/** Composes a mark with the script character just before it; where that gives nothing, the mark is a word of its own. */
function joinSingle(scan: Scan, position: number, mark: string): number {
  const last = scan.count - 1
  const start = scan.starts[last] ?? 0
  const composed = foldCharacter(scan.text.slice(start, position + 1))
  const joins = scan.single && scan.ends[last] === position && composed.length === 1
  if (joins) dropLastWord(scan)
  const folded = joins ? composed : foldCharacter(mark)
  if (/[\u0306\u0654]/.test(mark)) return position + 1 // an accent on nothing
  return addSingle(scan, joins ? start : position, position + 1, folded)
}

function dropLastWord(scan: Scan): void {
  scan.count--
  scan.unitCount = openUnits(scan)
}

/** The folded letters of word `index`. */
export function wordAt(words: Words, index: number): string {
  const start = words.unitStarts[index] ?? 0
  const end = words.unitStarts[index + 1] ?? start + 1
  return textOfUnits(words.units, start, end - 1)
}

/** All folded words joined by single spaces. */
export function joinWords(words: Words): string {
  return textOfUnits(words.units, 0, words.units.length - 1)
}

/** A short word is put together letter by letter in half the time that the call takes. */
const LETTER_BY_LETTER_MAX = 12

/** Folded units hold no half characters, so nothing has to be mended: copying them takes a third to a half of the time of a TextDecoder. */
function textOfUnits(units: Uint16Array, from: number, to: number): string {
  const length = to - from
  if (length > LETTER_BY_LETTER_MAX)
    return Buffer.from(
      units.buffer,
      units.byteOffset + from * Uint16Array.BYTES_PER_ELEMENT,
      length * Uint16Array.BYTES_PER_ELEMENT,
    ).toString('utf16le')
  let text = ''
  for (let at = from; at < to; at++) text += String.fromCharCode(units[at] ?? 0)
  return text
}
