// Analyses on their way between two threads: their numbers and their texts in two runs of memory, which change hands without being copied.
import type { Match } from '../model/topic.ts'
import type { EchoPrint } from './echo-document.ts'
import type { EntryAnalysis, FoldedFields } from './entry-analysis.ts'
import { packShape, unpackShape } from './headline-shape.ts'

export type PackedAnalyses = {
  readonly texts: Uint8Array<ArrayBuffer> // the folded fields of each, one after the other in UTF-8, as the database takes them
  readonly urlKeys: readonly (string | undefined)[]
  readonly prints: Int32Array<ArrayBuffer> // of each: a head, words, stems, distinct words
  readonly matches: readonly (readonly [index: number, matches: readonly Match[]])[] // of the few entries that have some
}

// How many words, how many of them are of the title, how many are distinct; the length of the text; the headline's shape above one bit
// that says whether it is a live page; the bytes of each folded field.
const HEAD = 9

function sizeOf({ words, stems, distinctWords }: EchoPrint): number {
  return HEAD + words.length + stems.length + distinctWords.length
}

function writePrint(into: Int32Array, from: number, print: EchoPrint, fieldBytes: readonly number[]): void {
  const { words, stems, distinctWords, titleCount, textLength, shape, isLive } = print
  const marks = (packShape(shape) << 1) | (isLive ? 1 : 0)
  into.set([words.length, titleCount, distinctWords.length, textLength, marks, ...fieldBytes], from)
  into.set(words, from + HEAD)
  into.set(stems, from + HEAD + words.length)
  into.set(distinctWords, from + HEAD + 2 * words.length)
}

/** The memory of both runs is to be transferred. */
export function packAnalyses(analyses: readonly EntryAnalysis[]): PackedAnalyses {
  const prints = new Int32Array(analyses.reduce((sum, { print }) => sum + sizeOf(print), 0))
  const texts = analyses.flatMap(({ folded: { title, summary, body, author } }) => [
    title,
    summary,
    body,
    author,
  ])
  const { bytes, lengths } = encode(texts)
  let from = 0
  for (const [index, { print }] of analyses.entries()) {
    writePrint(prints, from, print, lengths.slice(index * FIELDS, (index + 1) * FIELDS))
    from += sizeOf(print)
  }
  return {
    texts: bytes,
    urlKeys: analyses.map(({ urlKey }) => urlKey),
    prints,
    matches: analyses.flatMap(({ matches }, index) =>
      matches.length === 0 ? [] : [[index, matches] as const],
    ),
  }
}

const FIELDS = 4
const UNIT_BYTES_MAX = 3 // of one UTF-16 unit in UTF-8
const encoder = new TextEncoder()
let room = new Uint8Array(0)

/** Texts as UTF-8, one after the other, and how many bytes each takes. */
function encode(texts: readonly (string | Uint8Array)[]) {
  const bytesMax = texts.reduce((sum, text) => sum + text.length * UNIT_BYTES_MAX, 0)
  if (room.length < bytesMax) room = new Uint8Array(bytesMax)
  let from = 0
  const lengths = texts.map((text) => {
    const length = write(text, room.subarray(from))
    from += length
    return length
  })
  return { bytes: room.slice(0, from), lengths }
}

function write(text: string | Uint8Array, into: Uint8Array): number {
  if (typeof text === 'string') return encoder.encodeInto(text, into).written
  into.set(text)
  return text.length
}

type Print = { readonly print: EchoPrint; readonly fieldBytes: readonly number[] }

/** Views into `prints`, not copies. */
function readPrint(prints: Int32Array, from: number): Print {
  const [count = 0, titleCount = 0, distinct = 0, textLength = 0, marks = 0, ...fieldBytes] = prints.subarray(
    from,
    from + HEAD,
  )
  const list = (start: number, length: number) =>
    prints.subarray(from + HEAD + start, from + HEAD + start + length)
  const print = {
    words: list(0, count),
    stems: list(count, count),
    distinctWords: list(2 * count, distinct),
    titleCount,
    textLength,
    shape: unpackShape(marks >> 1),
    isLive: (marks & 1) === 1,
  }
  return { print, fieldBytes }
}

/** What `packAnalyses` packed, in the same order; the folded fields as bytes. */
export function unpackAnalyses({
  texts,
  urlKeys,
  prints,
  matches,
}: PackedAnalyses): readonly EntryAnalysis[] {
  const matched = new Map(matches)
  const cursor = { texts, from: 0 }
  let from = 0
  return urlKeys.map((urlKey, index) => {
    const { print, fieldBytes } = readPrint(prints, from)
    from += sizeOf(print)
    const [title, summary, body, author] = fieldBytes
    const folded: FoldedFields = {
      title: nextText(cursor, title),
      summary: nextText(cursor, summary),
      body: nextText(cursor, body),
      author: nextText(cursor, author),
    }
    const analysis = { folded, print, matches: matched.get(index) ?? [] }
    return urlKey === undefined ? analysis : { ...analysis, urlKey }
  })
}

/** The next so many bytes. */
function nextText(cursor: { readonly texts: Uint8Array; from: number }, bytes = 0): string | Uint8Array {
  cursor.from += bytes
  return bytes === 0 ? '' : cursor.texts.subarray(cursor.from - bytes, cursor.from)
}
