// One pass over the words of an article: where each pattern of a watchlist occurs.
import type { TextField } from '../model/topic.ts'
import { fitsGlob } from '../text/glob.ts'
import type { Words } from '../text/words.ts'
import { type Labels, lookUp, newLabels } from './lookup.ts'
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
  readonly labels: Labels
  readonly counts: Map<number, number> // by pattern, in crowded articles
  words: Words
  field: number
  nodes: number[] // of phrases begun, and the word each began at
  begins: number[]
  nextNodes: number[]
  nextBegins: number[]
}

/** Finds all patterns in an article. */
export function findPatterns(matcher: Matcher, article: ArticleWords): Occurrences {
  const found: Occurrences = { count: 0, patterns: [], fields: [], firsts: [], lasts: [] }
  for (const [field, name] of FIELDS.entries()) {
    const words = article[name]
    if (words !== undefined && words.count > 0) scanField(matcher, words, field, found)
  }
  return found
}

function scanField(matcher: Matcher, words: Words, field: number, found: Occurrences): void {
  const labels = newLabels()
  const pass: Pass = {
    matcher,
    found,
    labels,
    counts: new Map(),
    words,
    field,
    nodes: [],
    begins: [],
    nextNodes: [],
    nextBegins: [],
  }
  for (let index = 0; index < words.count; index++) {
    lookUp(matcher.lexicon, words, index, labels)
    if (labels.count > 0) advance(pass, index)
    else if (pass.nodes.length > 0) forget(pass)
  }
}

function forget(pass: Pass): void {
  pass.nodes.length = 0
  pass.begins.length = 0
}

function advance(pass: Pass, index: number): void {
  const { matcher, labels, nodes, begins } = pass
  pass.nextNodes.length = 0
  pass.nextBegins.length = 0
  for (let at = 0; at < labels.count; at++) {
    const label = labels.list[at] ?? 0
    const root = matcher.trie.roots[label] ?? 0
    if (root > 0) arrive(pass, root, index, index)
    for (let begun = 0; begun < nodes.length; begun++) {
      const next = stepDown(matcher.trie, nodes[begun] ?? 0, label)
      if (next > 0) arrive(pass, next, begins[begun] ?? 0, index)
    }
  }
  pass.nodes = pass.nextNodes
  pass.begins = pass.nextBegins
  pass.nextNodes = nodes
  pass.nextBegins = begins
}

function arrive(pass: Pass, node: number, first: number, last: number): void {
  const { trie, written } = pass.matcher
  for (let pattern = trie.firstPattern[node] ?? -1; pattern >= 0; pattern = trie.nextPattern[pattern] ?? -1) {
    const exact = written.size > 0 ? written.get(pattern) : undefined
    if (exact === undefined || isWritten(pass.words, first, exact)) record(pass, pattern, first, last)
  }
  if (trie.hasChildren[node] === 1) {
    pass.nextNodes.push(node)
    pass.nextBegins.push(first)
  }
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
