// Compiles topic trees into one matcher: lexicon, trie, and which pattern belongs to which leaf of which topic.
import { isRomanArticle } from '../text/romanise.ts'
import { buildLexicon, type LabelSpec, type Lexicon } from './lexicon.ts'
import { anchorsOf, type MatchNode, type TermsNode } from './match-tree.ts'
import type { QueryNode, TermMode, TermNode } from './query-tree.ts'
import { readTerm, rewritten, type TermWord, takesPrefixes } from './term.ts'
import { addPath, buildTrie, newTrie, type Trie, type TrieBuilder } from './trie.ts'

/** Everything the matcher reads, most of it in typed arrays. Lists "by pattern" run from `starts[p]` to `starts[p + 1]`. */
export type Matcher = {
  readonly lexicon: Lexicon
  readonly trie: Trie
  readonly written: ReadonlyMap<number, readonly string[]> // by pattern: its words as written, for `=`
  readonly memberStarts: Int32Array
  readonly memberLeaves: Int32Array // leaves a pattern belongs to
  readonly memberTerms: Int32Array // which term of the leaf it is a variant of
  readonly leafTopics: Int32Array
  readonly leafAnchors: Uint8Array // 1 where seeing the leaf makes its topic a candidate
  readonly always: readonly number[] // topics that must always be evaluated
  readonly trees: readonly MatchNode[] // by topic
}

type Builder = {
  readonly labels: Map<string, number>
  readonly specs: LabelSpec[]
  readonly trie: TrieBuilder
  readonly patterns: Map<string, number>
  readonly written: Map<number, readonly string[]>
  readonly members: { readonly pattern: number; readonly leaf: number; readonly term: number }[]
  readonly leafTopics: number[]
}

/** Compiles the trees of topics, given in configured order. */
export function compileMatcher(queries: readonly QueryNode[]): Matcher {
  const builder: Builder = {
    labels: new Map(),
    specs: [],
    trie: newTrie(),
    patterns: new Map(),
    written: new Map(),
    members: [],
    leafTopics: [],
  }
  const trees = queries.map((query, topic) => compileNode(builder, query, topic))
  const leafAnchors = new Uint8Array(builder.leafTopics.length)
  const always: number[] = []
  for (const [topic, tree] of trees.entries()) {
    const anchors = anchorsOf(tree)
    if (anchors === undefined) always.push(topic)
    else for (const anchor of anchors) leafAnchors[anchor.leaf] = 1
  }
  return {
    lexicon: buildLexicon(builder.specs),
    trie: buildTrie(builder.trie, builder.specs.length),
    written: builder.written,
    ...membersByPattern(builder),
    leafTopics: Int32Array.from(builder.leafTopics),
    leafAnchors,
    always,
    trees,
  }
}

function membersByPattern(builder: Builder) {
  const { members, trie } = builder
  const memberStarts = new Int32Array(trie.ends.length + 1)
  for (const { pattern } of members) memberStarts[pattern + 1] = (memberStarts[pattern + 1] ?? 0) + 1
  for (let at = 1; at < memberStarts.length; at++)
    memberStarts[at] = (memberStarts[at] ?? 0) + (memberStarts[at - 1] ?? 0)
  const next = memberStarts.slice()
  const memberLeaves = new Int32Array(members.length)
  const memberTerms = new Int32Array(members.length)
  for (const { pattern, leaf, term } of members) {
    const at = next[pattern] ?? 0
    next[pattern] = at + 1
    memberLeaves[at] = leaf
    memberTerms[at] = term
  }
  return { memberStarts, memberLeaves, memberTerms }
}

function compileNode(builder: Builder, node: QueryNode, topic: number): MatchNode {
  switch (node.kind) {
    case 'term':
      return node.window === undefined
        ? termsNode(builder, [node], topic)
        : windowNode(builder, node, node.window, topic)
    case 'meta':
      return { kind: 'meta', field: node.field, values: node.values, orMissing: node.orMissing }
    case 'not':
      return { kind: 'not', of: compileNode(builder, node.of, topic) }
    case 'atleast':
      return { kind: 'atleast', times: node.times, of: compileNode(builder, node.of, topic) }
    case 'near': {
      const left = compileNode(builder, node.left, topic)
      const right = compileNode(builder, node.right, topic)
      return { kind: 'near', within: node.within, ordered: node.ordered, left, right }
    }
    case 'and':
      return { kind: 'and', of: node.of.map((part) => compileNode(builder, part, topic)) }
    case 'or':
      return orNode(builder, node.of, topic)
  }
}

