// What an edition, an alert or a feed of ours is composed from: the articles of some topics in a window, and what was told of them.
import type { Digest, EditionMaterial, TopicHeading, Window } from '../model/digest.ts'
import type { IdRange, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'

export type EarlierStories = EditionMaterial['earlierStories']
/** For whom to gather; `told` stands in for the stories that the store remembers as told. */
export type Gathering = {
  readonly store: Store
  readonly desk: Desk
  readonly digest: Digest
  readonly told?: EarlierStories | undefined
}

/** Without totals and baselines: only a digest's own edition speaks of those, and adds them. */
export function gatherMaterial(
  { store, desk, digest, told }: Gathering,
  window: Window,
  range: IdRange,
  topics: readonly TopicHeading[],
): EditionMaterial {
  const ids = topics.map(({ topicId }) => topicId)
  const articles = store.material.articles(range, window, ids)
  const storyIds = articles.map(({ storyId }) => storyId)
  return {
    digest,
    number: store.editions.lastNumber(digest.id) + 1,
    window,
    topics,
    articles,
    afterArticleId: range.after,
    totalNew: 0,
    totalDuplicates: 0,
    coverage: store.coverage.coverage(window),
    baselines: [],
    ...(desk.linksLanguages === true && { linkedReports: store.languageLinks.reports(storyIds, range.upTo) }),
    earlierStories: told ?? store.editions.earlierStories(digest.id, storyIds),
    ruleVersions: ids.map((topicId) => ({ topicId, version: store.topics.version(topicId) })),
    configHash: desk.configHash,
  }
}
