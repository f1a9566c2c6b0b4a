// Sums by owner for one question to the postings: a small table that is emptied, not made anew, for every question.

/** Mutable. `rounds` tells in which round an owner was counted last, so that a round counts each owner once. */
export type OwnerTally = {
  readonly owners: Int32Array
  readonly sums: Float64Array
  readonly rounds: Int32Array
  readonly taken: Int32Array // the slots in use
  count: number
}

/** An empty tally for so many owners; one for as many as a question can have stays within the processor's nearest cache. */
export function newOwnerTally(ownersMax: number): OwnerTally {
  const slots = 2 ** Math.ceil(Math.log2(ownersMax * 2))
  const [owners, rounds, taken] = [new Int32Array(slots), new Int32Array(slots), new Int32Array(ownersMax)]
  return { owners, sums: new Float64Array(slots), rounds, taken, count: 0 }
}

const HASH_SHIFT = 16 // the upper half of a product is the better mixed one

/** Forgets everything counted. */
export function emptyOwnerTally(tally: OwnerTally): void {
  for (let index = 0; index < tally.count; index++) tally.sums[tally.taken[index] ?? 0] = 0
  tally.count = 0
}

/** Adds an amount above 0 to an owner, once a round. Owners beyond those it was made for are not counted. */
export function tallyOwner(tally: OwnerTally, owner: number, amount: number, round: number): void {
  const { owners, sums, rounds, taken } = tally
  const mask = owners.length - 1
  let slot = (Math.imul(owner, 0x9e3779b1) >>> HASH_SHIFT) & mask
  while (sums[slot] !== 0 && owners[slot] !== owner) slot = (slot + 1) & mask
  const sum = sums[slot] ?? 0
  if (sum === 0) {
    if (tally.count === taken.length) return
    taken[tally.count++] = slot
    owners[slot] = owner
  } else if (rounds[slot] === round) return
  sums[slot] = sum + amount
  rounds[slot] = round
}

/**
 * The owners with the largest sums, from `least` up, largest first; of equal sums the lower owner goes first. Owners that are not
 * `isLive` any more do not count.
 */
export function largestOwners(
  tally: OwnerTally,
  least: number,
  most: number,
  isLive: (owner: number) => boolean = isAny,
): readonly number[] {
  // To ask of every owner means a distant place in memory each: mostly those that come out are alive, and only they are asked about.
  const largest = rank(tally, least, most, isAny)
  return largest.every(isLive) ? largest : rank(tally, least, most, isLive)
}

function rank(
  tally: OwnerTally,
  least: number,
  most: number,
  isLive: (owner: number) => boolean,
): readonly number[] {
  const { owners, sums, taken, count } = tally
  const best: number[] = [] // slots
  let floor = least // once the list is full, what its last has: most owners fall at this one comparison
  for (let index = 0; index < count; index++) {
    const slot = taken[index] ?? 0
    if ((sums[slot] ?? 0) < floor) continue
    if (best.length === most && !isBefore(tally, slot, best[most - 1] ?? 0)) continue
    if (!isLive(owners[slot] ?? 0)) continue
    let at = Math.min(best.length, most - 1)
    for (; at > 0 && isBefore(tally, slot, best[at - 1] ?? 0); at--) best[at] = best[at - 1] ?? 0
    best[at] = slot
    if (best.length === most) floor = sums[best[most - 1] ?? 0] ?? 0
  }
  return best.map((slot) => owners[slot] ?? 0)
}

function isBefore({ owners, sums }: OwnerTally, a: number, b: number): boolean {
  return (sums[a] ?? 0) > (sums[b] ?? 0) || (sums[a] === sums[b] && (owners[a] ?? 0) < (owners[b] ?? 0))
}

const isAny = () => true
