// Fingerprints of reports as integers among others, on their way between two threads.
import type { EchoPrint } from './echo-document.ts'
import { packShape, unpackShape } from './headline-shape.ts'

// How many words, how many of them are of the title, how many are distinct; the length of the text; the headline's shape above one bit
// that says whether it is a live page.
const HEAD = 5

/** How many integers a print takes: a head, words, stems, distinct words. */
export function printSize({ words, stems, distinctWords }: EchoPrint): number {
  return HEAD + words.length + stems.length + distinctWords.length
}

/** Writes a print from that place on. */
export function writePrint(into: Int32Array, from: number, print: EchoPrint): void {
  const { words, stems, distinctWords, titleCount, textLength, shape, isLive } = print
  into[from] = words.length
  into[from + 1] = titleCount
  into[from + 2] = distinctWords.length
  into[from + 3] = textLength
  into[from + 4] = (packShape(shape) << 1) | (isLive ? 1 : 0)
  into.set(words, from + HEAD)
  into.set(stems, from + HEAD + words.length)
  into.set(distinctWords, from + HEAD + words.length + stems.length)
}

/** The print that stands at that place: views, not copies. */
export function readPrint(integers: Int32Array, from: number): EchoPrint {
  const count = integers[from] ?? 0
  const distinct = integers[from + 2] ?? 0
  const marks = integers[from + 4] ?? 0
  const start = from + HEAD
  return {
    words: integers.subarray(start, start + count),
    stems: integers.subarray(start + count, start + 2 * count),
    distinctWords: integers.subarray(start + 2 * count, start + 2 * count + distinct),
    titleCount: integers[from + 1] ?? 0,
    textLength: integers[from + 3] ?? 0,
    shape: unpackShape(marks >> 1),
    isLive: (marks & 1) === 1,
  }
}
