// Tagging: which topics an article is about, and which of its words say so.
import type { Match, Span, Taggable, Topic, TopicProblem } from '../model/topic.ts'
import { analyse } from '../text/words.ts'
import { compileMatcher, type Matcher } from './match-compile.ts'
import { type Evidence, gatherEvidence, holds, placesOf } from './match-evaluate.ts'
import { allPlaces, type MissingPart, missingParts } from './match-explain.ts'
import type { TermWords, WordPlace } from './match-places.ts'
import { type ArticleWords, FIELDS, findPatterns } from './match-scan.ts'
import type { QueryNode } from './query-tree.ts'
import { topicTree } from './topic-tree.ts'

/** Topics ready to be looked for. Made once for a set of topics; immutable. */
export type CompiledWatchlist = { readonly topicIds: readonly string[]; readonly matcher: Matcher }

export type Compilation = {
  readonly watchlist: CompiledWatchlist
  readonly problems: readonly TopicProblem[]
  readonly warnings: readonly TopicProblem[]
}

/** Compiles topics in configured order. A topic with problems is left out; all others work. */
export function compileWatchlist(topics: readonly Topic[]): Compilation {
  const read = topics.map((topic) => ({ id: topic.id, ...topicTree(topic) }))
  const usable = read.flatMap(({ id, tree }) => (tree === undefined ? [] : [{ id, tree }]))
  const trees: readonly QueryNode[] = usable.map(({ tree }) => tree)
  return {
    watchlist: { topicIds: usable.map(({ id }) => id), matcher: compileMatcher(trees) },
    problems: read.flatMap(({ problems }) => problems),
    warnings: read.flatMap(({ warnings }) => warnings),
  }
}

/** The words of an article's text fields. Give them to `tagArticle` when other steps need them too. */
export function articleWords({ title, summary, body, author }: Taggable): ArticleWords {
  const words: { -readonly [field in keyof ArticleWords]: ArticleWords[field] } = {}
  if (title !== undefined && title !== '') words.title = analyse(title)
  if (summary !== undefined && summary !== '') words.summary = analyse(summary)
  if (body !== undefined && body !== '') words.body = analyse(body)
  if (author !== undefined && author !== '') words.author = analyse(author)
  return words
}

/**
 * The topics an article is about, in configured order. Spans are ordered by field (title, summary, body, author),
 * then by start, and no span is given twice. Never throws, whatever the text.
 */
export function tagArticle(
  watchlist: CompiledWatchlist,
  article: Taggable,
  known?: ArticleWords,
): readonly Match[] {
  const { matcher, topicIds } = watchlist
  const words = known ?? articleWords(article)
  const evidence =
    known === undefined
      ? gatherEvidence(matcher, findPatterns(matcher, words), article)
      : evidenceOf(matcher, article, known)
  const matches: Match[] = []
  for (const topic of evidence.candidates) {
    const tree = matcher.trees[topic]
    if (tree === undefined || !holds(evidence, tree)) continue
    matches.push({ topicId: topicIds[topic] ?? '', spans: spansOf(words, placesOf(evidence, tree)) })
  }
  return matches
}

/** Why a topic matches an article or does not. `terms` are all its terms that occur, excluded ones too; `missing` is empty when it matches. */
export type Explanation = {
  readonly topicId: string
  readonly matched: boolean
  readonly terms: readonly { readonly term: string; readonly spans: readonly Span[] }[]
  readonly missing: readonly {
    readonly because: MissingPart['because']
    readonly part: string
    readonly spans: readonly Span[] // where an excluded part stands
  }[]
}

/**
 * Explains one topic for one article; undefined when the watchlist has no such topic.
 * Given the same `article` and `words` as `tagArticle` just before, it does not read the text again.
 */
export function explainTopic(
  watchlist: CompiledWatchlist,
  topicId: string,
  article: Taggable,
  words: ArticleWords = articleWords(article),
): Explanation | undefined {
  const { matcher, topicIds } = watchlist
  const tree = matcher.trees[topicIds.indexOf(topicId)]
  if (tree === undefined) return undefined
  const evidence = evidenceOf(matcher, article, words)
  return {
    topicId,
    matched: holds(evidence, tree),
    terms: termsOf(words, allPlaces(evidence, tree)),
    missing: missingParts(evidence, tree).map(({ because, part, places }) => {
      return { because, part, spans: spansOf(words, places) }
    }),
  }
}

/** Each term with its spans, in the order in which they first occur; two terms may stand in one place. */
function termsOf(words: ArticleWords, places: readonly WordPlace[]): Explanation['terms'] {
  const byTerm = Map.groupBy(places, (place) => place.parts[0]?.term ?? '')
  const terms = [...byTerm].map(([term, found]) => ({ term, spans: spansOf(words, found) }))
  return terms.toSorted((a, b) => order(a.spans[0]) - order(b.spans[0]))
}

function order(span: Span | undefined): number {
  return span === undefined ? 0 : FIELDS.indexOf(span.field) * 2 ** 32 + span.start
}

/**
 * The terms that make a topic match an article, also those that find only what another term finds too; none when it does not
 * match. Given the same `article` and `words` as `tagArticle` just before, it does not read the text again.
 */
export function matchingTerms(
  watchlist: CompiledWatchlist,
  topicId: string,
  article: Taggable,
  words: ArticleWords = articleWords(article),
): ReadonlySet<string> {
  const { matcher, topicIds } = watchlist
  const tree = matcher.trees[topicIds.indexOf(topicId)]
  if (tree === undefined) return new Set()
  const places = placesOf(evidenceOf(matcher, article, words), tree)
  return new Set(places.flatMap(({ parts }) => parts.map(({ term }) => term)))
}

type Known = { readonly matcher: Matcher; readonly words: ArticleWords; readonly evidence: Evidence }
let latest: Known | undefined

/** The evidence for an article, kept until another is asked for, so that explaining after tagging costs little. */
function evidenceOf(matcher: Matcher, article: Taggable, words: ArticleWords): Evidence {
  if (latest?.matcher === matcher && latest.words === words && latest.evidence.article === article)
    return latest.evidence
  const evidence = gatherEvidence(matcher, findPatterns(matcher, words), article)
  latest = { matcher, words, evidence }
  return evidence
}

/** Spans of the places, in order, equal ones once. */
function spansOf(words: ArticleWords, places: readonly WordPlace[]): readonly Span[] {
  const found = places.flatMap(({ field, parts }) => parts.map((part) => ({ field, ...part })))
  if (found.length > 1) found.sort((a, b) => a.field - b.field || a.first - b.first || a.last - b.last)
  const distinct = found.filter((one, at) => at === 0 || !isSamePlace(one, found[at - 1]))
  return distinct.map(({ field, first, last, term }) => {
    const name = FIELDS[field] ?? 'title'
    return { field: name, start: words[name]?.starts[first] ?? 0, end: words[name]?.ends[last] ?? 0, term }
  })
}

type Found = TermWords & { readonly field: number }

function isSamePlace(one: Found, other: Found | undefined): boolean {
  return one.field === other?.field && one.first === other.first && one.last === other.last
}
