// Sums by owner for one question to the postings: a small table that is emptied, not made anew, for every question.

/** Mutable. `rounds` tells in which round an owner was counted last, so that a round counts each owner once. */
export type Tally = {
  readonly owners: Int32Array
  readonly sums: Float64Array
  readonly rounds: Int32Array
  readonly taken: Int32Array // the slots in use
  count: number
}

const SLOT_BITS = 11
const SLOTS = 2 ** SLOT_BITS // at least twice as many as owners are ever counted for one question
const OWNERS_MAX = SLOTS / 2

/** An empty tally. */
export function newTally(): Tally {
  const [owners, rounds, taken] = [new Int32Array(SLOTS), new Int32Array(SLOTS), new Int32Array(OWNERS_MAX)]
  return { owners, sums: new Float64Array(SLOTS), rounds, taken, count: 0 }
}

/** Forgets everything counted. */
export function emptyTally(tally: Tally): void {
  for (let index = 0; index < tally.count; index++) tally.sums[tally.taken[index] ?? 0] = 0
  tally.count = 0
}

/** Adds an amount above 0 to an owner, once a round. Owners beyond the thousandth are not counted. */
export function tallyOwner(tally: Tally, owner: number, amount: number, round: number): void {
  let slot = Math.imul(owner, 0x9e3779b1) >>> (32 - SLOT_BITS)
  while (tally.sums[slot] !== 0 && tally.owners[slot] !== owner) slot = (slot + 1) & (SLOTS - 1)
  if (tally.sums[slot] === 0) {
    if (tally.count === OWNERS_MAX) return
    tally.taken[tally.count++] = slot
    tally.owners[slot] = owner
  } else if (tally.rounds[slot] === round) return
  tally.sums[slot] = (tally.sums[slot] ?? 0) + amount
  tally.rounds[slot] = round
}

/**
 * The owners with the largest sums, from `least` up, largest first; of equal sums the lower owner goes first. Owners that are not
 * `isLive` any more do not count.
 */
export function largestOwners(
  tally: Tally,
  least: number,
  most: number,
  isLive: (owner: number) => boolean = isAny,
): readonly number[] {
  const { owners, sums, taken } = tally
  const best: number[] = [] // slots
  const isBefore = (a: number, b: number) =>
    (sums[a] ?? 0) > (sums[b] ?? 0) || (sums[a] === sums[b] && (owners[a] ?? 0) < (owners[b] ?? 0))
  let floor = least // once the list is full, what its last has: most owners fall at this one comparison
  for (let index = 0; index < tally.count; index++) {
    const slot = taken[index] ?? 0
    if ((sums[slot] ?? 0) < floor) continue
    if (best.length === most && !isBefore(slot, best[most - 1] ?? 0)) continue
    if (!isLive(owners[slot] ?? 0)) continue
    let at = Math.min(best.length, most - 1)
    for (; at > 0 && isBefore(slot, best[at - 1] ?? 0); at--) best[at] = best[at - 1] ?? 0
    best[at] = slot
    if (best.length === most) floor = sums[best[most - 1] ?? 0] ?? 0
  }
  return best.map((slot) => owners[slot] ?? 0)
}

const isAny = () => true
