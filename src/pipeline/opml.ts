// OPML 2.0 (https://opml.org/spec2.opml): the list of feeds that feed readers exchange, with Presslark's fields added.
import type { Grade, SourceKind } from '../model/source.ts'

/** One feed of a list. `categories` are the folders around it, outermost first. Texts are single lines. */
export type OpmlEntry = {
  readonly url: string
  readonly title?: string
  readonly language?: string // BCP 47
  readonly country?: string
  readonly kind?: SourceKind
  readonly family?: string
  readonly grade?: Grade
  readonly sourceId?: string
  readonly categories: readonly string[]
}

/** Our own attributes live in this namespace, so that other readers ignore them as the specification asks. */
export const opmlNamespace = 'urn:presslark:opml'

/** Nobody files deeper, and a bomb nests by thousands: feeds further down count as filed in the eighth folder. */
const categoriesMax = 8
const lineCharsMax = 500

/** The folders of an entry as OPML can carry them. */
export function opmlCategories(folders: readonly string[]): readonly string[] {
  return folders
    .map(opmlLine)
    .filter((folder) => folder !== '')
    .slice(0, categoriesMax)
}

/**
 * One line of text with only characters that XML 1.0 can hold (section 2.2): no control characters, no half surrogate
 * pairs, white space folded as attribute values have it anyway.
 */
export function opmlLine(text: string): string {
  return text
    .slice(0, lineCharsMax * 2) // bounds the work on hostile files before the exact cut
    .toWellFormed()
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g, ' ')
    .trim()
    .slice(0, lineCharsMax)
    .replace(/[\ud800-\udbff]$/, '') // the cut may fall between the halves of a pair
    .trim()
}
