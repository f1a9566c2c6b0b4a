import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spelledWords } from '../../src/text/fingerprint.ts'
import { countReport, newRarity, rarityOf } from '../../src/text/rarity.ts'
import {
  addCount,
  cellFor,
  countOf,
  countsOf,
  fillCounts,
  fillOwners,
  LIST,
  NEWEST,
  newWordLedger,
  reserveWords,
  reviseCounts,
} from '../../src/text/word-ledger.ts'
import { fillTable, newWordTable, pairsOf, setValue, valueFor } from '../../src/text/word-table.ts'

const someWord = fc.oneof(fc.integer(), fc.integer({ min: -40, max: 40 }))

test('a table does what a map does', () => {
  const step = fc.record({ word: someWord, value: fc.integer({ min: 1, max: 99 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3_000 }), (steps) => {
      const [table, map] = [newWordTable(), new Map<number, number>()]
      for (const { word, value } of steps) {
        setValue(table, word, value)
        map.set(word, value)
      }
      for (const [word, value] of map) expect(valueFor(table, word)).toBe(value)
      expect(table.used).toBe(map.size)
    }),
    { numRuns: 30 },
  )
})

test('a ledger counts like a map, and forgets what is worth nothing any more', () => {
  const step = fc.record({ word: someWord, amount: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3_000 }), (steps) => {
      const [ledger, map] = [newWordLedger(), new Map<number, number>()]
      for (const { word, amount } of steps) {
        addCount(ledger, word, amount)
        map.set(word, (map.get(word) ?? 0) + amount)
      }
      for (const [word, count] of map) expect(countOf(ledger, word)).toBe(count)
      reviseCounts(ledger, (count) => count >> 2)
      for (const [word, count] of map) expect(countOf(ledger, word)).toBe(count >> 2)
      expect(ledger.used).toBe([...map.values()].filter((count) => count >> 2 > 0).length)
    }),
    { numRuns: 30 },
  )
})

test('a table or a ledger that was filled from another goes on like it', () => {
  const words = fc.uniqueArray(someWord, { maxLength: 3_000, size: 'max' })
  fc.assert(
    fc.property(words, words, fc.integer({ min: 0, max: 9_000 }), (first, then, room) => {
      const [table, ledger] = [newWordTable(), newWordLedger()]
      for (const [index, word] of first.entries()) {
        setValue(table, word, index + 1)
        addCount(ledger, word, index + 1)
      }
      const [filledTable, filled] = [newWordTable(), newWordLedger()]
      fillTable(filledTable, pairsOf(table))
      fillCounts(filled, countsOf(ledger), room)
      for (const word of then) {
        setValue(table, word, 7)
        setValue(filledTable, word, 7)
        addCount(ledger, word, 7)
        addCount(filled, word, 7)
      }
      for (const word of [...first, ...then]) {
        expect(valueFor(filledTable, word)).toBe(valueFor(table, word))
        expect(countOf(filled, word)).toBe(countOf(ledger, word))
      }
      expect([filledTable.used, filled.used]).toEqual([table.used, ledger.used])
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

test('owners filled in one loop stand where they would, given one by one, also when the ledger has to grow', () => {
  const words = fc.uniqueArray(someWord, { maxLength: 2_000, size: 'max' })
  fc.assert(
    fc.property(words, words, fc.integer({ min: 0, max: 4_000 }), (counted, owned, room) => {
      const [filled, single] = [newWordLedger(), newWordLedger()]
      for (const ledger of [filled, single]) {
        for (const word of counted) addCount(ledger, word, 1)
        reserveWords(ledger, room)
      }
      fillOwners(filled, Int32Array.from(owned.flatMap((word, index) => [word, index + 1, index & 1])))
      for (const [index, word] of owned.entries()) {
        const cell = cellFor(single, word)
        single.cells[cell + NEWEST] = index + 1
        single.cells[cell + LIST] = index & 1
      }
      expect(filled.used).toBe(single.used)
      expect(Buffer.from(filled.cells.buffer).equals(Buffer.from(single.cells.buffer))).toBe(true)
    }),
    { numRuns: 60 },
  )
})
