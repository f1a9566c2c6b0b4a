// Keeps one item: unchanged, a revision of what we have, a copy of somebody's report, or a new article. Nothing is dropped.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { decide, type Known } from '../pipeline/dedupe.ts'
import { tagArticle } from '../pipeline/tag.ts'
import type { FeedRow, KnownArticle, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import type { Echo } from './echo.ts'
import { comparedText, foldedText, type Incoming, readIncoming } from './incoming.ts'
import { contentHash, itemKey } from './item-key.ts'
import { placeReason } from './place-reason.ts'

export type Kept = {
  readonly kind: 'new' | 'duplicates' | 'revisions' | 'unchanged'
  readonly matches: number
  readonly isRenamed?: boolean // a known page under a new identity
}

export type KeeperDeps = {
  readonly store: Store
  readonly desk: () => Desk
  readonly echo: Echo
  readonly now: () => Instant
  readonly detectLanguage: (text: string) => string // 'und' when unsure
}

/** What keeping the items of one outcome needs. */
export type Keeping = KeeperDeps & {
  readonly texts: Texts
  readonly isLate: boolean // a newer fetch of the feed was kept already: what is known stays as that one said
}

/**
 * Folded texts that wait for the end of the transaction. FTS5 flushes what it has gathered whenever another table is written,
 * so texts written one by one between articles cost ten times as much as all of them at the end.
 */
export type Texts = Map<number, { readonly text: ReturnType<typeof foldedText>; readonly isNew: boolean }>

const unchanged: Kept = { kind: 'unchanged', matches: 0 }

/** Keeps one item of one feed; call it inside a transaction. `feedLanguage` is what the feed says of itself. */
export function keepItem(deps: Keeping, feed: FeedRow, item: Item, feedLanguage: string | undefined): Kept {
  const key = itemKey(item)
  const hash = contentHash(item)
  const sighting = deps.store.articles.findSighting(feed.id, key)
  if (sighting?.contentHash === hash || (sighting !== undefined && deps.isLate)) return unchanged
  const language = languageOf(deps, feed, item, feedLanguage)
  const context = {
    feed,
    desk: deps.desk(),
    now: deps.now(),
    key,
    hash,
    ...(language === undefined ? {} : { language }),
  }
  return keepChanged(deps, readIncoming(item, context), sighting?.articleId)
}

function languageOf(
  deps: Keeping,
  feed: FeedRow,
  item: Item,
  feedLanguage: string | undefined,
): string | undefined {
  const said = item.language ?? feed.settings.language ?? feed.language ?? feedLanguage
  if (said !== undefined) return said
  const detected = deps.detectLanguage(`${item.title ?? ''}\n${item.summary}`)
  return detected === 'und' ? undefined : detected
}

function keepChanged(deps: Keeping, incoming: Incoming, sightedArticleId: number | undefined): Kept {
  const { document, article } = incoming
  const text = comparedText({ summary: article.summary ?? '', body: article.body ?? '' })
  const decision = decide({ ...document, text }, known(deps, incoming, sightedArticleId))
  switch (decision.kind) {
    case 'unchanged':
      return keepUnchanged(deps, incoming, decision.of, decision.because)
    case 'revision':
      if (deps.isLate) return keepUnchanged(deps, incoming, decision.of, decision.because)
      return keepRevision(deps, incoming, decision)
    case 'duplicate':
      return keepCopy(deps, incoming, decision.of, decision.because)
    case 'new':
      return keepNew(deps, incoming, decision.because)
  }
}

/** What the store knows that may be the same. A source's own article under the URL comes before anybody else's. */
function known(
  { store, echo }: KeeperDeps,
  { feed, urlKey, document }: Incoming,
  sightedArticleId: number | undefined,
): Known {
  const sameItem = sightedArticleId === undefined ? undefined : store.articles.load(sightedArticleId)
  const pages = urlKey === undefined ? [] : store.articles.findByUrlKey(urlKey)
  const sameUrl = pages.find((page) => page.sourceId === feed.sourceId) ?? pages[0]
  const isOwn = sameItem?.sourceId === feed.sourceId || sameUrl?.sourceId === feed.sourceId
  const nearest = isOwn ? undefined : echo.duplicates().nearest(document)
  return {
    ...(sameItem === undefined ? {} : { sameItem: asKnown(sameItem) }),
    ...(sameUrl === undefined ? {} : { sameUrl: asKnown(sameUrl) }),
    ...(nearest === undefined ? {} : { nearest }),
  }
}

function asKnown(article: KnownArticle) {
  const { articleId, sourceId, title, url } = article
  return { articleId, sourceId, title, text: comparedText(article), ...(url === undefined ? {} : { url }) }
}

function sight(
  { store, now }: KeeperDeps,
  articleId: number,
  { feed, item, key, hash }: Incoming,
  because: string,
): void {
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

/** This feed's entry says something else now; one it had not shown before is a sighting. True for a known page under a new identity. */
function touchOrSight(deps: Keeping, articleId: number, incoming: Incoming, because: string): boolean {
  const { feed, key, hash, item } = incoming
  if (deps.store.articles.touchSighting(feed.id, key, hash, item)) return false
  sight(deps, articleId, incoming, because)
  return because === 'same-url'
}

/** The same words under another link or with other details: nothing a reader would call new. */
function keepUnchanged(deps: Keeping, incoming: Incoming, articleId: number, because: string): Kept {
  return { ...unchanged, isRenamed: touchOrSight(deps, articleId, incoming, because) }
}

function keepCopy(deps: Keeping, incoming: Incoming, articleId: number, because: string): Kept {
  sight(deps, articleId, incoming, because)
  deps.echo.keepCopy(incoming.document, articleId)
  return { kind: 'duplicates', matches: 0, isRenamed: because === 'same-url' }
}

type RevisionDecision = { readonly of: number; readonly corrected: boolean; readonly because: string }

function keepRevision(deps: Keeping, incoming: Incoming, { of, corrected, because }: RevisionDecision): Kept {
  const { store, desk, now, echo, texts } = deps
  const { item, urlKey, words, article, document } = incoming
  const known = store.articles.load(of)
  if (known === undefined) return keepNew(deps, incoming, because)
  store.articles.revise(known, item, {
    seenAt: now(),
    corrected,
    because,
    ...(urlKey === undefined ? {} : { urlKey }),
  })
  const isRenamed = touchOrSight(deps, of, incoming, because)
  texts.set(of, { text: foldedText(of, words), isNew: texts.get(of)?.isNew ?? false })
  const matches = tagArticle(desk().compiled, article, words)
  store.topics.replaceMatches(of, matches)
  document.articleId = of
  echo.keepCopy(document, of)
  return { kind: 'revisions', matches: matches.length, isRenamed }
}

function keepNew(deps: Keeping, incoming: Incoming, keptBecause: string): Kept {
  const { store, desk, now, echo, texts } = deps
  const { feed, item, language, urlKey, words, article, document } = incoming
  const place = echo.stories().assign(document)
  const storyId = place.storyId === 'new' ? store.stories.create(now()) : place.storyId
  const articleId = store.articles.insert({
    item,
    sourceId: feed.sourceId,
    feedId: feed.id,
    firstSeenAt: now(),
    storyId,
    storyBecause: placeReason(place),
    keptBecause,
    ...(urlKey === undefined ? {} : { urlKey }),
    ...(language === undefined ? {} : { language }),
  })
  sight(deps, articleId, incoming, 'first')
  if (place.related.length > 0) store.stories.relate(articleId, place.related)
  texts.set(articleId, { text: foldedText(articleId, words), isNew: true })
  const matches = tagArticle(desk().compiled, article, words)
  store.topics.addMatches(articleId, matches)
  document.articleId = articleId
  echo.keepArticle(document, storyId)
  return { kind: 'new', matches: matches.length }
}

/** Writes the texts that waited; the last thing before the commit. */
export function writeTexts({ store, texts }: Keeping): void {
  for (const { text, isNew } of texts.values()) {
    if (isNew) store.search.indexText(text)
    else store.search.reindexText(text)
  }
}
