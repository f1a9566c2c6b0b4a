// What two reports share and what only one of them has, summed in one pass over both.
import { isNumber } from '../text/fingerprint.ts'
import { scratchIntegers } from '../text/scratch.ts'
import { type Comparable, IN_TEXT, IN_TITLE, wordSetOf } from './dedupe-comparable.ts'
import { indexIn } from './value-set.ts'

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

/** Looks the words of one up in the other. */
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
  const known = wordSetOf(a)
  const isShared = sharedScratch(a.words.length)
  isShared.fill(0, 0, a.words.length)
  for (let atB = 0; atB < b.words.length; atB++) {
    const atA = indexIn(known, b.words[atB] ?? 0)
    if (atA < 0) sums.keyOfB = Math.max(sums.keyOfB, keyWeight(b, atB))
    else {
      isShared[atA] = 1
      addShared(sums, a, atA, b.places[atB] ?? 0)
    }
  }
  for (let atA = 0; atA < a.words.length; atA++)
    if (isShared[atA] === 0) sums.keyOfA = Math.max(sums.keyOfA, keyWeight(a, atA))
  return sums
}

const sharedScratch = scratchIntegers()

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
