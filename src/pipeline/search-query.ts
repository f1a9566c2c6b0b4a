// What a person types into search, as an expression for the full-text index and conditions on metadata.
import type { MetaField } from '../model/topic.ts'
import { parseQuery } from './query.ts'
import { ADVICE, fail, problemAt, type QueryProblem, QuerySyntaxError } from './query-error.ts'
import { type NearNode, type QueryNode, TEXT_FIELDS, type TermNode } from './query-tree.ts'
import { anyPhrase, columns } from './search-phrases.ts'
import { looseTerm, type SearchTerm, searchTerm, type Vocabulary } from './search-terms.ts'
import { readTerm, rewritten } from './term.ts'
import { problemMessage } from './topic-problem.ts'

/** One condition on metadata: one of the values, lower-case, `*` for anything; all conditions hold together. */
export type MetaCondition = {
  readonly field: MetaField
  readonly values: readonly string[]
  readonly negated: boolean
}

/**
 * `expression` is for MATCH on an FTS5 table with the columns title, summary, body, author that hold folded text
 * (`foldText`) and the `ascii` tokenizer; '' means that the index cannot narrow the search. It finds at least what a topic with the
 * same query matches. Where it finds more, `exact` is false, and `searchTest(tree)` decides about each article found.
 * `literal` is true when the text was no query and its words are looked for.
 */
export type SearchQuery =
  | {
      readonly ok: true
      readonly expression: string
      readonly where: readonly MetaCondition[]
      readonly exact: boolean
      readonly literal: boolean
      readonly tree: QueryNode
    }
  | {
      readonly ok: false
      readonly code: string
      readonly offset: number
      readonly message: string
      readonly hint: string
    }

const LENGTH_MAX = 10_000 // UTF-16 units
const TERMS_MAX = 64 // a query of 20,000 ORs held the database for five seconds
const PHRASES_MAX = 2_000 // of the whole query, spellings included

type Search = {
  readonly phrasesPerTerm: number
  readonly vocabulary: Vocabulary
  readonly where: MetaCondition[]
  exact: boolean
}

/** What the index finds for a part of a query; undefined when that may be anything. */
type Narrowing = string | undefined

/** Translates a search; `vocabulary` gives the words of the index, for other romanisations. Never gives an expression that FTS5 refuses; text that is no valid query is looked for word by word. */
export function toFtsQuery(query: string, vocabulary: Vocabulary = () => undefined): SearchQuery {
  if (query.length > LENGTH_MAX) return refusal(query, problemAt('E_TOO_LONG', query, LENGTH_MAX))
  const parsed = parseQuery(query)
  if (parsed.ok && !asksQuestion(query))
    return attempt(query, () => translate(query, parsed.tree, vocabulary, false))
  const words = literalWords(query)
  if (words === undefined) return refusal(query, { code: 'E_EMPTY', offset: 0, fragment: '' })
  return attempt(query, () => translate(query, words, vocabulary, true))
}

/** A question mark behind a word or in an address is one far more often than a wildcard; in organi?ation it is a wildcard. */
function asksQuestion(query: string): boolean {
  return query.includes('?') && !query.includes('*') && endsQuestion(query)
}

/** A function of its own: taking these classes apart, as is done when a function that has them is first called, takes longer than a search. */
function endsQuestion(query: string): boolean {
  return /(?<!\\)\?(?![\p{L}\p{M}\p{N}?*])|:\/\/\S*\?/u.test(query)
}

function attempt(query: string, translation: () => SearchQuery): SearchQuery {
  try {
    return translation()
  } catch (error) {
    if (error instanceof QuerySyntaxError) return refusal(query, error.problem)
    throw error
  }
}

function refusal(query: string, problem: QueryProblem): SearchQuery {
  return {
    ok: false,
    code: problem.code,
    offset: problem.offset,
    message: problemMessage(query, problem),
    hint: ADVICE[problem.code],
  }
}

