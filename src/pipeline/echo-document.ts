// A report as de-duplication and stories look at it.
import type { Instant } from '../model/time.ts'
import { type Fingerprint, fingerprint } from '../text/fingerprint.ts'
import { isLivePage } from '../text/live-page.ts'
import type { Words } from '../text/words.ts'
import { distinctValues } from './distinct-values.ts'
import { type HeadlineShape, headlineShape } from './headline-shape.ts'

export type EchoDocument = {
  readonly articleId: number
  readonly sourceId: string
  readonly family: string // outlets of one owner are one voice
  readonly title: string // plain text, '' if none
  readonly text: string // plain text; only the first lines are compared
  readonly url?: string // tells live pages
  readonly at: Instant // published, or first seen when undated
  readonly seenAt?: Instant // when it came: what is old is forgotten by it; `at` unless told
  readonly language?: string
  readonly words?: { readonly title: Words; readonly text: Words } // where the caller has analysed them already
  readonly print?: EchoPrint // where it was made already, in another thread
}

/** Longer texts count as this long. */
export const TEXT_LENGTH_MAX = 2 ** 23 - 1

/** A fingerprint with its distinct words, in the order they come first. */
export type EchoPrint = Fingerprint & {
  readonly distinctWords: Int32Array
  readonly isLive: boolean
  readonly textLength: number // of the whole text, in UTF-16 units; TEXT_LENGTH_MAX stands for anything longer
  readonly shape: HeadlineShape
}

let latest: { readonly document: EchoDocument; readonly print: EchoPrint } | undefined

/** The fingerprint of a document: made once, as all that is asked of one document is asked before the next comes. */
export function printOf(document: EchoDocument): EchoPrint {
  if (document.print !== undefined) return document.print
  if (latest?.document === document) return latest.print
  const print = newPrint(document)
  latest = { document, print }
  return print
}

/** Makes the fingerprint of a document. */
export function newPrint({
  title,
  text,
  url,
  words,
}: Pick<EchoDocument, 'title' | 'text' | 'url' | 'words'>): EchoPrint {
  const print = fingerprint(title, text, words)
  return {
    ...print,
    distinctWords: distinctValues(print.words),
    isLive: isLivePage(title, url),
    shape: headlineShape(title),
    textLength: Math.min(text.length, TEXT_LENGTH_MAX),
  }
}
