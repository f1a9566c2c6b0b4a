import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyOwnerTally, largestOwners, newOwnerTally, tallyOwner } from '../../src/pipeline/owner-tally.ts'
import { addOwner, freeList, newPostings, type Postings, tallyOwners } from '../../src/pipeline/postings.ts'
import { newWordLedger, reviseCounts, type WordLedger } from '../../src/text/word-ledger.ts'

const WORDS = [2, 4, 6, 8, 10, 12]

function ownersOf(postings: Postings, ledger: WordLedger, word: number, first: number): readonly number[] {
  const tally = newOwnerTally(1_024)
  tallyOwners(postings, ledger, word, { tally, amount: 1, round: 0, first })
  return largestOwners(tally, 1, 100).toSorted((a, b) => b - a)
}

test('the owners of a word are the newest it was given, but for those forgotten', () => {
  const step = fc.record({ word: fc.constantFrom(...WORDS), forgets: fc.integer({ min: 0, max: 40 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const postings = newPostings(16)
      let first = 1
      const ledger = newWordLedger((newest, list) => {
        if (newest >= first) return false
        freeList(postings, list)
        return true
      })
      const given: { word: number; owner: number }[] = []
      for (const { word, forgets } of steps) {
        const owner = given.length + 1
        given.push({ word, owner })
        addOwner(postings, ledger, word, owner)
        if (forgets === 0) first = Math.floor((first + owner) / 2)
        if (forgets === 1) reviseCounts(ledger, (count) => count)
      }
      for (const word of WORDS) {
        const owners = given.filter((one) => one.word === word).map(({ owner }) => owner)
        const newest = owners.toReversed().slice(0, 16)
        expect(ownersOf(postings, ledger, word, first)).toEqual(newest.filter((owner) => owner >= first))
      }
    }),
    { numRuns: 60 },
  )
})

test('the lists of words that were forgotten are used again', () => {
  const postings = newPostings(16)
  let first = 1
  const ledger = newWordLedger((newest, list) => {
    if (newest >= first) return false
    freeList(postings, list)
    return true
  })
  let owner = 0
  for (let round = 0; round < 60; round++) {
    first = owner + 1
    for (let word = 1; word <= 500; word++)
      for (let times = 0; times < 5; times++) addOwner(postings, ledger, (round * 500 + word) * 2, ++owner)
  }
  expect(postings.used).toBeLessThan(40_000) // 30,000 words had a list of eight places each
  expect(ledger.cells.length).toBeLessThan(4 * 8_192)
})

test('a tally sums once a round and ranks by sum, then by owner', () => {
  const count = fc.record({ owner: fc.nat(40), amount: fc.integer({ min: 1, max: 5 }), round: fc.nat(5) })
  const tally = newOwnerTally(1_024)
  fc.assert(
    fc.property(fc.array(count, { maxLength: 200 }), (unsorted) => {
      const counts = unsorted.toSorted((a, b) => a.round - b.round)
      const sums = new Map<number, number>()
      const counted = new Set<string>()
      emptyOwnerTally(tally)
      for (const { owner, amount, round } of counts) {
        tallyOwner(tally, owner, amount, round)
        if (!counted.has(`${owner} ${round}`)) sums.set(owner, (sums.get(owner) ?? 0) + amount)
        counted.add(`${owner} ${round}`)
      }
      const ranked = [...sums].filter(([, sum]) => sum >= 3).toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      expect(largestOwners(tally, 3, 7)).toEqual(ranked.slice(0, 7).map(([owner]) => owner))
    }),
  )
})

test('a tally that is full counts no further owners', () => {
  const tally = newOwnerTally(1_024)
  for (let owner = 0; owner < 5_000; owner++) tallyOwner(tally, owner, 1, 0)
  tallyOwner(tally, 3, 1, 1)
  expect(tally.count).toBe(1_024)
  expect(largestOwners(tally, 1, 2)).toEqual([3, 0])
})

test('an owner that is gone takes nobody\u2019s place among the largest', () => {
  const tally = newOwnerTally(1_024)
  for (let owner = 1; owner <= 6; owner++) tallyOwner(tally, owner, 10 - owner, 0)
  expect(largestOwners(tally, 1, 3, (owner) => owner % 2 === 0)).toEqual([2, 4, 6])
})
