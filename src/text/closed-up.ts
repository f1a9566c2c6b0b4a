// Persian writes its affixes apart, with a zero-width non-joiner, or closed up: می رود, می‌رود and میرود are one word.
import { type Words, wordAt } from './words.ts'

// Folded spellings. Only affixes that are hardly ever words of their own, in Arabic as well, where ام and اي are common words.
const prefixes = new Set(['مي', 'نمي', 'بي'])
const suffixes = new Set('ها هاي هايي هايش هايشان تر ترين اند ايم ايد'.split(' '))
const AFFIX_UNITS_MAX = 6

const SPACE = 0x20
const NON_JOINER = 0x200c
const ARABIC_FIRST = 0x0600
const ARABIC_LAST = 0x06ff

/** Is word `index` + 1 the same word going on? */
export function isClosedUp(words: Words, index: number): boolean {
  const end = words.ends[index] ?? 0
  if (words.starts[index + 1] !== end + 1) return false
  const between = words.text.charCodeAt(end)
  if (between !== SPACE && between !== NON_JOINER) return false
  if (!isArabicScript(words, index)) return false
  return isAffix(words, index, prefixes) || isAffix(words, index + 1, suffixes)
}

function isArabicScript(words: Words, index: number): boolean {
  const first = words.units[words.unitStarts[index] ?? 0] ?? 0
  return first >= ARABIC_FIRST && first <= ARABIC_LAST
}

// The length first: it spares a string for nearly every word.
function isAffix(words: Words, index: number, affixes: ReadonlySet<string>): boolean {
  const length = (words.unitStarts[index + 1] ?? 0) - (words.unitStarts[index] ?? 0) - 1
  return length <= AFFIX_UNITS_MAX && affixes.has(wordAt(words, index))
}
