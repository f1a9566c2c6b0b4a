import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listOf, type PackedList, packLists, readPacked } from '../../src/pipeline/packed-lists.ts'

/** Copies each run before the next is asked for, as whoever writes them does. */
function bytesOf(lists: readonly PackedList[]): Uint8Array {
  const copies: Uint8Array[] = []
  for (const run of packLists(lists)) copies.push(run.slice())
  return Buffer.concat(copies)
}

function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}

describe('packed lists', () => {
  test('come back the same, wherever their bytes are cut', () => {
    const lists = fc.record({
      integers: fc.int32Array(),
      fractions: fc.float64Array({ noNaN: true }),
      halves: fc.uint16Array(),
      bytes: fc.uint8Array(),
    })
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: 1, max: 40 }),
        ({ integers, fractions, halves, bytes }, length) => {
          const packed = bytesOf([bytes, integers, halves, fractions].map((list) => listOf(list)))
          const reader = readPacked(cut(packed, length))
          expect(reader.bytes()).toEqual(bytes)
          expect(reader.integers()).toEqual(integers)
          expect(reader.halves()).toEqual(halves)
          expect(reader.fractions()).toEqual(fractions)
        },
      ),
    )
  })

  test('may be in several parts, made one after the other in the same memory', () => {
    const shared = new Int32Array(2)
    function* parts() {
      for (const number of [1, 3, 5]) {
        shared.set([number, number + 1])
        yield shared
      }
    }
    const packed = bytesOf([{ byteLength: 24, parts: parts() }, listOf(Int32Array.of(7))])
    const reader = readPacked([packed])
    expect(reader.integers()).toEqual(Int32Array.of(1, 2, 3, 4, 5, 6))
    expect(reader.integers()).toEqual(Int32Array.of(7))
  })

  test('that end too early are refused', () => {
    const packed = bytesOf([listOf(Int32Array.of(1, 2, 3))])
    expect(() => readPacked([packed.subarray(0, -1)]).integers()).toThrow(RangeError)
    expect(() => readPacked([]).bytes()).toThrow(RangeError)
  })
})
