// The words that the terms of a watchlist are made of. Each is a label; the matcher's trie is walked by labels.

import { ATTACHED_PREFIXES } from '../text/attached.ts'
import { nameBeginnings } from '../text/name-beginnings.ts'
import { coarseNameKey, type NameKey, nameKey, ROMAN_ARTICLES } from '../text/romanise.ts'
import { newPlainWords, type PlainWords } from './plain-words.ts'
import { ANY_LETTER, STAR } from './term.ts'
import { type WordSet, wordSet } from './word-set.ts'

/** How a word of a term is looked for. `attached` words also match with attached prefixes in front. */
export type LabelSpec =
  | { readonly kind: 'word'; readonly folded: string; readonly attached: boolean } // may hold STAR and ANY_LETTER
  | { readonly kind: 'name'; readonly folded: string }
  | { readonly kind: 'article' } // any romanisation of the Arabic article

/** A word with wildcards. `rest` is false when nothing follows the literal head but one STAR. */
export type Wild = {
  readonly label: number
  readonly pattern: string
  readonly attached: boolean
  readonly rest: boolean
}

/** Wildcard words that share a literal head or tail, found by it. */
export type WildIndex = {
  readonly table: WordSet
  readonly lengths: readonly number[] // distinct lengths of the heads or tails
  readonly wilds: readonly (readonly Wild[])[] // by entry of the table
  readonly firstTwo: Uint8Array // 1 where some head or tail has these two units at its outer end
}

export type Lexicon = {
  readonly begins: Uint8Array // by the first two units of a word: which of BEGINS may give it a label
  readonly words: WordSet
  readonly plain: Int32Array // label by entry, -1 for none
  readonly attached: Int32Array
  readonly heads: WildIndex
  readonly tails: WildIndex
  readonly others: readonly Wild[] // neither head nor tail: tried on every word
  readonly names: ReadonlyMap<number, readonly { readonly label: number; readonly key: NameKey }[]>
  readonly article: number // label, -1 for none
  // What was learned from the texts that were read; of no influence on what is found.
  readonly without: PlainWords // words that carry no label
  readonly alone: Uint8Array // by entry: 1 for a word that carries no label but those of the table
}

/** Ways in which a word may come by a label; WORD: it stands in the table of words. Half the words of a text begin with no two units of these. */
export const BEGINS = { HEAD: 1, ATTACHED: 2, NAME: 4, ELSEWHERE: 8, WORD: 16 } as const

/** Where two units stand in `firstTwo`. */
export function pairIndex(outer: number, inner: number): number {
  return (Math.imul(outer, 31) + inner) & 0x1fff
}

const OUTER_MIN = 2 // units a head or tail needs to be found by

/** Builds the lexicon; the label of `specs[i]` is i. */
export function buildLexicon(specs: readonly LabelSpec[]): Lexicon {
  const words = specs.flatMap((spec, label) => (spec.kind === 'word' ? [{ ...spec, label }] : []))
  const literal = words.filter(({ folded }) => !isWild(folded))
  const wilds = words.filter(({ folded }) => isWild(folded)).map(wildOf)
  const entries = [...new Set(literal.map(({ folded }) => folded))]
  const labelsOf = (attached: boolean) =>
    labelColumn(
      entries,
      literal.filter((word) => word.attached === attached),
    )
  return {
    begins: beginnings(specs, words),
    words: wordSet(entries),
    plain: labelsOf(false),
    attached: labelsOf(true),
    heads: wildIndex(
      wilds.filter((wild) => headOf(wild.pattern).length >= OUTER_MIN),
      headOf,
      false,
    ),
    tails: wildIndex(wilds.filter(isFoundByTail), tailOf, true),
    others: wilds.filter((wild) => headOf(wild.pattern).length < OUTER_MIN && !isFoundByTail(wild)),
    names: nameIndex(specs),
    article: specs.findIndex((spec) => spec.kind === 'article'),
    without: newPlainWords(),
    alone: new Uint8Array(entries.length),
  }
}

type Sought = { readonly folded: string; readonly attached: boolean }

