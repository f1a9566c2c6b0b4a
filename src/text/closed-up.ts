// Persian writes its affixes apart, with a zero-width non-joiner, or closed up: می رود, می‌رود and میرود are one word.
import { analyse, type Words } from './words.ts'

// Only affixes that are hardly ever words of their own, in Arabic as well, where ام and اي are common words.
const PREFIXES = 'می نمی بی'
const SUFFIXES = 'ها های هایی هایش هایشان تر ترین اند ایم اید'

type Affixes = { readonly prefixes: ReadonlySet<number>; readonly suffixes: ReadonlySet<number> }
let affixes: Affixes | undefined // read when first needed: a program that meets no Persian has no use for its letters

const SPACE = 0x20
const NON_JOINER = 0x200c
const ARABIC_FIRST = 0x0600
const ARABIC_LAST = 0x06ff

/** Is word `index` + 1 the same word going on? */
export function isClosedUp(words: Words, index: number): boolean {
  const first = words.units[words.unitStarts[index] ?? 0] ?? 0
  if (first < ARABIC_FIRST || first > ARABIC_LAST) return false
  const end = words.ends[index] ?? 0
  if (words.starts[index + 1] !== end + 1) return false
  const between = words.text.charCodeAt(end)
  if (between !== SPACE && between !== NON_JOINER) return false
  affixes ??= { prefixes: hashesOf(PREFIXES), suffixes: hashesOf(SUFFIXES) }
  return affixes.prefixes.has(words.hashes[index] ?? 0) || affixes.suffixes.has(words.hashes[index + 1] ?? 0)
}

function hashesOf(list: string): ReadonlySet<number> {
  return new Set(analyse(list).hashes)
}
