// Outlets use other forms of one word for one event: killed and kills, الحريق and حريق. A stem is what the forms share.

const STEM_UNITS_MAX = 6
const LETTERS_LEAST = 3
const ALEF = 0x0627
const LAM = 0x0644
const attached = new Set([0x0648, 0x0641, 0x0628, 0x0644, 0x0643]) // waw, feh, beh, lam, kaf

/** Where the stem of the folded word `units[start..end)` begins and ends: crude on purpose, the same for every language. */
export function stemRange(units: Uint16Array, start: number, end: number): readonly [number, number] {
  const from = start + articleLength(units, start, end)
  return [from, Math.min(end, from + STEM_UNITS_MAX)]
}

// Arabic writes "and", "in", "to" and "the" onto the word. They go only together with the article, and only if three letters
// remain: without the article nothing tells them from a letter of the word.
function articleLength(units: Uint16Array, start: number, end: number): number {
  const from = attached.has(units[start] ?? 0) && units[start + 1] === ALEF ? start + 1 : start
  const first = units[from]
  const hasArticle = (first === ALEF || first === LAM) && units[from + 1] === LAM
  return hasArticle && end - from - 2 >= LETTERS_LEAST ? from + 2 - start : 0
}
