// Vectors side by side in two arrays a page, instead of objects and arrays for each: a third of the memory, and comparing reads it in one
// go. A pool grows by a page at a time: moving all of it to a larger place would take twice its memory for a moment.
import type { Vector } from './cluster-vector.ts'

/** The memory of some records. */
export type Page = { readonly stems: Int32Array; readonly weights: Uint16Array }

/**
 * Mutable. A record is HEADER places, its length, its title count and its source, and then its terms, all of them on one page. It is named
 * by its page and where it begins there; 0 names none. `next` is the first free place of the last page; `used` and `wasted` are of all pages.
 */
export type Pool = { readonly pages: Page[]; next: number; used: number; wasted: number }

const HEADER = 3
const PAGE_BITS = 16
const PAGE_PLACES = 2 ** PAGE_BITS

/** No records at all. */
export function newPool(): Pool {
  return { pages: [newPage(PAGE_PLACES)], next: 1, used: 0, wasted: 0 }
}

function newPage(places: number): Page {
  return { stems: new Int32Array(places), weights: new Uint16Array(places) }
}

/** Is there room on the last page for a record of `length` terms? */
export function hasRoom({ pages, next }: Pool, length: number): boolean {
  return next + HEADER + length <= (pages.at(-1)?.stems.length ?? 0)
}

/** Makes room for a record of `length` terms. */
export function addPage(pool: Pool, length: number): void {
  pool.pages.push(newPage(Math.max(PAGE_PLACES, HEADER + length)))
  pool.next = 0
}

/** Writes a record and returns its name. `room` is what it may grow to. */
export function writeRecord(
  pool: Pool,
  { stems, weights }: Vector,
  { titleCount, source, room = stems.length }: { titleCount: number; source: number; room?: number },
): number {
  const record = takePlaces(pool, room)
  const page = pageOf(pool, record)
  const from = beginOf(record)
  page.stems[from - HEADER] = room
  page.stems[from - HEADER + 1] = titleCount
  page.stems[from - HEADER + 2] = source
  page.stems.set(stems, from)
  page.weights.set(weights, from)
  return record
}

/** Copies a record into another pool and returns its name there. */
export function moveRecord(from: Pool, record: number, to: Pool): number {
  const page = pageOf(from, record)
  const [begin, end] = [beginOf(record), endOf(page, record)]
  const moved = takePlaces(to, end - begin)
  const [place, target] = [beginOf(moved) - HEADER, pageOf(to, moved)]
  target.stems.set(page.stems.subarray(begin - HEADER, end), place)
  target.weights.set(page.weights.subarray(begin - HEADER, end), place)
  return moved
}

// Names a record that is about to be written.
function takePlaces(pool: Pool, length: number): number {
  if (!hasRoom(pool, length)) addPage(pool, length)
  const record = ((pool.pages.length - 1) << PAGE_BITS) | pool.next
  pool.next += HEADER + length
  pool.used += HEADER + length
  return record
}

/** Notes that a record is no longer needed: its places are won back when the pool is next moved to another. */
export function dropRecord(pool: Pool, record: number): void {
  pool.wasted += HEADER + endOf(pageOf(pool, record), record) - beginOf(record)
}

const noPage = newPage(0)

/** The page that a record stands on. */
export function pageOf({ pages }: Pool, record: number): Page {
  return pages[record >> PAGE_BITS] ?? noPage
}

/** Where the terms of a record begin on its page. */
export function beginOf(record: number): number {
  return (record & (PAGE_PLACES - 1)) + HEADER
}

/** Where the terms of a record end on its page. */
export function endOf({ stems }: Page, record: number): number {
  const from = beginOf(record)
  return from + (stems[from - HEADER] ?? 0)
}

/** How many of a record's stems are of its title. */
export function titleCountOf(pool: Pool, record: number): number {
  return pageOf(pool, record).stems[beginOf(record) - HEADER + 1] ?? 0
}

/** The number of the source whose report the record is. */
export function sourceOf(pool: Pool, record: number): number {
  return pageOf(pool, record).stems[beginOf(record) - HEADER + 2] ?? 0
}
