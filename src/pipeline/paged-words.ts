// One long row of words that is read from and added to at its end, and forgotten at its beginning. It stands on pages: growing takes one
// page more, where a list that doubles takes three times its memory for a moment, and what is forgotten is given back page by page.
import type { PackedList } from './packed-lists.ts'

/** Mutable. Places are counted from the first word there ever was; `firstPage` is the number of the first page that is still there. */
export type PagedWords = { readonly pages: Int32Array[]; firstPage: number }

const PAGE_PLACES = 65_536

/** No words, as if all before `place` were forgotten. */
export function newPagedWords(place = 0): PagedWords {
  return { pages: [], firstPage: Math.floor(place / PAGE_PLACES) }
}

/** Writes words from a place on that is where those before them ended. */
export function keepWords(paged: PagedWords, place: number, words: Int32Array): void {
  if (words.length === 0) return
  let page = pageFor(paged, place)
  let at = place % PAGE_PLACES
  for (let index = 0; index < words.length; index++) {
    if (at === PAGE_PLACES) {
      page = pageFor(paged, place + index)
      at = 0
    }
    page[at++] = words[index] ?? 0
  }
}

/** Fills a list with the words from a place on. */
export function copyWords(paged: PagedWords, place: number, into: Int32Array): void {
  if (into.length === 0) return
  let page = pageAt(paged, place)
  let at = place % PAGE_PLACES
  for (let index = 0; index < into.length; index++) {
    if (at === PAGE_PLACES) {
      page = pageAt(paged, place + index)
      at = 0
    }
    into[index] = page[at++] ?? 0
  }
}

/** Gives back the pages that end before a place. */
export function forgetWords(paged: PagedWords, place: number): void {
  while (paged.firstPage < Math.floor(place / PAGE_PLACES) && paged.pages.length > 0) {
    paged.pages.shift()
    paged.firstPage++
  }
  if (paged.pages.length === 0) paged.firstPage = Math.floor(place / PAGE_PLACES)
}

/** The words from one place to another, page by page. */
export function wordsAsList(paged: PagedWords, from: number, to: number): PackedList {
  return { byteLength: (to - from) * Int32Array.BYTES_PER_ELEMENT, parts: partsOf(paged, from, to) }
}

function* partsOf(paged: PagedWords, from: number, to: number): Generator<Int32Array> {
  for (let place = from; place < to; ) {
    const at = place % PAGE_PLACES
    const part = pageAt(paged, place).subarray(at, at + to - place)
    yield part
    place += part.length
  }
}

function pageFor(paged: PagedWords, place: number): Int32Array {
  const number = Math.floor(place / PAGE_PLACES) - paged.firstPage
  if (number === paged.pages.length) paged.pages.push(new Int32Array(PAGE_PLACES))
  return pageAt(paged, place)
}

/** Throws a RangeError for a place that was forgotten, or that was never reached. */
function pageAt({ pages, firstPage }: PagedWords, place: number): Int32Array {
  const page = pages[Math.floor(place / PAGE_PLACES) - firstPage]
  if (page === undefined) throw new RangeError(`there are no words at place ${place}`)
  return page
}