/** Every run without spaces becomes a phrase of its words: all of them must occur. */
function literalWords(query: string): QueryNode | undefined {
  const of: TermNode[] = []
  for (const { 0: chunk, index } of query.matchAll(/\S+/gu)) {
    const text = chunk.replace(/[*?\\]/g, ' ')
    if (readTerm(text, 'plain').problem !== undefined) continue
    of.push({ kind: 'term', text, mode: 'plain', attached: true, fields: TEXT_FIELDS, offset: index })
  }
  return of.length === 0 ? undefined : { kind: 'and', of, offset: 0 }
}

function translate(query: string, tree: QueryNode, vocabulary: Vocabulary, literal: boolean): SearchQuery {
  const terms = termsOf(tree)
  const excess = terms[TERMS_MAX]
  if (excess !== undefined) fail('E_TOO_MANY_TERMS', query, excess.offset)
  const phrasesPerTerm = Math.min(512, Math.floor(PHRASES_MAX / Math.max(1, terms.length)))
  const search: Search = { phrasesPerTerm, vocabulary, where: [], exact: true }
  const expression = conjunction(search, tree.kind === 'and' ? tree.of : [tree], true) ?? ''
  return { ok: true, expression, where: search.where, exact: search.exact, literal, tree }
}

function termsOf(node: QueryNode): readonly TermNode[] {
  switch (node.kind) {
    case 'term':
      return [node]
    case 'and':
    case 'or':
      return node.of.flatMap(termsOf)
    case 'near':
      return [...termsOf(node.left), ...termsOf(node.right)]
    case 'meta':
      return []
    default:
      return termsOf(node.of)
  }
}

/** The parts of an AND. At the top, metadata goes to `where`; deeper down the index knows nothing of it. */
function conjunction(search: Search, parts: readonly QueryNode[], top: boolean): Narrowing {
  const left = parts.filter((part) => !(top && takeMeta(search, part)))
  const wanted = left.flatMap((part) => (part.kind === 'not' ? [] : (narrowing(search, part) ?? [])))
  const unwanted = left.flatMap((part) => (part.kind === 'not' ? exclusion(search, part.of) : []))
  if (wanted.length === 0) {
    if (unwanted.length > 0) search.exact = false // FTS5 cannot exclude from everything
    return undefined
  }
  const positive = wanted.length > 1 ? `(${wanted.join(' AND ')})` : wanted[0]
  return unwanted.length === 0 ? positive : `(${positive} NOT (${unwanted.join(' OR ')}))`
}

/** An excluded part. Where the index would find too much of it, it is left out: rather a hit too many than one lost. */
function exclusion(search: Search, part: QueryNode): readonly string[] {
  const inner: Search = { ...search, exact: true }
  const expression = narrowing(inner, part)
  if (inner.exact && expression !== undefined) return [expression]
  search.exact = false
  return []
}

function takeMeta(search: Search, part: QueryNode): boolean {
  const meta = part.kind === 'not' ? part.of : part
  if (meta.kind !== 'meta') return false
  search.where.push({ field: meta.field, values: meta.values, negated: part.kind === 'not' })
  return true
}

function narrowing(search: Search, node: QueryNode): Narrowing {
  switch (node.kind) {
    case 'term':
      return node.window === undefined ? termOf(search, node) : windowOf(search, node, node.window)
    case 'and':
      return conjunction(search, node.of, false)
    case 'or':
      return disjunction(node.of.map((part) => narrowing(search, part)))
    case 'near':
      return nearOf(search, node)
    case 'atleast':
      search.exact = false
      return narrowing(search, node.of)
    default:
      search.exact = false
      return undefined
  }
}

function disjunction(parts: readonly Narrowing[]): Narrowing {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return known.length > 1 ? `(${known.join(' OR ')})` : known[0]
}

function together(parts: readonly Narrowing[]): Narrowing {
  const known = parts.filter((part) => part !== undefined)
  return known.length > 1 ? `(${known.join(' AND ')})` : known[0]
}

