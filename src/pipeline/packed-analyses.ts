// Analyses on their way between two threads: the numbers of all of them in one run of memory, which changes hands without being copied.
import type { Match } from '../model/topic.ts'
import type { EchoPrint } from './echo-document.ts'
import type { EntryAnalysis, FoldedFields } from './entry-analysis.ts'
import { packShape, unpackShape } from './headline-shape.ts'

export type PackedAnalyses = {
  readonly folded: readonly FoldedFields[]
  readonly urlKeys: readonly (string | undefined)[]
  readonly prints: Int32Array<ArrayBuffer> // one after the other: a head, words, stems, distinct words
  readonly matches: readonly (readonly [index: number, matches: readonly Match[]])[] // of the few entries that have some
}

// How many words, how many of them are of the title, how many are distinct; the length of the text; the headline's shape above one bit
// that says whether it is a live page.
const HEAD = 5

function sizeOf({ words, stems, distinctWords }: EchoPrint): number {
  return HEAD + words.length + stems.length + distinctWords.length
}

function writePrint(into: Int32Array, from: number, print: EchoPrint): void {
  const { words, stems, distinctWords, titleCount, textLength, shape, isLive } = print
  const marks = (packShape(shape) << 1) | (isLive ? 1 : 0)
  into.set([words.length, titleCount, distinctWords.length, textLength, marks], from)
  into.set(words, from + HEAD)
  into.set(stems, from + HEAD + words.length)
  into.set(distinctWords, from + HEAD + 2 * words.length)
}

export function packAnalyses(analyses: readonly EntryAnalysis[]): PackedAnalyses {
  const prints = new Int32Array(analyses.reduce((sum, { print }) => sum + sizeOf(print), 0))
  let from = 0
  for (const { print } of analyses) {
    writePrint(prints, from, print)
    from += sizeOf(print)
  }
  return {
    folded: analyses.map(({ folded }) => folded),
    urlKeys: analyses.map(({ urlKey }) => urlKey),
    prints,
    matches: analyses.flatMap(({ matches }, index) =>
      matches.length === 0 ? [] : [[index, matches] as const],
    ),
  }
}

/** Views into `prints`, not copies. */
function readPrint(prints: Int32Array, from: number): EchoPrint {
  const [count = 0, titleCount = 0, distinct = 0, textLength = 0, marks = 0] = prints.subarray(
    from,
    from + HEAD,
  )
  const list = (start: number, length: number) =>
    prints.subarray(from + HEAD + start, from + HEAD + start + length)
  return {
    words: list(0, count),
    stems: list(count, count),
    distinctWords: list(2 * count, distinct),
    titleCount,
    textLength,
    shape: unpackShape(marks >> 1),
    isLive: (marks & 1) === 1,
  }
}

/** What `packAnalyses` packed, in the same order. */
export function unpackAnalyses({
  folded,
  urlKeys,
  prints,
  matches,
}: PackedAnalyses): readonly EntryAnalysis[] {
  const matched = new Map(matches)
  let from = 0
  return folded.map((fields, index) => {
    const print = readPrint(prints, from)
    from += sizeOf(print)
    const urlKey = urlKeys[index]
    const analysis = { folded: fields, print, matches: matched.get(index) ?? [] }
    return urlKey === undefined ? analysis : { ...analysis, urlKey }
  })
}
