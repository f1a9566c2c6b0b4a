// A set of folded words that is asked by hash and units, so that no string is made for the words of a text.
import { hashUnits } from '../text/word-hash.ts'

/** Entry `i` is the i-th word given to `wordSet`. */
export type WordSet = {
  readonly slots: Int32Array // entry + 1; 0 is free
  readonly mask: number
  readonly hashes: Int32Array
  readonly units: Uint16Array
  readonly starts: Int32Array // one more than entries
}

const SLOTS_A_WORD = 8 // most words of a text are in no set, and an empty slot tells so at once
const SPREAD = 0x9e3779b1

function slotOf(hash: number, mask: number): number {
  return (Math.imul(hash, SPREAD) >>> 7) & mask
}

/** Builds the set of distinct words. */
export function wordSet(words: readonly string[]): WordSet {
  const total = words.reduce((sum, word) => sum + word.length, 0)
  const units = new Uint16Array(total)
  const starts = new Int32Array(words.length + 1)
  const hashes = new Int32Array(words.length)
  const mask = 2 ** Math.ceil(Math.log2(words.length * SLOTS_A_WORD + 2)) - 1
  const slots = new Int32Array(mask + 1)
  let end = 0
  for (const [entry, word] of words.entries()) {
    for (let at = 0; at < word.length; at++) units[end++] = word.charCodeAt(at)
    starts[entry + 1] = end
    const hash = hashUnits(units, end - word.length, end)
    hashes[entry] = hash
    let slot = slotOf(hash, mask)
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = entry + 1
  }
  return { slots, mask, hashes, units, starts }
}

/** The entry of the word `units[from..to)` whose hash is `hash`; -1 when the set has no such word. */
export function findWord(set: WordSet, hash: number, units: Uint16Array, from: number, to: number): number {
  const { slots, mask, hashes } = set
  for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
    const entry = (slots[slot] ?? 0) - 1
    if (entry < 0) return -1
    if (hashes[entry] === hash && isSame(set, entry, units, from, to)) return entry
  }
}

function isSame(set: WordSet, entry: number, units: Uint16Array, from: number, to: number): boolean {
  const start = set.starts[entry] ?? 0
  const length = (set.starts[entry + 1] ?? 0) - start
  if (length !== to - from) return false
  for (let at = 0; at < length; at++) if (set.units[start + at] !== units[from + at]) return false
  return true
}
