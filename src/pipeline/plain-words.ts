// Words that carry no label although they begin like some that do, remembered: the same few thousand come again and again.

/** A table of words, each in the one slot that its hash gives it; a later word takes the slot of an earlier one. */
export type PlainWords = {
  readonly lengths: Uint8Array // of the word in the slot; 0: free
  readonly units: Uint16Array // LENGTH_MAX for each slot
}

const SLOTS = 8_192
const LENGTH_MAX = 16
const SPREAD = 0x9e3779b1

export function newPlainWords(): PlainWords {
  return { lengths: new Uint8Array(SLOTS), units: new Uint16Array(SLOTS * LENGTH_MAX) }
}

function slotOf(hash: number): number {
  return (Math.imul(hash, SPREAD) >>> 7) & (SLOTS - 1)
}

/** Whether the word `units[from..to)` with this hash is known to carry no label. False for words that were forgotten. */
export function isPlain(
  words: PlainWords,
  hash: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  const slot = slotOf(hash)
  if (words.lengths[slot] !== to - from) return false
  const known = words.units
  for (let at = from, other = slot * LENGTH_MAX; at < to; at++, other++)
    if (known[other] !== units[at]) return false
  return true
}

/** Remembers that the word carries none; long words are not worth the memory. */
export function rememberPlain(
  words: PlainWords,
  hash: number,
  units: Uint16Array,
  from: number,
  to: number,
): void {
  if (to - from > LENGTH_MAX) return
  const slot = slotOf(hash)
  words.lengths[slot] = to - from
  for (let at = from, other = slot * LENGTH_MAX; at < to; at++, other++) words.units[other] = units[at] ?? 0
}
