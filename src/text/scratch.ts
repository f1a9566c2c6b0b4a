// Memory for intermediate lists. A typed array costs more to make than a report's words cost to sort, so short ones are lent, not made.

const LENT_LENGTH = 2_048

/** A place for up to `length` values: the same one every time for short lists, so whoever borrows it copies what is to be kept. */
export function scratchIntegers(): (length: number) => Int32Array {
  const lent = new Int32Array(LENT_LENGTH)
  return (length) => (length <= LENT_LENGTH ? lent : new Int32Array(length))
}

/** The same for fractions. */
export function scratchFractions(): (length: number) => Float32Array {
  const lent = new Float32Array(LENT_LENGTH)
  return (length) => (length <= LENT_LENGTH ? lent : new Float32Array(length))
}