/** Marks the two units that words of the text must begin with; a word of one unit is followed by a space. */
function beginnings(specs: readonly LabelSpec[], words: readonly Sought[]): Uint8Array {
  const begins = new Uint8Array(0x2000)
  if (words.some(({ folded }) => isWild(folded) && headOf(folded).length < OUTER_MIN))
    begins.fill(BEGINS.ELSEWHERE)
  for (const beginning of nameLikeBeginnings(specs)) mark(begins, beginning, BEGINS.NAME)
  for (const { folded, attached } of words) {
    if (!isWild(folded)) mark(begins, folded, BEGINS.WORD)
    else if (headOf(folded).length >= OUTER_MIN) mark(begins, folded, BEGINS.HEAD)
    if (attached) for (const prefix of ATTACHED_PREFIXES) mark(begins, prefix + folded, BEGINS.ATTACHED)
  }
  return begins
}

function mark(table: Uint8Array, word: string, bit: number): void {
  const index = pairIndex(word.charCodeAt(0), word.length > 1 ? word.charCodeAt(1) : SPACE)
  table[index] = (table[index] ?? 0) | bit
}

const SPACE = 0x20
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** What words begin with that may be one of the names, or the article: a letter alone, or the first two at least. */
function nameLikeBeginnings(specs: readonly LabelSpec[]): readonly string[] {
  const beginnings = specs.flatMap((spec) => {
    if (spec.kind === 'name') return nameBeginnings(spec.folded)
    return spec.kind === 'article' ? ROMAN_ARTICLES : []
  })
  return beginnings.flatMap((beginning) =>
    beginning.length > 1 ? [beginning] : [beginning, ...Array.from(LETTERS, (letter) => beginning + letter)],
  )
}

function isWild(folded: string): boolean {
  return folded.includes(STAR) || folded.includes(ANY_LETTER)
}

function wildOf(word: { folded: string; attached: boolean; label: number }): Wild {
  const rest = word.folded !== headOf(word.folded) + STAR
  return { label: word.label, pattern: word.folded, attached: word.attached, rest }
}

function headOf(pattern: string): string {
  return pattern.split(STAR)[0]?.split(ANY_LETTER)[0] ?? ''
}

function tailOf(pattern: string): string {
  return pattern.split(STAR).at(-1)?.split(ANY_LETTER).at(-1) ?? ''
}

function isFoundByTail(wild: Wild): boolean {
  return headOf(wild.pattern).length < OUTER_MIN && tailOf(wild.pattern).length >= OUTER_MIN
}

function labelColumn(
  entries: readonly string[],
  labelled: readonly { readonly folded: string; readonly label: number }[],
): Int32Array {
  const byWord = new Map(labelled.map(({ folded, label }) => [folded, label]))
  return Int32Array.from(entries, (entry) => byWord.get(entry) ?? -1)
}

function wildIndex(wilds: readonly Wild[], partOf: (pattern: string) => string, atEnd: boolean): WildIndex {
  const byPart = Map.groupBy(wilds, (wild) => partOf(wild.pattern))
  const parts = [...byPart.keys()]
  const firstTwo = new Uint8Array(0x2000)
  for (const part of parts) {
    const [outer, inner] = atEnd ? [part.length - 1, part.length - 2] : [0, 1]
    firstTwo[pairIndex(part.charCodeAt(outer), part.charCodeAt(inner))] = 1
  }
  const lengths = [...new Set(parts.map((part) => part.length))].toSorted((a, b) => a - b)
  return { table: wordSet(parts), lengths, wilds: [...byPart.values()], firstTwo }
}

function nameIndex(specs: readonly LabelSpec[]): Lexicon['names'] {
  const names = specs.flatMap((spec, label) =>
    spec.kind === 'name' ? [{ label, key: nameKey(spec.folded), folded: spec.folded }] : [],
  )
  return Map.groupBy(names, ({ folded }) => {
    const units = Uint16Array.from(folded, (letter) => letter.charCodeAt(0))
    return coarseNameKey(units, 0, units.length)
  })
}
