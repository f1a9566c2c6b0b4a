// The articles of a window one by one, with a progress bar: however long the window, only one is in memory at a time.
import type { Topic } from '../model/topic.ts'
import { topicCandidates } from '../pipeline/topic-candidates.ts'
import type { ArchivedArticle, ArticleCandidates, Store } from '../store/index.ts'
import { startProgress } from './progress.ts'

const STEP = 500 // articles

/**
 * Articles first seen since then, oldest first: those that one of the topics could match, as far as the full-text index can tell, and
 * others beside them. Do not await inside.
 */
export function* scannedArticles(
  store: Store,
  topics: readonly Topic[],
  since: number,
  title: string,
): Generator<ArchivedArticle> {
  const { count, articles } = candidates(store, topics, since)
  const progress = startProgress(title, count)
  let done = 0
  for (const article of articles()) {
    yield article
    if (++done % STEP === 0) progress.step('articles', STEP)
  }
  progress.end()
}

const ARTICLES_PER_EXPRESSION = 40 // read and tagged, they take as long as the index does for a term with all its prefixes

function candidates(store: Store, topics: readonly Topic[], since: number): ArticleCandidates {
  const count = store.articles.countSince(since)
  const all = { count, articles: () => store.articles.taggables(since) }
  const expressions: string[] = []
  for (const topic of topics) {
    const found = topicCandidates(topic, store.search.wordsBeginning)
    if (found === undefined) return all
    expressions.push(...found)
    if (expressions.length * ARTICLES_PER_EXPRESSION > count) return all
  }
  return store.articles.candidates(expressions, since)
}
