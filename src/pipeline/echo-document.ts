// A report as de-duplication and stories look at it.
import type { Instant } from '../model/time.ts'
import { type Fingerprint, fingerprint } from '../text/fingerprint.ts'
import { isLivePage } from '../text/live-page.ts'
import { scratchIntegers } from '../text/scratch.ts'
import { sortShort } from '../text/short-sort.ts'
import type { Words } from '../text/words.ts'

export type EchoDocument = {
  readonly articleId: number
  readonly sourceId: string
  readonly family: string // outlets of one owner are one voice
  readonly title: string // plain text, '' if none
  readonly text: string // plain text; only the first lines are compared
  readonly url?: string // tells live pages
  readonly at: Instant // published, or first seen when undated
  readonly language?: string
  readonly words?: { readonly title: Words; readonly text: Words } // where the caller has analysed them already
}

/** A fingerprint with its distinct words and stems in ascending order. */
export type EchoPrint = Fingerprint & {
  readonly distinctWords: Int32Array
  readonly distinctStems: Int32Array
  readonly isLive: boolean
}

const prints = new WeakMap<EchoDocument, EchoPrint>()

/** The fingerprint of a document: made once for each document object, however many indexes ask for it. */
export function printOf(document: EchoDocument): EchoPrint {
  const known = prints.get(document)
  if (known !== undefined) return known
  const print = fingerprint(document.title, document.text, document.words)
  const made = {
    ...print,
    distinctWords: distinctSorted(print.words),
    distinctStems: distinctSorted(print.stems),
    isLive: isLivePage(document.title, document.url),
  }
  prints.set(document, made)
  return made
}

/** The distinct values, ascending. */
export function distinctSorted(values: Int32Array): Int32Array {
  const sorted = sortScratch(values.length)
  sorted.set(values)
  sortShort(sorted, values.length)
  let count = 0
  for (let index = 0; index < values.length; index++) {
    if (index === 0 || sorted[index] !== sorted[count - 1]) sorted[count++] = sorted[index] ?? 0
  }
  return sorted.slice(0, count)
}

const sortScratch = scratchIntegers()
