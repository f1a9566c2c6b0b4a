import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inGroups } from '../../src/jobs/in-groups.ts'

function recording(gatherMs: number, most: number) {
  const groups: (readonly number[])[] = []
  const write = inGroups<number>({
    one: async (piece) => void groups.push([piece]),
    all: async (group) => groups.push(group) > 0,
    mayJoin: (group) => group.length < most,
    gatherMs,
  })
  return { groups, write }
}

test('pieces that come within a moment of each other are done together', async () => {
  const { groups, write } = recording(200, 10)
  const first = write(1)
  for (let turns = 0; turns < 5; turns++) await turn()
  await Promise.all([first, write(2)])
  expect(groups).toEqual([[1, 2]])
})

test('a group that can take no more is done at once', async () => {
  const { groups, write } = recording(600_000, 2)
  const done = [write(1), write(2), write(3)]
  await Promise.all(done.slice(0, 2))
  expect(groups).toEqual([[1, 2]])
})

test('before each turn it is told whose turn it is, and what comes next when that can take no more', async () => {
  const told: (readonly (readonly number[])[])[] = []
  const write = inGroups<number>({
    one: async () => undefined,
    all: async () => true,
    mayJoin: (group) => group.length < 2,
    foresee: (groups) => void told.push(groups),
  })
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(write))
  const [a, b, c, d, e] = [[1, 2], [3, 4], [5, 6], [7, 8], [9]]
  expect(told).toEqual([[a, b, c], [b, c, d], [c, d], [d], [e]])
})

test('a group that is not small waits for nobody', async () => {
  const groups: (readonly number[])[] = []
  const write = inGroups<number>({
    one: async () => undefined,
    all: async (group) => groups.push(group) > 0,
    mayJoin: () => true,
    gatherMs: 600_000,
    isSmall: (group) => group.length < 2,
  })
  await Promise.all([write(1), write(2)])
  expect(groups).toEqual([[1, 2]])
})
