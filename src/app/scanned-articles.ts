// The articles of a window one by one, with a progress bar: however long the window, only one is in memory at a time.
import type { ArchivedArticle, Store } from '../store/index.ts'
import { startProgress } from './progress.ts'

const STEP = 500 // articles

/** Articles first seen since then, oldest first. Do not await inside. */
export function* scannedArticles(store: Store, since: number, title: string): Generator<ArchivedArticle> {
  const progress = startProgress(title, store.articles.countSince(since))
  let done = 0
  for (const article of store.articles.taggables(since)) {
    yield article
    if (++done % STEP === 0) progress.step('articles', STEP)
  }
  progress.end()
}
