// Vectors on pages: what was written is read again, whatever was dropped, changed place or came between.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beginOf,
  dropRecord,
  endOf,
  moveRecord,
  newPool,
  type Pool,
  pageOf,
  sourceOf,
  titleCountOf,
  writeRecord,
} from '../../src/pipeline/cluster-pool.ts'

type Written = { readonly length: number; readonly room: number; readonly titleCount: number }

const lengths = fc.oneof(fc.nat(130), fc.integer({ min: 20_000, max: 70_000 })) // some longer than a page, which has 65,536 places
const anyRecord: fc.Arbitrary<Written> = fc.record({
  length: lengths,
  room: fc.nat(50),
  titleCount: fc.nat(20),
})

const stemOf = (at: number, source: number) => at * 7 + source

function write(pool: Pool, { length, room, titleCount }: Written, source: number): number {
  const stems = Int32Array.from({ length }, (_, at) => stemOf(at, source))
  const vector = { stems, weights: new Uint16Array(length).fill(source + 1) }
  return writeRecord(pool, vector, { titleCount, source, room: length + room })
}

function expectRecord(pool: Pool, record: number, { length, room, titleCount }: Written, source: number) {
  const page = pageOf(pool, record)
  const from = beginOf(record)
  expect(record).not.toBe(0)
  expect(endOf(page, record)).toBe(from + length + room)
  expect([titleCountOf(pool, record), sourceOf(pool, record)]).toEqual([titleCount, source])
  const stems = page.stems.subarray(from, from + length)
  expect(stems.every((stem, at) => stem === stemOf(at, source))).toBe(true)
  const weights = page.weights.subarray(from, from + length + room)
  expect(weights.findLastIndex((weight) => weight === source + 1)).toBe(length - 1)
}

test('every record is read as it was written, and again where it was moved to', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 12 }), (written) => {
      const [pool, tidy] = [newPool(), newPool()]
      const records = written.map((one, source) => write(pool, one, source))
      for (const [source, one] of written.entries()) expectRecord(pool, records[source] ?? 0, one, source)
      const moved = records.map((record) => moveRecord(pool, record, tidy))
      for (const [source, one] of written.entries()) expectRecord(tidy, moved[source] ?? 0, one, source)
      expect(tidy.used).toBe(pool.used)
      for (const record of records) dropRecord(pool, record)
      expect(pool.wasted).toBe(pool.used)
    }),
    { numRuns: 60 },
  )
})

test('a pool grows by pages, and leaves those it has where they are', () => {
  const pool = newPool()
  const [first] = pool.pages
  for (let source = 0; source < 2_000; source++) write(pool, { length: 97, room: 0, titleCount: 9 }, source)
  expect(pool.pages).toHaveLength(4) // 100 places a record, 655 records a page
  expect(pool.pages[0]).toBe(first)
})
