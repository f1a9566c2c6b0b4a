import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addPosting,
  forgetPostings,
  hasPosting,
  newOwnerLists,
  newPostings,
  readOwners,
} from '../../src/pipeline/postings.ts'
import { emptyTally, largestOwners, newTally, tallyOwner } from '../../src/pipeline/tally.ts'

test('postings are what was added and not forgotten, newest first', () => {
  const step = fc.record({
    word: fc.integer({ min: 1, max: 9 }),
    owner: fc.nat(),
    forgets: fc.integer({ min: 0, max: 30 }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1_500, maxLength: 4_000 }), (steps) => {
      const postings = newPostings()
      const list: { word: number; owner: number; posting: number }[] = []
      let first = 0
      for (const { word, owner, forgets } of steps) {
        list.push({ word, owner, posting: addPosting(postings, word, owner) })
        if (forgets > 0) continue
        first = Math.floor((first + list.length) / 2)
        forgetPostings(postings, list[first]?.posting ?? 0)
      }
      const lists = newOwnerLists(9, 50)
      readOwners(postings, [1, 2, 3, 4, 5, 6, 7, 8, 9], lists)
      for (let word = 1; word <= 9; word++) {
        const from = (word - 1) * lists.most
        const owners = lists.owners.subarray(from, from + (lists.counts[word - 1] ?? 0))
        const expected = list.slice(first).filter((one) => one.word === word)
        expect(Array.from(owners)).toEqual(
          expected
            .map(({ owner }) => owner)
            .toReversed()
            .slice(0, 50),
        )
        expect(hasPosting(postings, word)).toBe(expected.length > 0)
      }
    }),
    { numRuns: 10 },
  )
})

test('a tally sums once a round and ranks by sum, then by owner', () => {
  const count = fc.record({ owner: fc.nat(40), amount: fc.integer({ min: 1, max: 5 }), round: fc.nat(5) })
  const tally = newTally()
  fc.assert(
    fc.property(fc.array(count, { maxLength: 200 }), (unsorted) => {
      const counts = unsorted.toSorted((a, b) => a.round - b.round)
      const sums = new Map<number, number>()
      const counted = new Set<string>()
      emptyTally(tally)
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
  const tally = newTally()
  for (let owner = 0; owner < 5_000; owner++) tallyOwner(tally, owner, 1, 0)
  tallyOwner(tally, 3, 1, 1)
  expect(tally.count).toBe(2_048)
  expect(largestOwners(tally, 1, 2)).toEqual([3, 0])
})
