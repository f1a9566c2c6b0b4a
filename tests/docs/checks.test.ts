// What Presslark promises, check by check: each has a test that names it in its title.
import { expect, test } from 'vitest'
import { filesUnder, read } from './tree.ts'

const numbered = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${String(from + index).padStart(2, '0')}`)

const promised = {
  fetching: numbered('A', 1, 64),
  'what comes in': [...numbered('B', 1, 25), 'B39', 'B51', 'B52'],
  durability: numbered('C', 1, 41),
}

/** Ids in titles, such as `(A33, A36)` or the first cell of a table of cases; comments do not count. */
function namedIn(path: string): readonly string[] {
  const lines = read(path)
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/|\*)/.test(line))
  return lines.flatMap((line) => [...line.matchAll(/[('[ ]([ABC]\d\d)(?=[,')])/g)].map(([, id = '']) => id))
}

const named = new Set(filesUnder(['tests'], '.ts').flatMap(namedIn))

test.each(Object.entries(promised))('every check of %s has a test', (_, ids) => {
  expect(ids.filter((id) => !named.has(id))).toEqual([])
})
