// Whether an article is what a search looks for: the same test that tagging makes, so that both find the same.
import type { Taggable } from '../model/topic.ts'
import { compileMatcher } from './match-compile.ts'
import type { QueryNode } from './query-tree.ts'
import { tagArticle } from './tag.ts'

/** Compiles the tree of a search once, for all articles that the index names. */
export function searchTest(tree: QueryNode): (article: Taggable) => boolean {
  const watchlist = { topicIds: ['search'], matcher: compileMatcher([tree]) }
  return (article) => tagArticle(watchlist, article).length > 0
}
