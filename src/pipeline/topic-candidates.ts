// Which articles of an archive a topic could match: what the full-text index can tell before any article is read.
import type { Topic } from '../model/topic.ts'
import type { QueryNode, TermNode } from './query-tree.ts'
import { anyPhrase } from './search-phrases.ts'
import { looseTerm, searchTerm, type Vocabulary } from './search-terms.ts'
import { topicTree } from './topic-tree.ts'

/** What an article has to hold, for FTS5; undefined when that may be anything. */
type Needed = string | undefined

/**
 * Expressions for MATCH, as `toFtsQuery` makes them. Together they find every article that the topic matches, and some others:
 * exclusions, order, distance and metadata are left to the topic itself. Undefined when the index cannot narrow the topic; none when
 * it has mistakes and matches nothing. `vocabulary` gives the words of the index.
 */
export function topicCandidates(topic: Topic, vocabulary: Vocabulary): readonly string[] | undefined {
  const { tree } = topicTree(topic)
  if (tree === undefined) return []
  const needed = alternatives(tree).map((part) => neededBy(part, vocabulary))
  const known = needed.filter((part) => part !== undefined)
  return known.length < needed.length ? undefined : known
}

/** A list of terms, one by one: FTS5 looks at each part of an OR again for every article that any of them finds. */
function alternatives(node: QueryNode): readonly QueryNode[] {
  if (node.kind === 'or') return node.of.flatMap(alternatives)
  const [only, ...others] =
    node.kind === 'and' ? node.of.filter(({ kind }) => kind !== 'not' && kind !== 'meta') : []
  return only === undefined || others.length > 0 ? [node] : alternatives(only)
}

function neededBy(node: QueryNode, vocabulary: Vocabulary): Needed {
  switch (node.kind) {
    case 'term':
      return neededByTerm(node, vocabulary)
    case 'and':
      return all(node.of.map((part) => neededBy(part, vocabulary)))
    case 'or':
      return any(node.of.map((part) => neededBy(part, vocabulary)))
    case 'near':
      return all([neededBy(node.left, vocabulary), neededBy(node.right, vocabulary)])
    case 'atleast':
      return neededBy(node.of, vocabulary)
    default:
      return undefined // a NOT or metadata
  }
}

/** The phrases of a term where the index knows all of them, else its words wherever they stand. */
function neededByTerm(term: TermNode, vocabulary: Vocabulary): Needed {
  const whole = term.window === undefined ? searchTerm(term) : undefined
  if (whole?.exact) return anyPhrase(term.fields, whole.phrases)
  return any(
    looseTerm(term, vocabulary).map((words) =>
      all(words.map((spellings) => spellings && anyPhrase(term.fields, spellings))),
    ),
  )
}

function all(parts: readonly Needed[]): Needed {
  const known = parts.filter((part) => part !== undefined)
  return known.length > 1 ? `(${known.join(' AND ')})` : known[0]
}

function any(parts: readonly Needed[]): Needed {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return known.length > 1 ? `(${known.join(' OR ')})` : known[0]
}
