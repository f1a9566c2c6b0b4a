import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spelledWords } from '../../src/text/fingerprint.ts'
import { countReport, newRarity, rarityOf } from '../../src/text/rarity.ts'
import { sortShort } from '../../src/text/short-sort.ts'
import { addValue, newWordTable, reviseValues, setValue, valueFor } from '../../src/text/word-table.ts'

const someWord = fc.oneof(fc.integer(), fc.integer({ min: -40, max: 40 }))

test('a table does what a map does', () => {
  const step = fc.record({ word: someWord, value: fc.integer({ min: 1, max: 99 }), adds: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3_000 }), (steps) => {
      const [table, map] = [newWordTable(), new Map<number, number>()]
      for (const { word, value, adds } of steps) {
        if (adds) addValue(table, word, value)
        else setValue(table, word, value)
        map.set(word, adds ? (map.get(word) ?? 0) + value : value)
      }
      reviseValues(table, (value) => value >> 2)
      for (const [word, value] of map) expect(valueFor(table, word)).toBe(value >> 2)
      expect(table.used).toBe([...map.values()].filter((value) => value >> 2 > 0).length)
    }),
    { numRuns: 30 },
  )
})

test('a full table first drops what is not kept', () => {
  const table = newWordTable()
  for (let word = 1; word <= 100_000; word++) setValue(table, word, word, (old) => old > word - 500)
  expect(table.cells.length).toBeLessThanOrEqual(2 * 4_096)
  expect(valueFor(table, 99_700)).toBe(99_700)
  expect(valueFor(table, 1)).toBe(0)
})

test('short lists and long ones are sorted', () => {
  fc.assert(
    fc.property(fc.int32Array({ maxLength: 260 }), fc.nat(5), (values, extra) => {
      const padded = new Int32Array(values.length + extra).fill(7)
      padded.set(values)
      sortShort(padded, values.length)
      expect(padded.subarray(0, values.length)).toEqual(values.toSorted())
      expect(padded.subarray(values.length)).toEqual(new Int32Array(extra).fill(7))
    }),
  )
})

test('common words of three languages are common before anything was seen; seeing makes a word common', () => {
  const rarity = newRarity('words')
  const rarityIn = (text: string) => rarityOf(rarity, spelledWords(text)[0]?.word ?? 0)
  for (const word of ['the', 'said', 'در', 'گزارش', 'في', 'قال']) expect(rarityIn(word)).toBeLessThan(0.5)
  expect(rarityIn('soleimani')).toBe(1)
  const words = Int32Array.from(spelledWords('soleimani'), ({ word }) => word)
  for (let count = 0; count < 2_000; count++) countReport(rarity, words)
  expect(rarityIn('soleimani')).toBeLessThan(0.2)
  expect(rarityOf(newRarity('words'), words[0] ?? 0)).toBe(1) // an index of its own has counts of its own
})
