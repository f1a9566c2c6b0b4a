// The hash of a word: a polynomial over its folded units, modulo 2^32. Hashes of prefixes and suffixes follow from it without a second pass.

/** Odd, so that no information of any unit is lost. */
export const HASH_FACTOR = 0x2c1b3c6d

/** The hash of a run of folded units. */
export function hashUnits(units: Uint16Array, from: number, to: number): number {
  let hash = 0
  for (let at = from; at < to; at++) hash = (Math.imul(hash, HASH_FACTOR) + (units[at] ?? 0)) | 0
  return hash
}

const POWERS_KEPT = 64
const powers = new Int32Array(POWERS_KEPT)
powers[0] = 1
for (let at = 1; at < POWERS_KEPT; at++) powers[at] = Math.imul(powers[at - 1] ?? 0, HASH_FACTOR)

/** HASH_FACTOR to the power of `exponent`. */
function power(exponent: number): number {
  let result = powers[exponent % POWERS_KEPT] ?? 1
  for (let left = exponent; left >= POWERS_KEPT; left -= POWERS_KEPT)
    result = Math.imul(result, Math.imul(powers[POWERS_KEPT - 1] ?? 0, HASH_FACTOR))
  return result
}

/** The hash of the last `suffixLength` units of a word, from the hash of the word and that of the units before them. */
export function suffixHash(wordHash: number, prefixHash: number, suffixLength: number): number {
  return (wordHash - Math.imul(prefixHash, power(suffixLength))) | 0
}

/** The hash of a prefix followed by a suffix of `suffixLength` units. */
export function joinHash(prefixHash: number, suffix: number, suffixLength: number): number {
  return (Math.imul(prefixHash, power(suffixLength)) + suffix) | 0
}
