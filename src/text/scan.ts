// The state of one pass over a text: the word that is open, and the words already closed. Owned by words.ts.
import { foldCharacter } from './fold-character.ts'
import { KIND, kindOfUnit } from './letter-kinds.ts'
import { HASH_FACTOR } from './word-hash.ts'

/** The unit that ends each word in the folded units. */
export const SPACE = 0x20

/** Mutable on purpose: one scan serves every text, so that a short text costs no allocation but its result. */
export type Scan = {
  text: string
  raw: Uint16Array // the units of the text itself: read several times as fast as from the string
  rawBytes: Buffer // the same memory
  units: Uint16Array // folded units; each word is followed by one space
  unitCount: number
  hash: number // of the open word
  start: number // where the open word begins in the text; -1 when none is open
  end: number // just behind the last unit that belongs to the open word
  lastDot: number // in a word of dotted capitals: where the last dot stood
  dirty: boolean // the open word has a mark that composes, so it is folded again when it closes
  single: boolean // the last word closed is a script character that is a word of its own
  count: number
  hashes: Int32Array
  starts: Int32Array
  ends: Int32Array
  unitStarts: Int32Array // of `count + 1` words: the last one is where the open word's units begin
}

const SCRATCH_MIN = 8_192
const SCRATCH_KEPT_MAX = 262_144 // units; memory for longer texts is let go

function newScan(capacity: number): Scan {
  const raw = new Uint16Array(capacity)
  return {
    text: '',
    raw,
    rawBytes: Buffer.from(raw.buffer),
    units: new Uint16Array(2 * capacity),
    unitCount: 0,
    hash: 0,
    start: -1,
    end: 0,
    lastDot: -1,
    dirty: false,
    single: false,
    count: 0,
    hashes: new Int32Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    unitStarts: new Int32Array(capacity),
  }
}

let kept = newScan(SCRATCH_MIN)

/** Starts a scan of a text. A text has at most as many words as units, and each word adds a space to the units. */
export function beginScan(text: string): Scan {
  const needed = text.length + 2
  const scan = needed <= kept.hashes.length ? kept : newScan(2 * needed)
  if (needed <= SCRATCH_KEPT_MAX) kept = scan
  scan.text = text
  scan.rawBytes.write(text, 0, 'utf16le') // copying a whole string costs less than reading forty of its units one by one
  scan.unitCount = 0
  scan.count = 0
  scan.single = false
  scan.unitStarts[0] = 0
  forgetWord(scan)
  return scan
}

function forgetWord(scan: Scan): void {
  scan.hash = 0
  scan.start = -1
  scan.lastDot = -1
  scan.dirty = false
}

/** Where the units of the open word begin. */
export function openUnits(scan: Scan): number {
  return scan.unitStarts[scan.count] ?? 0
}

const decoder = new TextDecoder('utf-16le', { ignoreBOM: true })

/** The folded text of the open word so far. */
export function openWord(scan: Scan): string {
  return decoder.decode(scan.units.subarray(openUnits(scan), scan.unitCount))
}

/** Opens a word at `position` unless one is open. */
export function openAt(scan: Scan, position: number): void {
  if (scan.start < 0) scan.start = position
}

/** Adds folded units to the open word. Only rare characters come this way. */
export function addFolded(scan: Scan, folded: string): void {
  reserve(scan, folded.length + 1)
  for (let at = 0; at < folded.length; at++) {
    const unit = folded.charCodeAt(at)
    scan.units[scan.unitCount++] = unit
    scan.hash = (Math.imul(scan.hash, HASH_FACTOR) + unit) | 0
  }
}

/** Room for `more` units beyond those any text of this length needs: ligatures fold to up to 18 letters. */
function reserve(scan: Scan, more: number): void {
  const needed = scan.unitCount + more + 2 * scan.text.length
  if (needed <= scan.units.length) return
  const larger = new Uint16Array(2 * needed)
  larger.set(scan.units)
  scan.units = larger
}

/** Closes the open word, if there is one and any letter of it is left. */
export function closeWord(scan: Scan): void {
  if (scan.start < 0) return
  if (scan.dirty) foldAgain(scan)
  if (scan.unitCount > openUnits(scan)) record(scan)
  forgetWord(scan)
}

function record(scan: Scan): void {
  reserveWords(scan)
  const word = scan.count++
  scan.hashes[word] = scan.hash
  scan.starts[word] = scan.start
  scan.ends[word] = scan.end
  scan.units[scan.unitCount++] = SPACE
  scan.unitStarts[scan.count] = scan.unitCount
  scan.single = false
}

/** Room for this word and one for each unit behind it: a ligature may hold several words. */
function reserveWords(scan: Scan): void {
  const needed = scan.count + 2 + scan.text.length - scan.start
  if (needed <= scan.hashes.length) return
  for (const column of ['hashes', 'starts', 'ends', 'unitStarts'] as const) {
    const larger = new Int32Array(2 * needed)
    larger.set(scan[column])
    scan[column] = larger
  }
}

/** A mark composed with the letter before it (и and a breve are й): normalise the word as a whole. */
function foldAgain(scan: Scan): void {
  const word = openWord(scan).normalize('NFKC')
  scan.unitCount = openUnits(scan)
  scan.hash = 0
  for (const letter of word) addFolded(scan, foldCharacter(letter))
}

/** The next position at or after `position` that is not a deleted unit. */
export function skipDeleted(text: string, position: number): number {
  let at = position
  while (at < text.length) {
    const kind = kindOfUnit(text.charCodeAt(at))
    if (kind !== KIND.MARK && kind !== KIND.FORMAT) break
    at++
  }
  return at
}

/** Whether the unit at `position` goes on a word of letters (not a script character that is a word of its own). */
export function isLetterAt(text: string, position: number): boolean {
  if (position >= text.length) return false
  const kind = kindOfUnit(text.charCodeAt(position))
  return kind === KIND.LETTER || kind === KIND.LONG
}
