// Outlets use other forms of one word for one event: killed and kills, الحريق and حريق. A stem is what the forms share: at most six
// letters, without the Arabic article. Crude on purpose, and the same for every language.

export const STEM_UNITS_MAX = 6

const LETTERS_LEAST = 3
const ALEF = 0x0627
const LAM = 0x0644
const BEH = 0x0628
const FEH = 0x0641
const KAF = 0x0643
const WAW = 0x0648

/** Where the stem of the folded word `units[start..end)` begins. */
export function stemStart(units: Uint16Array, start: number, end: number): number {
  const first = units[start] ?? 0
  if (first < ALEF || first > WAW) return start
  const from = isAttached(first) && units[start + 1] === ALEF ? start + 1 : start
  const opens = units[from]
  const hasArticle = (opens === ALEF || opens === LAM) && units[from + 1] === LAM
  return hasArticle && end - from - 2 >= LETTERS_LEAST ? from + 2 : start
}

/**
 * Where the stem would begin if the first letter were an attached word: ب in بكركوك, "in Kirkuk". -1 where it cannot be. Nothing in the
 * word tells it from a letter of the word; the report does, if it has the rest as a word of its own.
 */
export function stemStartIfAttached(units: Uint16Array, start: number, end: number): number {
  return isAttached(units[start] ?? 0) && end - start > LETTERS_LEAST ? start + 1 : -1
}

// Arabic writes "and", "in", "to" and "the" onto the word. With the article they go at once, if three letters remain.
function isAttached(unit: number): boolean {
  return unit === WAW || unit === FEH || unit === BEH || unit === LAM || unit === KAF
}