/** A term as phrases, or, where the index cannot say how it is spelled, its words one by one. */
function termOf(search: Search, term: TermNode): Narrowing {
  const phrases = phrasesOf(search, term)
  if (phrases !== undefined) return anyPhrase(term.fields, phrases)
  search.exact = false
  const variants = looseTerm(term, search.vocabulary, search.phrasesPerTerm)
  return disjunction(
    variants.map((words) =>
      together(words.map((spellings) => spellings && anyPhrase(term.fields, spellings))),
    ),
  )
}

function phrasesOf(search: Search, term: TermNode): readonly string[] | undefined {
  const found: SearchTerm | undefined = searchTerm(term, search.phrasesPerTerm)
  if (found?.exact === false) search.exact = false
  return found?.phrases
}

/** NEAR in FTS5 counts the words between the first and the last, those that are looked for included. */
function windowOf(search: Search, term: TermNode, within: number): Narrowing {
  const words = readTerm(term.text, term.mode).variants[0] ?? []
  const parts = words.map((word): TermNode => {
    const { window: _, ...plain } = term
    return { ...plain, text: rewritten(word) }
  })
  const each = parts.map((part) => phrasesOf(search, part))
  const known = each.filter((phrases) => phrases !== undefined)
  if (known.length < each.length) {
    search.exact = false
    return together(parts.map((part) => termOf(search, part)))
  }
  const distinct = new Set(words.map((word) => word.folded)).size === words.length
  return nearExpression(search, known, within + Math.max(0, words.length - 2), term.fields, distinct)
}

function nearOf(search: Search, node: NearNode): Narrowing {
  const operands = [operandOf(search, node.left), operandOf(search, node.right)] as const
  const [left, right] = operands
  if (left === undefined || right === undefined || left.fields !== right.fields) {
    search.exact = false
    return together([narrowing(search, node.left), narrowing(search, node.right)])
  }
  const apart = !left.phrases.some((one) => right.phrases.some((other) => mayOverlap(one, other)))
  return nearExpression(
    search,
    [left.phrases, right.phrases],
    node.within,
    left.fields,
    apart && !node.ordered,
  )
}

type Operand = { readonly phrases: readonly string[]; readonly fields: number }

/** The phrases of a term or an OR list of terms in the same fields; undefined for anything more. */
function operandOf(search: Search, node: QueryNode): Operand | undefined {
  const parts = node.kind === 'or' ? node.of : [node]
  const terms = parts.filter(
    (part) => part.kind === 'term' && part.window === undefined,
  ) as readonly TermNode[] // by this filter
  const [first] = terms
  if (first === undefined || terms.length < parts.length) return undefined
  if (terms.some((term) => term.fields !== first.fields)) return undefined
  const phrases = terms.map((term) => phrasesOf(search, term))
  const known = phrases.filter((one) => one !== undefined)
  return known.length < phrases.length ? undefined : { phrases: known.flat(), fields: first.fields }
}

/** Whether two phrases could be found on the same words; the index would take one place for both. */
function mayOverlap(one: string, other: string): boolean {
  const words = (phrase: string) =>
    phrase
      .replace(/[" ]*\*?$/, '')
      .replace(/^"/, '')
      .split(' ')
  const isWide = one.endsWith('*') || other.endsWith('*')
  return words(one).some((a) =>
    words(other).some((b) => a === b || (isWide && (a.startsWith(b) || b.startsWith(a)))),
  )
}

function nearExpression(
  search: Search,
  each: readonly (readonly string[])[],
  within: number,
  fields: number,
  exact: boolean,
): string {
  if (!exact) search.exact = false
  const size = each.reduce((product, phrases) => product * phrases.length, 1)
  if (size > PHRASES_MAX) {
    search.exact = false
    return `${columns(fields)}(${each.map((phrases) => `(${phrases.join(' OR ')})`).join(' AND ')})`
  }
  let sets: readonly string[] = ['']
  for (const phrases of each) sets = sets.flatMap((set) => phrases.map((phrase) => `${set} ${phrase}`))
  return `${columns(fields)}(${sets.map((set) => `NEAR(${set.trim()}, ${within})`).join(' OR ')})`
}
