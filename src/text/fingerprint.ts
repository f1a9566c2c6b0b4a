// What is compared of a report: the words of its headline and of its first lines.
import { blockIntegers } from './blocks.ts'
import { isClosedUp } from './closed-up.ts'
import { datelineLength } from './dateline.ts'
import { bareHeadline } from './headline.ts'
import { scratchIntegers } from './scratch.ts'
import { STEM_UNITS_MAX, stemStart, stemStartIfAttached } from './stem.ts'
import { HASH_FACTOR } from './word-hash.ts'
import { mixBits } from './word-table.ts'
import { analyse, type Words, wordAt } from './words.ts'

/**
 * The words of a report in order, the headline's first. A word is 32 bits of hash; the lowest bit says that it is a number.
 * `stems` are the same words cut to their stems, for stories, where outlets use different forms of a word.
 */
export type Fingerprint = {
  readonly words: Int32Array
  readonly stems: Int32Array
  readonly titleCount: number
}

/** How much of the text is compared, in UTF-16 units: what most feeds carry. More costs several times more for little. */
export const LEAD_UNITS = 300
/** How much of the headline. More is no headline. */
export const TITLE_UNITS = 300

/** The fingerprint of a report, for one step. `analysed` are the words of title and text where the caller has them already. */
export function fingerprint(
  title: string,
  text: string,
  analysed?: { readonly title: Words; readonly text: Words },
): Fingerprint {
  const bare = bareHeadline(title.slice(0, TITLE_UNITS)).text
  const headline = analysed !== undefined && bare === title ? analysed.title : analyse(bare)
  const lead = analysed?.text ?? analyse(text.slice(0, LEAD_UNITS + 1))
  const leadFrom = countWithin(lead, datelineLength(lead.text))
  const leadTo = countWithin(lead, LEAD_UNITS)
  const words = wordScratch(headline.count + leadTo)
  const stems = stemScratch(headline.count + leadTo)
  const rests = restScratch(headline.count + leadTo)
  const titleCount = copyWords(headline, [0, headline.count], { words, stems, rests }, 0)
  const count = copyWords(lead, [leadFrom, leadTo], { words, stems, rests }, titleCount)
  detachPrefixes(stems, rests, count)
  return { words: kept(words, count), stems: kept(stems, count), titleCount }
}

function kept(list: Int32Array, count: number): Int32Array {
  const copy = blockIntegers(count)
  for (let index = 0; index < count; index++) copy[index] = list[index] ?? 0
  return copy
}

const wordScratch = scratchIntegers()
const stemScratch = scratchIntegers()
const restScratch = scratchIntegers()

/** Is this word of a fingerprint a number? */
export function isNumber(word: number): boolean {
  return (word & 1) === 1
}

/** A hash of the headline, equal for headlines that differ only in marks, punctuation and spelling. 0 for no headline. */
export function titleHash({ words, titleCount }: Pick<Fingerprint, 'words' | 'titleCount'>): number {
  let hash = titleCount
  for (let index = 0; index < titleCount; index++) hash = Math.imul(hash, HASH_FACTOR) ^ (words[index] ?? 0)
  return titleCount === 0 ? 0 : mixBits(hash) | 1
}

export type SpelledWord = { readonly word: number; readonly stem: number; readonly spelling: string }

/** The words of a text as a fingerprint would hold them, with their folded spelling; only those wanted, where that is said. */
export function spelledWords(text: string, wanted?: ReadonlySet<number>): readonly SpelledWord[] {
  const words = analyse(text)
  const spelled: SpelledWord[] = []
  for (let index = 0, next = 0; index < words.count; index = next) {
    next = nextWord(words, index, words.count)
    const word = hashOf(words, index, next)
    if (wanted !== undefined && !wanted.has(word)) continue
    const parts = Array.from({ length: next - index }, (_, offset) => wordAt(words, index + offset))
    spelled.push({ word, stem: isNumber(word) ? word : stemOf(words, index, next), spelling: parts.join('') })
  }
  return spelled
}

/** How many words a fingerprint of the text would hold. */
export function countWords(text: string): number {
  const words = analyse(text)
  let count = 0
  for (let index = 0; index < words.count; count++) index = nextWord(words, index, words.count)
  return count
}

// A word cut by the limit is left out: half a word is another word.
function countWithin({ ends, count }: Words, units: number): number {
  let within = 0
  while (within < count && (ends[within] ?? 0) <= units) within++
  return within
}

type Lists = { readonly words: Int32Array; readonly stems: Int32Array; readonly rests: Int32Array }

// Writes the words from place `at` on and returns the place behind the last: closed-up words count once.
function copyWords(
  from: Words,
  [first, count]: readonly [number, number],
  { words, stems, rests }: Lists,
  at: number,
): number {
  let written = at
  for (let index = first; index < count; written++) {
    const next = nextWord(from, index, count)
    const word = hashOf(from, index, next)
    words[written] = word
    stems[written] = isNumber(word) ? word : stemOf(from, index, next)
    rests[written] = restOf(from, index, next)
    index = next
  }
  return written
}

// The stem behind a letter that may be an attached word; 0 where there is none.
function restOf(words: Words, index: number, next: number): number {
  const end = endOf(words, next - 1)
  const from = stemStartIfAttached(words.units, words.unitStarts[index] ?? 0, end)
  return from < 0 ? 0 : mixBits(hashUnits(words, from, Math.min(end, from + STEM_UNITS_MAX))) & ~1
}

function detachPrefixes(stems: Int32Array, rests: Int32Array, count: number): void {
  for (let index = 0; index < count; index++) {
    const rest = rests[index] ?? 0
    if (rest === 0) continue
    let at = 0
    while (at < count && stems[at] !== rest) at++ // indexOf would search what is behind `count` too
    if (at < count) stems[index] = rest
  }
}

function nextWord(words: Words, index: number, count: number): number {
  let next = index + 1
  while (next < count && isClosedUp(words, next - 1)) next++
  return next
}

function hashOf(words: Words, index: number, next: number): number {
  const start = words.unitStarts[index] ?? 0
  const firstUnit = words.units[start] ?? 0
  const numeric = firstUnit >= 0x30 && firstUnit <= 0x39 ? 1 : 0
  const hash =
    next === index + 1 ? (words.hashes[index] ?? 0) : hashUnits(words, start, endOf(words, next - 1))
  return (mixBits(hash) & ~1) | numeric
}

function stemOf(words: Words, index: number, next: number): number {
  const [start, end] = [words.unitStarts[index] ?? 0, endOf(words, next - 1)]
  const from = stemStart(words.units, start, end)
  // A short word of its own is its own stem: its hash is there already.
  if (from === start && end - start <= STEM_UNITS_MAX && next === index + 1)
    return mixBits(words.hashes[index] ?? 0) & ~1
  return mixBits(hashUnits(words, from, Math.min(end, from + STEM_UNITS_MAX))) & ~1
}

function endOf(words: Words, index: number): number {
  return (words.unitStarts[index + 1] ?? 1) - 1
}

// Skips the space that stands between two words.
function hashUnits({ units }: Words, from: number, to: number): number {
  let hash = 0
  for (let index = from; index < to; index++) {
    const unit = units[index] ?? 0
    if (unit !== 0x20) hash = (Math.imul(hash, HASH_FACTOR) + unit) | 0
  }
  return hash
}
