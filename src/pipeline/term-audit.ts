// Which terms of a topic bring its articles: those that bring none, and those that bring most of them by themselves.
import type { MatchNode } from './match-tree.ts'
import type { CompiledWatchlist } from './tag.ts'

/** In how many of the topic's articles a term is evidence, and in how many of these it is the only one. */
export type TermLine = {
  readonly term: string
  readonly articles: number
  readonly alone: number
  readonly note?: 'dead' | 'noisy'
}
export type TermAudit = {
  /** Counts one article that the topic matches; `terms` as `matchingTerms` gives them. */
  readonly count: (terms: ReadonlySet<string>) => void
  /** The terms, those with the most articles first. */
  readonly lines: () => readonly TermLine[]
}

const NOISY_SHARE = 0.5
const NOISY_ARTICLES_LEAST = 5 // of fewer, one term easily brings most

/** The terms a topic looks for, as written, excluded ones left out; none when the watchlist has no such topic. */
function soughtTerms(watchlist: CompiledWatchlist, topicId: string): readonly string[] {
  const tree = watchlist.matcher.trees[watchlist.topicIds.indexOf(topicId)]
  return tree === undefined ? [] : [...new Set(termsOf(tree))]
}

function termsOf(node: MatchNode): readonly string[] {
  switch (node.kind) {
    case 'terms':
      return node.terms
    case 'window':
      return [node.term]
    case 'and':
    case 'or':
      return node.of.flatMap(termsOf)
    case 'near':
      return [...termsOf(node.left), ...termsOf(node.right)]
    case 'atleast':
      return termsOf(node.of)
    default:
      return []
  }
}

/**
 * Begins the audit of one topic. A term is dead when it is evidence in no article. It is noisy when it stands alone, no other
 * term of the topic beside it, in more than half of the topic's articles; not in a topic of one term or of fewer than five articles.
 */
export function auditTerms(watchlist: CompiledWatchlist, topicId: string): TermAudit {
  const tally = new Map(
    soughtTerms(watchlist, topicId).map((term) => [term, { term, articles: 0, alone: 0 }]),
  )
  let total = 0
  const noteOf = (articles: number, alone: number): Pick<TermLine, 'note'> => {
    if (articles === 0) return { note: 'dead' }
    const isNoisy = tally.size > 1 && total >= NOISY_ARTICLES_LEAST && alone > total * NOISY_SHARE
    return isNoisy ? { note: 'noisy' } : {}
  }
  return {
    count: (terms) => {
      total++
      for (const term of terms) {
        const line = tally.get(term)
        if (line === undefined) continue
        line.articles++
        if (terms.size === 1) line.alone++
      }
    },
    lines: () =>
      [...tally.values()]
        .map((line) => ({ ...line, ...noteOf(line.articles, line.alone) }))
        .toSorted((a, b) => b.articles - a.articles),
  }
}
