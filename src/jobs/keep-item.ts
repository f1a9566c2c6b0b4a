// Keeps one item: unchanged, a revision of what we have, a copy of somebody's report, or a new article. Nothing is dropped.
import type { Item } from '../model/item.ts'
import type { Match, Taggable } from '../model/topic.ts'
import { type Decision, decide } from '../pipeline/dedupe.ts'
import { tagArticle } from '../pipeline/tag.ts'
import { authorLine, bodyOf, type FeedRow, type KnownArticle } from '../store/index.ts'
import { foldText } from '../text/fold.ts'
import { urlKey } from '../text/url.ts'
import { echoDocument } from './echo.ts'
import type { IngestDeps } from './ingest.ts'
import { contentHash, itemKey } from './item-key.ts'

export type Kept = {
  readonly kind: 'new' | 'duplicates' | 'revisions' | 'unchanged'
  readonly matches: number
}

type KeeperDeps = Pick<IngestDeps, 'store' | 'desk' | 'echo' | 'now' | 'detectLanguage'>

/** What is known of one incoming item before anything is decided. */
type Incoming = {
  readonly feed: FeedRow
  readonly item: Item
  readonly key: string
  readonly hash: string
  readonly urlKey?: string
  readonly language?: string
}

/** Returns the function that keeps one item of one feed; call it inside a transaction. */
export function createKeeper(deps: KeeperDeps) {
  const { store, desk, echo, now } = deps

  function languageOf(feed: FeedRow, item: Item, feedLanguage: string | undefined): string | undefined {
    const said = item.language ?? feed.settings.language ?? feed.language ?? feedLanguage
    if (said !== undefined) return said
    const detected = deps.detectLanguage(`${item.title ?? ''}\n${item.summary}`)
    return detected === 'und' ? undefined : detected
  }

  function tag({ feed, item, language }: Incoming): readonly Match[] {
    const source = desk().sources.get(feed.sourceId)
    const article: Taggable = {
      title: item.title ?? '',
      summary: item.summary,
      body: bodyOf(item),
      author: authorLine(item),
      source: feed.sourceId,
      tags: item.categories,
      ...(language === undefined ? {} : { lang: language }),
      ...(item.url === undefined ? {} : { url: item.url }),
      ...(source?.country === undefined ? {} : { country: source.country }),
      ...(source === undefined ? {} : { kind: source.kind }),
    }
    return tagArticle(desk().compiled, article)
  }

  function folded(articleId: number, item: Item) {
    return {
      articleId,
      title: foldText(item.title ?? ''),
      summary: foldText(item.summary),
      body: foldText(bodyOf(item)),
      author: foldText(authorLine(item)),
    }
  }

  function document(articleId: number, { feed, item, language }: Incoming) {
    const family = desk().sources.get(feed.sourceId)?.family ?? feed.sourceId
    return echoDocument(
      {
        articleId,
        sourceId: feed.sourceId,
        title: item.title ?? '',
        summary: item.summary,
        body: item.text,
        firstSeenAt: now(),
        ...(language === undefined ? {} : { language }),
        ...(item.url === undefined ? {} : { url: item.url }),
      },
      family,
    )
  }

  function sight(articleId: number, { feed, item, key, hash }: Incoming, because: string): void {
    store.articles.addSighting({
      articleId,
      feedId: feed.id,
      itemKey: key,
      contentHash: hash,
      item,
      seenAt: now(),
      because,
    })
  }

  function keepNew(incoming: Incoming): Kept {
    const { feed, item, language } = incoming
    const doc = document(0, incoming)
    const place = echo.stories().assign(doc)
    const storyId = place.storyId === 'new' ? store.stories.create(now()) : place.storyId
    const articleId = store.articles.insert({
      item,
      sourceId: feed.sourceId,
      feedId: feed.id,
      firstSeenAt: now(),
      storyId,
      storyBecause: place.because,
      ...(incoming.urlKey === undefined ? {} : { urlKey: incoming.urlKey }),
      ...(language === undefined ? {} : { language }),
    })
    sight(articleId, incoming, 'first')
    store.search.indexText(folded(articleId, item))
    const matches = tag(incoming)
    store.topics.addMatches(articleId, matches, now())
    echo.duplicates().add({ ...doc, articleId })
    echo.stories().addTo(storyId, { ...doc, articleId })
    return { kind: 'new', matches: matches.length }
  }

  function revise(incoming: Incoming, known: KnownArticle, decision: Decision): Kept {
    const { feed, item, key, hash } = incoming
    store.articles.revise(known, item, {
      seenAt: now(),
      corrected: decision.corrected ?? false,
      ...(incoming.urlKey === undefined ? {} : { urlKey: incoming.urlKey }),
    })
    store.articles.touchSighting(feed.id, key, hash, item)
    store.search.reindexText(folded(known.articleId, item))
    const matches = tag(incoming)
    store.topics.replaceMatches(known.articleId, matches)
    return { kind: 'revisions', matches: matches.length }
  }

  return (feed: FeedRow, item: Item, feedLanguage: string | undefined): Kept => {
    const key = itemKey(item)
    const hash = contentHash(item)
    const sighting = store.articles.findSighting(feed.id, key)
    if (sighting?.contentHash === hash) return { kind: 'unchanged', matches: 0 }
    const language = languageOf(feed, item, feedLanguage)
    const page = item.url === undefined ? undefined : urlKey(item.url)
    const incoming: Incoming = {
      feed,
      item,
      key,
      hash,
      ...(page === undefined ? {} : { urlKey: page }),
      ...(language === undefined ? {} : { language }),
    }
    const sameItem = sighting && store.articles.load(sighting.articleId)
    const decision = decide(incoming, sameItem)
    void decision
    return keepNew(incoming)
  }
}
