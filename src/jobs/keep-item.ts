// Keeps one item: unchanged, a revision of what we have, a copy of somebody's report, or a new article. Nothing is dropped.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Match, Taggable } from '../model/topic.ts'
import { decide, type Known } from '../pipeline/dedupe.ts'
import { tagArticle } from '../pipeline/tag.ts'
import { authorLine, bodyOf, type FeedRow, type KnownArticle, type Store } from '../store/index.ts'
import { foldText } from '../text/fold.ts'
import { urlKey } from '../text/url.ts'
import type { Desk } from './desk.ts'
import { type Echo, echoDocument } from './echo.ts'
import { contentHash, itemKey } from './item-key.ts'

export type Kept = {
  readonly kind: 'new' | 'duplicates' | 'revisions' | 'unchanged'
  readonly matches: number
}

export type KeeperDeps = {
  readonly store: Store
  readonly desk: () => Desk
  readonly echo: Echo
  readonly now: () => Instant
  readonly detectLanguage: (text: string) => string // 'und' when unsure
}

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
        ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
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
    store.topics.addMatches(articleId, matches)
    echo.duplicates().add({ ...doc, articleId })
    echo.stories().addTo(storyId, { ...doc, articleId })
    return { kind: 'new', matches: matches.length }
  }

  function revise(incoming: Incoming, articleId: number, corrected: boolean, because: string): Kept {
    const { feed, item, key, hash } = incoming
    const known = store.articles.load(articleId)
    if (known === undefined) return keepNew(incoming)
    store.articles.revise(known, item, {
      seenAt: now(),
      corrected,
      ...(incoming.urlKey === undefined ? {} : { urlKey: incoming.urlKey }),
    })
    if (!store.articles.touchSighting(feed.id, key, hash, item)) sight(articleId, incoming, because)
    store.search.reindexText(folded(articleId, item))
    const matches = tag(incoming)
    store.topics.replaceMatches(articleId, matches)
    echo.duplicates().add(document(articleId, incoming), articleId)
    return { kind: 'revisions', matches: matches.length }
  }

  /** The same words under another link or with other details: nothing a reader would call new. */
  function keepUnchanged(incoming: Incoming, articleId: number, because: string): Kept {
    const { feed, item, key, hash } = incoming
    if (!store.articles.touchSighting(feed.id, key, hash, item)) sight(articleId, incoming, because)
    return { kind: 'unchanged', matches: 0 }
  }

  function keepCopy(incoming: Incoming, articleId: number, because: string): Kept {
    sight(articleId, incoming, because)
    echo.duplicates().add(document(0, incoming), articleId)
    return { kind: 'duplicates', matches: 0 }
  }

  /** What the store knows that may be the same. A source's own article under the URL comes before anybody else's. */
  function known(incoming: Incoming, sightedArticleId: number | undefined): Known {
    const sameItem = sightedArticleId === undefined ? undefined : store.articles.load(sightedArticleId)
    const pages = incoming.urlKey === undefined ? [] : store.articles.findByUrlKey(incoming.urlKey)
    const sameUrl = pages.find((page) => page.sourceId === incoming.feed.sourceId) ?? pages[0]
    const isOwn =
      sameItem?.sourceId === incoming.feed.sourceId || sameUrl?.sourceId === incoming.feed.sourceId
    const nearest = isOwn ? undefined : echo.duplicates().nearest(document(0, incoming))
    return {
      ...(sameItem === undefined ? {} : { sameItem: asKnown(sameItem) }),
      ...(sameUrl === undefined ? {} : { sameUrl: asKnown(sameUrl) }),
      ...(nearest === undefined ? {} : { nearest }),
    }
  }

  function keep(incoming: Incoming, sightedArticleId: number | undefined): Kept {
    const { item, feed } = incoming
    const asked = {
      sourceId: feed.sourceId,
      title: item.title ?? '',
      text: textOf(item),
      ...(item.url === undefined ? {} : { url: item.url }),
    }
    const decision = decide(asked, known(incoming, sightedArticleId))
    switch (decision.kind) {
      case 'unchanged':
        return keepUnchanged(incoming, decision.of, decision.because)
      case 'revision':
        return revise(incoming, decision.of, decision.corrected, decision.because)
      case 'duplicate':
        return keepCopy(incoming, decision.of, decision.because)
      case 'new':
        return keepNew(incoming)
    }
  }

  return (feed: FeedRow, item: Item, feedLanguage: string | undefined): Kept => {
    const key = itemKey(item)
    const hash = contentHash(item)
    const sighting = store.articles.findSighting(feed.id, key)
    if (sighting?.contentHash === hash) return { kind: 'unchanged', matches: 0 }
    const language = languageOf(feed, item, feedLanguage)
    const page = item.url === undefined ? undefined : urlKey(item.url)
    const incoming = {
      feed,
      item,
      key,
      hash,
      ...(page === undefined ? {} : { urlKey: page }),
      ...(language === undefined ? {} : { language }),
    }
    return keep(incoming, sighting?.articleId)
  }
}

/** The text that revisions and copies are told by: summary and body together, as the article stores them. */
function textOf(item: Item): string {
  return `${item.summary}\n${bodyOf(item)}`
}

function asKnown({ articleId, sourceId, title, summary, body, url }: KnownArticle) {
  return { articleId, sourceId, title, text: `${summary}\n${body}`, ...(url === undefined ? {} : { url }) }
}
