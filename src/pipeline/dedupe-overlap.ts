// What two reports share and what only one of them has, summed in one pass over both.
import { isNumber } from '../text/fingerprint.ts'
import { type Comparable, IN_TEXT, IN_TITLE } from './dedupe-comparable.ts'

/** Sums of rarity, except for `numbers...`, which count. */
export type Overlap = {
  readonly shared: number
  readonly sharedTitle: number // in both titles
  readonly titleOfA: number // of A's title, anywhere in B
  readonly titleOfB: number
  readonly keyOfA: number // the rarest word of A that stands in its title and its text but nowhere in B
  readonly keyOfB: number
  readonly numbers: number // in both
  readonly numbersOfA: number // in A
  readonly numbersOfB: number
}

type Sums = { -readonly [Name in keyof Overlap]: Overlap[Name] }

/** Merges the ascending words of both. */
export function overlapOf(a: Comparable, b: Comparable): Overlap {
  const sums: Sums = {
    shared: 0,
    sharedTitle: 0,
    titleOfA: 0,
    titleOfB: 0,
    keyOfA: 0,
    keyOfB: 0,
    numbers: 0,
    numbersOfA: countNumbers(a.words),
    numbersOfB: countNumbers(b.words),
  }
  let [atA, atB] = [0, 0]
  while (atA < a.words.length || atB < b.words.length) {
    const order = compare(a.words[atA], b.words[atB])
    if (order === 0) addShared(sums, a, atA, b.places[atB] ?? 0)
    else if (order < 0) sums.keyOfA = Math.max(sums.keyOfA, keyWeight(a, atA))
    else sums.keyOfB = Math.max(sums.keyOfB, keyWeight(b, atB))
    if (order <= 0) atA++
    if (order >= 0) atB++
  }
  return sums
}

/** How many values two ascending lists share. */
export function sharedCount(a: Int32Array, b: Int32Array): number {
  let [atA, atB, count] = [0, 0, 0]
  while (atA < a.length && atB < b.length) {
    const order = compare(a[atA], b[atB])
    if (order === 0) count++
    if (order <= 0) atA++
    if (order >= 0) atB++
  }
  return count
}

// A list that has ended comes last.
function compare(a: number | undefined, b: number | undefined): number {
  return (a ?? Infinity) - (b ?? Infinity)
}

function addShared(sums: Sums, a: Comparable, atA: number, placeB: number): void {
  const weight = a.weights[atA] ?? 0
  const inTitleA = ((a.places[atA] ?? 0) & IN_TITLE) !== 0
  const inTitleB = (placeB & IN_TITLE) !== 0
  sums.shared += weight
  if (inTitleA) sums.titleOfA += weight
  if (inTitleB) sums.titleOfB += weight
  if (inTitleA && inTitleB) sums.sharedTitle += weight
  if (isNumber(a.words[atA] ?? 0)) sums.numbers++
}

function keyWeight({ places, weights }: Comparable, at: number): number {
  return places[at] === (IN_TITLE | IN_TEXT) ? (weights[at] ?? 0) : 0
}

function countNumbers(words: Int32Array): number {
  let count = 0
  for (const word of words) if (isNumber(word)) count++
  return count
}
