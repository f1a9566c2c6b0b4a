// The in-memory indexes of recent articles: who resembles whom. Rebuilt from the store at start, and whenever a transaction fails.
import type { Instant } from '../model/time.ts'
import { createStoryIndex, type StoryClusters } from '../pipeline/cluster.ts'
import { createDuplicateIndex, type DuplicateIndex } from '../pipeline/dedupe-index.ts'
import type { EchoDocument } from '../pipeline/echo-document.ts'
import type { KnownArticle, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'

const dayMs = 86_400_000
/** Copies arrive within three days; stories live five days after their last article. */
const copiesMs = 3 * dayMs
const storiesMs = 5 * dayMs

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

/** An article we keep, as the indexes see it: title and the text a feed usually carries. */
function documentOf(article: KnownArticle, family: string): EchoDocument {
  const { articleId, sourceId, title, summary, body, firstSeenAt, publishedAt, language, url } = article
  return {
    articleId,
    sourceId,
    family,
    title,
    text: summary || body,
    at: Math.min(publishedAt ?? firstSeenAt, firstSeenAt),
    ...(language === undefined ? {} : { language }),
    ...(url === undefined ? {} : { url }),
  }
}

/** What says nothing on this desk: every term it listens for, and the names of its sources. */
function expectedTexts({ topics, sources }: Desk): readonly string[] {
  const terms = topics.flatMap(({ any, all, near, query }) => [any, all, near?.of, query].flatMap(strings))
  return [...terms, ...[...sources.values()].map(({ name }) => name)]
}

/** Every string in a list of terms, however nested. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
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
      const document = documentOf(article, desk().sources.get(article.sourceId)?.family ?? article.sourceId)
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
