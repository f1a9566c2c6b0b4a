// What is kept of a report beside the article, so that a start reads numbers instead of analysing texts, and decides as if it had run on.
import type { Instant } from '../model/time.ts'
import { blockBytes } from '../text/blocks.ts'
import type { Fingerprint } from '../text/fingerprint.ts'
import type { Vector } from './cluster-vector.ts'
import { TEXT_LENGTH_MAX } from './echo-document.ts'
import { type HeadlineShape, packShape, unpackShape } from './headline-shape.ts'

/** A report as the indexes took it in. Lists are lent: the next report of the same reader overwrites them. */
export type KeptReport = {
  readonly articleId: number // of a copy: the article that it copies
  readonly storyId?: number // absent for copies and for revised texts, which are in no story of their own
  readonly sourceId: string
  readonly at: Instant
  readonly seenAt: Instant
  readonly language?: string
  readonly textLength: number
  readonly isLive: boolean
  readonly shape: HeadlineShape
  readonly print: Fingerprint
  readonly isPosted: Uint8Array // of each word, whether copies are found by it
  readonly weights: Vector['weights'] // of each stem, if it is in a story
}

type Packed = Pick<KeptReport, 'print' | 'textLength' | 'shape' | 'isLive' | 'isPosted'> & {
  readonly weights: Vector['weights'] | undefined
}

// Of each word 16 bits: what its stem weighs in the story, whether the stem is another word, whether copies are found by the word.
const WEIGHT_BITS = 0x3fff
const OTHER_STEM = 0x4000
const POSTED = 0x8000

// Two integers: the length of the text, and the shape of the headline above bit 22 (none in reports that an earlier program kept); words, words of the title above bit 15, and whether
// it is a live page in bit 31.
const HEADER = 2
const SHAPE_SHIFT = 23
const TITLE_SHIFT = 15
const COUNT_BITS = 2 ** TITLE_SHIFT - 1
const LIVE = 2 ** 31
const BYTES = 4

/** The report as bytes, some nine a word: header, words, stems that are other words than theirs, marks. For one step, see blocks.ts. */
export function packReport({ print, textLength, shape, isLive, isPosted, weights }: Packed): Uint8Array {
  const { words, stems, titleCount } = print
  const others = weights === undefined ? 0 : countOthers(words, stems)
  const integerBytes = (HEADER + words.length + others) * BYTES
  const bytes = blockBytes(integerBytes + words.length * Uint16Array.BYTES_PER_ELEMENT)
  const integers = new Int32Array(bytes.buffer, bytes.byteOffset, integerBytes / BYTES)
  const marks = new Uint16Array(bytes.buffer, bytes.byteOffset + integerBytes, words.length)
  integers[0] = Math.min(textLength, TEXT_LENGTH_MAX) | (packShape(shape) << SHAPE_SHIFT)
  integers[1] = words.length | (titleCount << TITLE_SHIFT) | (isLive ? LIVE : 0)
  let otherStem = HEADER + words.length
  for (let index = 0; index < words.length; index++) {
    integers[HEADER + index] = words[index] ?? 0
    const isOther = weights !== undefined && stems[index] !== words[index]
    if (isOther) integers[otherStem++] = stems[index] ?? 0
    const posted = isPosted[index] === 1 ? POSTED : 0
    marks[index] = (weights?.[index] ?? 0) | (isOther ? OTHER_STEM : 0) | posted
  }
  return bytes
}

function countOthers(words: Int32Array, stems: Int32Array): number {
  let count = 0
  for (let index = 0; index < words.length; index++) if (stems[index] !== words[index]) count++
  return count
}

const WORDS_LENT = 2_048

function newLent(words: number) {
  const integers = new Int32Array(HEADER + 3 * words)
  return {
    integers,
    bytes: new Uint8Array(integers.buffer),
    halves: new Uint16Array(integers.buffer),
    stems: new Int32Array(words),
    weights: new Uint16Array(words),
    isPosted: new Uint8Array(words),
  }
}

type Unpacked = Omit<KeptReport, 'articleId' | 'sourceId' | 'at' | 'seenAt'>

/** Reads what `packReport` wrote. Who reads reports while another report is in use takes a reader of its own. */
export function createReportReader(): (packed: Uint8Array) => Unpacked {
  let lent = newLent(WORDS_LENT)
  return (packed) => {
    if (packed.byteLength > lent.bytes.length) lent = newLent(packed.byteLength)
    return unpack(packed, lent)
  }
}

function unpack(packed: Uint8Array, lent: ReturnType<typeof newLent>): Unpacked {
  const { integers, bytes, halves, stems, weights, isPosted } = lent
  bytes.set(packed)
  const [head = 0, counts = 0] = integers
  const count = counts & COUNT_BITS
  const firstMark = packed.byteLength / 2 - count
  let otherStem = HEADER + count
  for (let index = 0; index < count; index++) {
    const mark = halves[firstMark + index] ?? 0
    stems[index] = integers[(mark & OTHER_STEM) === 0 ? HEADER + index : otherStem++] ?? 0
    weights[index] = mark & WEIGHT_BITS
    isPosted[index] = mark >> 15
  }
  return {
    textLength: head & TEXT_LENGTH_MAX,
    shape: unpackShape(head >>> SHAPE_SHIFT),
    isLive: counts < 0,
    print: {
      words: integers.subarray(HEADER, HEADER + count),
      stems: stems.subarray(0, count),
      titleCount: (counts >>> TITLE_SHIFT) & COUNT_BITS,
    },
    isPosted: isPosted.subarray(0, count),
    weights: weights.subarray(0, count),
  }
}
