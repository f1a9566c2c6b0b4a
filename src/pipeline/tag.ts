// Tagging: which topics an article is about, and which of its words say so.
import type { Match, Span, Taggable, Topic, TopicProblem } from '../model/topic.ts'
import { analyse } from '../text/words.ts'
import { compileMatcher, type Matcher } from './match-compile.ts'
import { gatherEvidence, holds, placesOf } from './match-evaluate.ts'
import type { Part, Place } from './match-places.ts'
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
export function articleWords(article: Taggable): ArticleWords {
  const words: { -readonly [field in keyof ArticleWords]: ArticleWords[field] } = {}
  for (const field of FIELDS) {
    const text = article[field]
    if (text !== undefined && text !== '') words[field] = analyse(text)
  }
  return words
}

/**
 * The topics an article is about, in configured order. Spans are ordered by field (title, summary, body, author),
 * then by start, and no span is given twice. Never throws, whatever the text.
 */
export function tagArticle(
  watchlist: CompiledWatchlist,
  article: Taggable,
  words: ArticleWords = articleWords(article),
): readonly Match[] {
  const { matcher, topicIds } = watchlist
  const evidence = gatherEvidence(matcher, findPatterns(matcher, words), article)
  const matches: Match[] = []
  for (const topic of evidence.candidates) {
    const tree = matcher.trees[topic]
    if (tree === undefined || !holds(evidence, tree)) continue
    matches.push({ topicId: topicIds[topic] ?? '', spans: spansOf(words, placesOf(evidence, tree)) })
  }
  return matches
}

/** Spans of the places, in order, equal ones once. */
export function spansOf(words: ArticleWords, places: readonly Place[]): readonly Span[] {
  const spans = new Map<string, Span>()
  for (const place of places) {
    for (const part of place.parts) {
      const span = spanOf(words, place.field, part)
      const key = `${place.field} ${span.start} ${span.end}`
      if (!spans.has(key)) spans.set(key, span)
    }
  }
  return [...spans.values()].toSorted(bySpanOrder)
}

function spanOf(words: ArticleWords, field: number, part: Part): Span {
  const name = FIELDS[field] ?? 'title'
  const start = words[name]?.starts[part.first] ?? 0
  const end = words[name]?.ends[part.last] ?? 0
  return { field: name, start, end, term: part.term }
}

function bySpanOrder(a: Span, b: Span): number {
  return FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field) || a.start - b.start || a.end - b.end
}
