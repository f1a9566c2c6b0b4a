// Which labels of a lexicon one word of a text carries: itself, without attached prefixes, by wildcard, by name.
import { ARABIC_ARTICLE, ATTACHABLE_LENGTH, ATTACHED_PREFIXES, swallowsArticle } from '../text/attached.ts'
import { fitsGlob } from '../text/glob.ts'
import { coarseNameKey, isSameName, nameKey, ROMAN_ARTICLES } from '../text/romanise.ts'
import { hashUnits, joinHash, suffixHash } from '../text/word-hash.ts'
import { type Words, wordAt } from '../text/words.ts'
import { BEGINS, type Lexicon, pairIndex, type Wild, type WildIndex } from './lexicon.ts'
import { isPlain, rememberPlain } from './plain-words.ts'
import { ANY_LETTER, STAR } from './term.ts'
import { findWord, wordSet } from './word-set.ts'

/** Labels found for the last word; one list serves all words. */
export type Labels = { count: number; list: Int32Array }

export function newLabels(): Labels {
  return { count: 0, list: new Int32Array(64) }
}

function add(labels: Labels, label: number): void {
  if (label < 0) return
  if (labels.count === labels.list.length) {
    const larger = new Int32Array(2 * labels.count)
    larger.set(labels.list)
    labels.list = larger
  }
  labels.list[labels.count++] = label
}

const ATTACHING_FIRST = 0x5d0 // first Hebrew letter
const ATTACHING_END = 0x700

/** Fills `labels` with those of word `index`. They depend on its folded letters alone. */
export function lookUp(lexicon: Lexicon, words: Words, index: number, labels: Labels): void {
  labels.count = 0
  const { units } = words
  const from = words.unitStarts[index] ?? 0
  const may = lexicon.begins[pairIndex(units[from] ?? 0, units[from + 1] ?? 0)] ?? 0
  if (may === 0) return
  const to = (words.unitStarts[index + 1] ?? 0) - 1
  const hash = words.hashes[index] ?? 0
  const entry = (may & BEGINS.WORD) === 0 ? -1 : findWord(lexicon.words, hash, units, from, to)
  if (entry >= 0) {
    add(labels, lexicon.plain[entry] ?? -1)
    add(labels, lexicon.attached[entry] ?? -1)
  }
  if (may === BEGINS.WORD) return
  if (entry >= 0 ? lexicon.alone[entry] === 1 : isPlain(lexicon.without, hash, units, from, to)) return
  const known = labels.count
  searchOn(lexicon, words, index, may, labels)
  if (labels.count > known) return
  if (entry >= 0) lexicon.alone[entry] = 1
  else rememberPlain(lexicon.without, hash, units, from, to)
}

/** The ways in which a word that begins like this may come by a label other than by standing in the table. */
function searchOn(lexicon: Lexicon, words: Words, index: number, may: number, labels: Labels): void {
  const { units } = words
  const from = words.unitStarts[index] ?? 0
  const to = (words.unitStarts[index + 1] ?? 0) - 1
  if ((may & BEGINS.HEAD) !== 0) addHeads(lexicon.heads, units, from, to, false, labels)
  if ((may & BEGINS.ATTACHED) !== 0) addAttached(lexicon, words, index, labels)
  if ((may & BEGINS.NAME) !== 0) addNames(lexicon, words, index, labels)
  if ((may & BEGINS.ELSEWHERE) === 0) return
  addTails(lexicon.tails, units, from, to, labels)
  if (lexicon.others.length > 0) addFitting(lexicon.others, wordAt(words, index), labels)
}

function addHeads(
  heads: WildIndex,
  units: Uint16Array,
  from: number,
  to: number,
  attachedOnly: boolean,
  labels: Labels,
): void {
  if (heads.firstTwo[pairIndex(units[from] ?? 0, units[from + 1] ?? 0)] === 0) return
  for (const length of heads.lengths) {
    if (from + length > to) return
    const entry = findWord(heads.table, hashUnits(units, from, from + length), units, from, from + length)
    if (entry >= 0) addWilds(heads.wilds[entry] ?? [], units, from, to, attachedOnly, labels)
  }
}

function addTails(tails: WildIndex, units: Uint16Array, from: number, to: number, labels: Labels): void {
  if (tails.firstTwo[pairIndex(units[to - 1] ?? 0, units[to - 2] ?? 0)] === 0) return
  for (const length of tails.lengths) {
    if (from + length > to) return
    const entry = findWord(tails.table, hashUnits(units, to - length, to), units, to - length, to)
    if (entry >= 0) addWilds(tails.wilds[entry] ?? [], units, from, to, false, labels)
  }
}

function addWilds(
  wilds: readonly Wild[],
  units: Uint16Array,
  from: number,
  to: number,
  attachedOnly: boolean,
  labels: Labels,
): void {
  for (const wild of wilds) {
    if (attachedOnly && !wild.attached) continue
    if (!wild.rest || fitsGlob(wild.pattern, textOf(units, from, to), STAR, ANY_LETTER))
      add(labels, wild.label)
  }
}