/** Plain terms of an OR that look in the same fields become one leaf. */
function orNode(builder: Builder, parts: readonly QueryNode[], topic: number): MatchNode {
  const terms = parts.filter((part) => part.kind === 'term' && part.window === undefined)
  const others = parts.filter((part) => !terms.includes(part))
  const leaves = [...Map.groupBy(terms as readonly TermNode[], (term) => term.fields).values()] // by the filter above
  const of = [
    ...leaves.map((leaf) => termsNode(builder, leaf, topic)),
    ...others.map((part) => compileNode(builder, part, topic)),
  ]
  const [only] = of
  return of.length === 1 && only !== undefined ? only : { kind: 'or', of }
}

function termsNode(builder: Builder, terms: readonly TermNode[], topic: number): TermsNode {
  const leaf = builder.leafTopics.push(topic) - 1
  for (const [index, term] of terms.entries()) {
    for (const variant of readTerm(term.text, term.mode).variants)
      addVariant(builder, variant, term.mode, term.attached, leaf, index)
  }
  return { kind: 'terms', leaf, fields: terms[0]?.fields ?? 0, terms: terms.map(asWritten) }
}

const PREFIX: Readonly<Record<TermMode, string>> = { plain: '', exact: '=', name: '~' }

function asWritten(term: TermNode): string {
  return PREFIX[term.mode] + term.text
}

function windowNode(builder: Builder, node: TermNode, within: number, topic: number): MatchNode {
  const words = readTerm(node.text, node.mode).variants[0] ?? []
  const leaves = words.map((word) => {
    const leaf = builder.leafTopics.push(topic) - 1
    addVariant(builder, [word], node.mode, node.attached, leaf, 0)
    return { kind: 'terms', leaf, fields: node.fields, terms: [rewritten(word)] } as const
  })
  return { kind: 'window', words: leaves, within, term: asWritten(node) }
}

function addVariant(
  builder: Builder,
  words: readonly TermWord[],
  mode: TermMode,
  attached: boolean,
  leaf: number,
  term: number,
): void {
  if (mode === 'name') {
    for (const path of namePaths(builder, words)) addPattern(builder, path, undefined, leaf, term)
    return
  }
  const path = words.map((word) =>
    labelOf(builder, { kind: 'word', folded: word.folded, attached: attached && takesPrefixes(word.folded) }),
  )
  addPattern(builder, path, mode === 'exact' ? words.map((word) => word.raw) : undefined, leaf, term)
}

function addPattern(
  builder: Builder,
  path: readonly number[],
  written: readonly string[] | undefined,
  leaf: number,
  term: number,
): void {
  const node = addPath(builder.trie, path)
  const key = written === undefined ? String(node) : `${node}=${written.join(' ')}`
  let pattern = builder.patterns.get(key)
  if (pattern === undefined) {
    pattern = builder.trie.ends.push(node) - 1
    builder.patterns.set(key, pattern)
    if (written !== undefined) builder.written.set(pattern, written)
  }
  builder.members.push({ pattern, leaf, term })
}

function labelOf(builder: Builder, spec: LabelSpec): number {
  const key =
    spec.kind === 'word'
      ? `${spec.attached ? '+' : '-'}${spec.folded}`
      : `~${'folded' in spec ? spec.folded : ''}`
  const known = builder.labels.get(key)
  if (known !== undefined) return known
  const label = builder.specs.push(spec) - 1
  builder.labels.set(key, label)
  return label
}

const NAME_WORDS_MAX = 4 // names of more words keep their articles as they are

/** A name with and without an article before each word; Abdul- also as Abd and an article. */
function namePaths(builder: Builder, words: readonly TermWord[]): readonly (readonly number[])[] {
  const article = () => labelOf(builder, { kind: 'article' })
  const name = (folded: string) => labelOf(builder, { kind: 'name', folded })
  const names = words.map((word) => word.folded).filter((word) => words.length === 1 || !isRomanArticle(word))
  let paths: readonly (readonly number[])[] = [[]]
  for (const [index, word] of names.entries()) {
    const ways = [[name(word)]]
    if (index > 0 && index < NAME_WORDS_MAX) ways.push([article(), name(word)])
    if (/^abd[aeou]l$/.test(word)) ways.push([name('abd'), article()])
    paths = paths.flatMap((path) => ways.map((way) => [...path, ...way]))
  }
  return paths
}
