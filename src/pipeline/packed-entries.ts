// The reports that copies are looked for among, as lists of numbers and back.
import { type Columns, type Entries, newColumns, wordsFirst } from './dedupe-entries.ts'
import { listOf, type NumberList, type PackedList, type PackedReader } from './packed-lists.ts'
import { keepWords, newPagedWords, wordsAsList } from './paged-words.ts'

const SPARE = 1.25
const columnNames = Object.keys(newColumns(1)) as (keyof Columns)[] // an object literal: its keys are its type's

/** What is not forgotten: where the rings begin and end, every column, the words, and the names of the sources. */
export function entriesAsLists(entries: Entries): readonly PackedList[] {
  const { first, next, columns, words, wordsNext, sourceIds } = entries
  const ends = Float64Array.of(first, next, wordsFirst(entries), wordsNext)
  return [
    listOf(ends),
    ...columnNames.map((name) => ringAsList(columns[name], first, next)),
    wordsAsList(words, wordsFirst(entries), wordsNext),
    listOf(new TextEncoder().encode(JSON.stringify(sourceIds))),
  ]
}

/** Takes over what `entriesAsLists` made; call it before any entry is kept. */
export function takeEntries(entries: Entries, lists: PackedReader): void {
  const [first = 1, next = 1, wordsFrom = 0, wordsNext = 0] = lists.fractions()
  const columns = newColumns(capacityFor(next - first, entries.columns.ats.length))
  for (const name of columnNames) fillRing(columns[name], listLike(columns[name], lists), first)
  const words = newPagedWords(wordsFrom)
  keepWords(words, wordsFrom, lists.integers())
  const sourceIds: readonly string[] = JSON.parse(new TextDecoder().decode(lists.bytes()))
  for (const [number, sourceId] of sourceIds.entries()) {
    entries.sources.set(sourceId, number)
    entries.sourceIds[number] = sourceId
  }
  Object.assign(entries, { first, next, columns, words, wordsNext })
}

// The places from `first` to `next` of a ring, which may begin anew between them.
function ringAsList(ring: NumberList, first: number, next: number): PackedList {
  const from = first & (ring.length - 1)
  const room = Math.min(next - first, ring.length - from)
  return listOf(ring.subarray(from, from + room), ring.subarray(0, next - first - room))
}

function fillRing(ring: NumberList, list: NumberList, first: number): void {
  const from = first & (ring.length - 1)
  const room = Math.min(list.length, ring.length - from)
  ring.set(list.subarray(0, room), from)
  ring.set(list.subarray(room), 0)
}

function listLike(column: NumberList, lists: PackedReader): NumberList {
  if (column instanceof Float64Array) return lists.fractions()
  return column instanceof Int32Array ? lists.integers() : lists.halves()
}

// Rings are powers of two long.
function capacityFor(count: number, least: number): number {
  return Math.max(least, 2 ** Math.ceil(Math.log2(count * SPARE + 1)))
}