function textOf(units: Uint16Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) text += String.fromCharCode(units[at] ?? 0)
  return text
}

function addFitting(wilds: readonly Wild[], word: string, labels: Labels): void {
  for (const { attached, label, pattern } of wilds) {
    const spellings = attached ? [word, ...withoutPrefix(word)] : [word]
    if (spellings.some((spelling) => fitsGlob(pattern, spelling, STAR, ANY_LETTER))) add(labels, label)
  }
}

/** What follows each attached prefix that a word may begin with. */
function withoutPrefix(word: string): readonly string[] {
  const prefixes = ATTACHED_PREFIXES.filter((prefix) => word.startsWith(prefix))
  return prefixes.flatMap((prefix) => {
    const rest = word.slice(prefix.length)
    return swallowsArticle(prefix) ? [rest, ARABIC_ARTICLE + rest] : [rest]
  })
}

type Prefix = {
  readonly length: number
  readonly second: number // its second and third unit, 0 for none; the first one is what it is found by
  readonly third: number
  readonly hash: number
  readonly swallows: boolean
}

const PREFIXES_BY_FIRST = prefixesByFirst()

function prefixesByFirst(): readonly (readonly Prefix[])[] {
  const none: readonly Prefix[] = []
  const lists = new Array<readonly Prefix[]>(ATTACHING_END - ATTACHING_FIRST).fill(none)
  for (const prefix of ATTACHED_PREFIXES) {
    const first = prefix.charCodeAt(0) - ATTACHING_FIRST
    lists[first] = [...(lists[first] ?? none), readPrefix(prefix)]
  }
  return lists
}

function readPrefix(prefix: string): Prefix {
  const units = Uint16Array.from(prefix, (letter) => letter.charCodeAt(0))
  const [, second = 0, third = 0] = units
  const hash = hashUnits(units, 0, units.length)
  return { length: units.length, second, third, hash, swallows: swallowsArticle(prefix) }
}

function addAttached(lexicon: Lexicon, words: Words, index: number, labels: Labels): void {
  const { units } = words
  const from = words.unitStarts[index] ?? 0
  const to = (words.unitStarts[index + 1] ?? 0) - 1
  const prefixes = PREFIXES_BY_FIRST[(units[from] ?? 0) - ATTACHING_FIRST] ?? []
  for (const prefix of prefixes) {
    const rest = from + prefix.length
    const least = prefix.swallows ? 1 : ATTACHABLE_LENGTH // the article put back makes the word longer
    if (to - rest < least || !startsWith(units, from, prefix)) continue
    const hash = suffixHash(words.hashes[index] ?? 0, prefix.hash, to - rest)
    const entry = findWord(lexicon.words, hash, units, rest, to)
    if (entry >= 0) add(labels, lexicon.attached[entry] ?? -1)
    if (lexicon.heads.lengths.length > 0) addHeads(lexicon.heads, units, rest, to, true, labels)
    if (prefix.swallows) addWithArticle(lexicon, units, rest, to, hash, labels)
  }
}

function startsWith(units: Uint16Array, from: number, { second, third }: Prefix): boolean {
  return (second === 0 || units[from + 1] === second) && (third === 0 || units[from + 2] === third)
}

const ARTICLE = Uint16Array.from(ARABIC_ARTICLE, (letter) => letter.charCodeAt(0))
const ARTICLE_HASH = hashUnits(ARTICLE, 0, ARTICLE.length)

/** للعراق is ل and العراق: the article that لل has swallowed is put back. */
function addWithArticle(
  lexicon: Lexicon,
  units: Uint16Array,
  rest: number,
  to: number,
  restHash: number,
  labels: Labels,
): void {
  const whole = new Uint16Array(ARTICLE.length + to - rest)
  whole.set(ARTICLE)
  whole.set(units.subarray(rest, to), ARTICLE.length)
  const entry = findWord(lexicon.words, joinHash(ARTICLE_HASH, restHash, to - rest), whole, 0, whole.length)
  if (entry >= 0) add(labels, lexicon.attached[entry] ?? -1)
  addHeads(lexicon.heads, whole, 0, whole.length, true, labels)
}

const ARTICLES = wordSet(ROMAN_ARTICLES)

function addNames(lexicon: Lexicon, words: Words, index: number, labels: Labels): void {
  const { units } = words
  const from = words.unitStarts[index] ?? 0
  const to = (words.unitStarts[index + 1] ?? 0) - 1
  if (lexicon.article >= 0 && findWord(ARTICLES, words.hashes[index] ?? 0, units, from, to) >= 0)
    add(labels, lexicon.article)
  const candidates = lexicon.names.get(coarseNameKey(units, from, to))
  if (candidates === undefined) return
  const key = nameKey(wordAt(words, index))
  for (const name of candidates) if (isSameName(name.key, key)) add(labels, name.label)
}
