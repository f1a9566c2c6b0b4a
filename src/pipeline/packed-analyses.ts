// Analyses on their way between two threads: their numbers and their texts in two runs of memory, which change hands without being copied.
import type { Match } from '../model/topic.ts'
import type { EntryAnalysis, FoldedFields } from './entry-analysis.ts'
import { printSize, readPrint, writePrint } from './packed-print.ts'

export type PackedAnalyses = {
  readonly texts: Uint8Array<ArrayBuffer> // the folded fields of each, one after the other in UTF-8, as the database takes them
  readonly urlKeys: readonly (string | undefined)[]
  readonly prints: Int32Array<ArrayBuffer> // of each: the bytes of each folded field, then its print
  readonly matches: readonly (readonly [index: number, matches: readonly Match[]])[] // of the few entries that have some
}

/** The memory of both runs is to be transferred. */
export function packAnalyses(analyses: readonly EntryAnalysis[]): PackedAnalyses {
  const prints = new Int32Array(analyses.reduce((sum, { print }) => sum + FIELDS + printSize(print), 0))
  const texts = analyses.flatMap(({ folded: { title, summary, body, author } }) => [
    title,
    summary,
    body,
    author,
  ])
  const { bytes, lengths } = encode(texts)
  let from = 0
  for (const [index, { print }] of analyses.entries()) {
    prints.set(lengths.slice(index * FIELDS, (index + 1) * FIELDS), from)
    writePrint(prints, from + FIELDS, print)
    from += FIELDS + printSize(print)
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
    const [title, summary, body, author] = prints.subarray(from, from + FIELDS)
    const print = readPrint(prints, from + FIELDS)
    from += FIELDS + printSize(print)
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
