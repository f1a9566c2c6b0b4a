// One pass over the words of an article: where each pattern of a watchlist occurs.
import type { TextField } from '../model/topic.ts'
import { fitsGlob } from '../text/glob.ts'
import type { Words } from '../text/words.ts'
import { lookUp, newLabels } from './lookup.ts'
import type { Matcher } from './match-compile.ts'
import { ANY_LETTER, rawOf, STAR } from './term.ts'
import { stepDown } from './trie.ts'

/** The words of an article's text fields; a missing field has none. */
export type ArticleWords = Readonly<Partial<Record<TextField, Words>>>

/** The fields in the order of spans. */
export const FIELDS: readonly TextField[] = ['title', 'summary', 'body', 'author']

/** Where patterns occurred. Columns of equal length; positions are word numbers within the field. */
export type Occurrences = {
  count: number
  readonly patterns: number[]
  readonly fields: number[] // index into FIELDS
  readonly firsts: number[]
  readonly lasts: number[]
}

type Pass = {
  readonly matcher: Matcher
  readonly found: Occurrences
  readonly counts: Map<number, number> // by pattern, in crowded articles
  words: Words
  field: number
  begun: Paths
  next: Paths
}

/** Phrases begun: the node of the trie each has come to, and the word it began at. */
type Paths = { count: number; nodes: Int32Array; begins: Int32Array }

const newPaths = (): Paths => ({ count: 0, nodes: new Int32Array(64), begins: new Int32Array(64) })

// Lent to every article, for they are all done within one call.
const labels = newLabels()
const paths = [newPaths(), newPaths()] as const
const noWords: Words = {
  text: '',
  count: 0,
  hashes: new Int32Array(0),
  starts: new Int32Array(0),
  ends: new Int32Array(0),
  units: new Uint16Array(0),
  unitStarts: new Int32Array(1),
}

/** Finds all patterns in an article. */
export function findPatterns(matcher: Matcher, article: ArticleWords): Occurrences {
  const found: Occurrences = { count: 0, patterns: [], fields: [], firsts: [], lasts: [] }
  const [begun, next] = paths
  const pass: Pass = { matcher, found, counts: new Map(), words: noWords, field: 0, begun, next }
  for (const [field, name] of FIELDS.entries()) {
    const words = article[name]
    if (words !== undefined) scanField(pass, words, field)
  }
  return found
}

function scanField(pass: Pass, words: Words, field: number): void {
  const { lexicon } = pass.matcher
  pass.words = words
  pass.field = field
  pass.begun.count = 0
  for (let index = 0; index < words.count; index++) {
    lookUp(lexicon, words, index, labels)
    if (labels.count > 0) advance(pass, index)
    else pass.begun.count = 0
  }
}

function advance(pass: Pass, index: number): void {
  const { trie } = pass.matcher
  const { begun, next } = pass
  next.count = 0
  for (let at = 0; at < labels.count; at++) {
    const label = labels.list[at] ?? 0
    const root = trie.roots[label] ?? 0
    if (root > 0) arrive(pass, root, index, index)
    for (let path = 0; path < begun.count; path++) {
      const node = stepDown(trie, begun.nodes[path] ?? 0, label)
      if (node > 0) arrive(pass, node, begun.begins[path] ?? 0, index)
    }
  }
  pass.begun = next
  pass.next = begun
}

function goOn(paths: Paths, node: number, first: number): void {
  if (paths.count === paths.nodes.length) {
    paths.nodes = doubled(paths.nodes)
    paths.begins = doubled(paths.begins)
  }
  paths.nodes[paths.count] = node
  paths.begins[paths.count++] = first
}

function doubled(list: Int32Array): Int32Array {
  const larger = new Int32Array(2 * list.length)
  larger.set(list)
  return larger
}

function arrive(pass: Pass, node: number, first: number, last: number): void {
  const { trie, written } = pass.matcher
  for (let pattern = trie.firstPattern[node] ?? -1; pattern >= 0; pattern = trie.nextPattern[pattern] ?? -1) {
    const exact = written.size > 0 ? written.get(pattern) : undefined
    if (exact === undefined || isWritten(pass.words, first, exact)) record(pass, pattern, first, last)
  }
  if (trie.hasChildren[node] === 1) goOn(pass.next, node, first)
}

const CROWDED = 20_000 // occurrences in an article, from which on each pattern is counted
const PATTERN_MAX = 1_000 // occurrences of one pattern that are kept then: a text of nothing but the term proves no more

function isEnough(pass: Pass, pattern: number): boolean {
  const count = (pass.counts.get(pattern) ?? 0) + 1
  pass.counts.set(pattern, count)
  return count > PATTERN_MAX
}

function record(pass: Pass, pattern: number, first: number, last: number): void {
  const { found } = pass
  if (found.count >= CROWDED && isEnough(pass, pattern)) return
  found.count++
  found.patterns.push(pattern)
  found.fields.push(pass.field)
  found.firsts.push(first)
  found.lasts.push(last)
}

/** Whether the words from `first` on stand in the text exactly as given. */
function isWritten(words: Words, first: number, exact: readonly string[]): boolean {
  return exact.every((raw, offset) => {
    const word = rawOf(words.text.slice(words.starts[first + offset], words.ends[first + offset]))
    return word === raw || fitsGlob(raw, word, STAR, ANY_LETTER)
  })
}
