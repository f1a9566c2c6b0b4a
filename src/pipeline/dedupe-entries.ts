// The reports that a new one is compared with, side by side in rings: an object and its arrays a report would take four times the memory.
import type { Instant } from '../model/time.ts'
import { blockIntegers } from '../text/blocks.ts'
import type { WordSequence } from './dedupe-comparable.ts'
import { type HeadlineShape, packShape, unpackShape } from './headline-shape.ts'
import { copyWords, forgetWords, keepWords, newPagedWords, type PagedWords } from './paged-words.ts'

/** A report as it is compared. */
export type Entry = {
  readonly articleId: number
  readonly sourceId: string
  readonly at: Instant
  readonly seenAt: Instant
  readonly textLength: number // of the whole text, in UTF-16 units
  readonly print: WordSequence
  readonly shape: HeadlineShape
}

/**
 * Mutable. Entries are numbered from 1 in the order they came; those below `first` are forgotten. The words of all stand in one row, those
 * of an entry from `wordsFrom` on.
 */
export type Entries = {
  first: number
  next: number
  columns: Columns
  words: PagedWords
  wordsNext: number
  readonly sources: Map<string, number>
  readonly sourceIds: string[]
}

/** Rings, a power of two long. */
export type Columns = {
  readonly articleIds: Float64Array
  readonly sources: Int32Array
  readonly ats: Float64Array
  readonly seenAts: Float64Array
  readonly textLengths: Int32Array
  readonly wordsFrom: Float64Array
  readonly counts: Int32Array // of words, and those of the title above TITLE_SHIFT
  readonly shapes: Uint16Array
}

const CAPACITY_LEAST = 1_024
const TITLE_SHIFT = 16

/** No entries at all. */
export function newEntries(): Entries {
  const columns = newColumns(CAPACITY_LEAST)
  const words = newPagedWords()
  return { first: 1, next: 1, columns, words, wordsNext: 0, sources: new Map(), sourceIds: [] }
}

/** Keeps an entry and returns its number. */
export function keepEntry(entries: Entries, entry: Entry): number {
  const { articleId, sourceId, at, seenAt, textLength, print, shape } = entry
  const { words, titleCount } = print
  makeRoom(entries)
  const number = entries.next++
  const { columns } = entries
  const slot = number & (columns.ats.length - 1)
  columns.articleIds[slot] = articleId
  columns.sources[slot] = numberOf(entries, sourceId)
  columns.ats[slot] = at
  columns.seenAts[slot] = seenAt
  columns.textLengths[slot] = textLength
  columns.wordsFrom[slot] = entries.wordsNext
  columns.counts[slot] = (titleCount << TITLE_SHIFT) | words.length
  columns.shapes[slot] = packShape(shape)
  keepWords(entries.words, entries.wordsNext, words)
  entries.wordsNext += words.length
  return number
}

/** The entry of a number that is not forgotten, for one step: its words are in a block. */
export function entryOf({ columns, sourceIds, words }: Entries, number: number): Entry {
  const slot = number & (columns.ats.length - 1)
  const counts = columns.counts[slot] ?? 0
  const copy = blockIntegers(counts & (2 ** TITLE_SHIFT - 1))
  copyWords(words, columns.wordsFrom[slot] ?? 0, copy)
  return {
    articleId: columns.articleIds[slot] ?? 0,
    sourceId: sourceIds[columns.sources[slot] ?? 0] ?? '',
    at: columns.ats[slot] ?? 0,
    seenAt: columns.seenAts[slot] ?? 0,
    textLength: columns.textLengths[slot] ?? 0,
    print: { words: copy, titleCount: counts >> TITLE_SHIFT },
    shape: unpackShape(columns.shapes[slot] ?? 0),
  }
}

/** When the report of an entry was published. */
export function timeOf({ columns: { ats } }: Entries, number: number): Instant {
  return ats[number & (ats.length - 1)] ?? 0
}

/** When the report of an entry came. */
export function seenTimeOf({ columns: { seenAts } }: Entries, number: number): Instant {
  return seenAts[number & (seenAts.length - 1)] ?? 0
}

/** Forgets the oldest entries as long as they came before `instant`. */
export function forgetEntries(entries: Entries, instant: Instant): void {
  while (entries.first < entries.next && seenTimeOf(entries, entries.first) < instant) entries.first++
  forgetWords(entries.words, wordsFirst(entries))
}

function numberOf({ sources, sourceIds }: Entries, sourceId: string): number {
  const known = sources.get(sourceId)
  if (known !== undefined) return known
  sources.set(sourceId, sourceIds.length)
  return sourceIds.push(sourceId) - 1
}

/** Empty columns for so many entries, a power of two. */
export function newColumns(capacity: number): Columns {
  return {
    articleIds: new Float64Array(capacity),
    sources: new Int32Array(capacity),
    ats: new Float64Array(capacity),
    seenAts: new Float64Array(capacity),
    textLengths: new Int32Array(capacity),
    wordsFrom: new Float64Array(capacity),
    counts: new Int32Array(capacity),
    shapes: new Uint16Array(capacity),
  }
}

function makeRoom(entries: Entries): void {
  const { columns, first, next } = entries
  if (next - first >= columns.ats.length) entries.columns = grown(columns, first, next)
}

/** Where the words of the first entry that is not forgotten begin. */
export function wordsFirst({ first, next, columns, wordsNext }: Entries): number {
  return first < next ? (columns.wordsFrom[first & (columns.ats.length - 1)] ?? 0) : wordsNext
}

function grown(columns: Columns, first: number, next: number): Columns {
  const larger = newColumns(columns.ats.length * 2)
  for (const name of Object.keys(columns) as (keyof Columns)[]) // an object literal: its keys are its type's
    copyRing(columns[name], larger[name], first, next)
  return larger
}

type Ring = Int32Array | Float64Array | Uint16Array

function copyRing(from: Ring, to: Ring, first: number, next: number): void {
  for (let at = first; at < next; at++) to[at & (to.length - 1)] = from[at & (from.length - 1)] ?? 0
}
