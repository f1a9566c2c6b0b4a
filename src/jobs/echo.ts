// The in-memory indexes of recent articles: who resembles whom. Rebuilt from the store at start, and whenever a transaction fails.
import type { Instant } from '../model/time.ts'
import { createStoryIndex, type StoryClusters } from '../pipeline/cluster.ts'
import { createDuplicateIndex, type DuplicateIndex } from '../pipeline/dedupe-index.ts'
import type { Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { expectedTexts } from './expected-texts.ts'
import { knownDocument } from './known-document.ts'

const dayMs = 86_400_000
/** Copies arrive within three days; stories live five days after their last article. */
export const copiesMs = 3 * dayMs
export const storiesMs = 5 * dayMs

export type Echo = {
  readonly duplicates: () => DuplicateIndex
  readonly stories: () => StoryClusters
  /** Forgets what is too old to matter at `now`. */
  readonly forget: (now: Instant) => void
  /** Reads the recent archive again if somebody changed stories since it was read: a person by hand, in another process. */
  readonly follow: (now: Instant) => void
  /** Reads the recent archive again: after a failed transaction the indexes may know articles that were never stored. */
  readonly rebuild: (now: Instant) => void
}

/** Indexes over the articles of the last days in `store`. */
export function createEcho(store: Store, desk: () => Desk): Echo {
  let duplicates = createDuplicateIndex()
  let stories = createStoryIndex({ expected: expectedTexts(desk()) })
  let changesSeen = 0
  const rebuild = (now: Instant): void => {
    changesSeen = store.storyChanges.latest() // before reading: what changes meanwhile is read once more
    duplicates = createDuplicateIndex()
    stories = createStoryIndex({ expected: expectedTexts(desk()) })
    for (const article of store.articles.since(now - storiesMs)) {
      const document = knownDocument(article, desk())
      duplicates.add(document)
      stories.addTo(article.storyId, document)
    }
  }
  return {
    duplicates: () => duplicates,
    stories: () => stories,
    forget: (now) => {
      duplicates.forgetBefore(now - copiesMs)
      stories.forgetBefore(now - storiesMs)
    },
    follow: (now) => {
      if (store.storyChanges.latest() !== changesSeen) rebuild(now)
    },
    rebuild,
  }
}
