// One item on its way in: read once, its words cut once, for tagging, search, duplicates and stories alike.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Match, Taggable } from '../model/topic.ts'
import { type FoldedFields, foldedFields, leadOf, leadWords } from '../pipeline/folded-fields.ts'
import type { Unnumbered } from '../pipeline/judge.ts'
import type { ArticleWords } from '../pipeline/match-scan.ts'
import { articleWords, tagArticle } from '../pipeline/tag.ts'
import { authorLine, bodyOf, type FeedRow } from '../store/index.ts'
import { urlKey } from '../text/url.ts'
import type { Desk } from './desk.ts'

export type Incoming = {
  readonly feed: FeedRow
  readonly item: Item
  readonly key: string // identity within the feed
  readonly hash: string // of what it says
  readonly urlKey?: string
  readonly language?: string
  readonly article: Taggable
  /** The folded text of each field. */
  readonly folded: () => FoldedFields
  /** The topics it is about, by the rules of the desk it was read with. */
  readonly matches: () => readonly Match[]
  readonly document: Unnumbered
}

/** What reading an item needs to know beside the item. `language` is what feed, source or detection say. */
export type ReadingContext = {
  readonly feed: FeedRow
  readonly desk: Desk
  readonly now: Instant
  readonly key: string
  readonly hash: string
  readonly language?: string
}

/** What topics are tested against: the texts of an item, and what is known of where it stands. */
function taggableOf(
  item: Item,
  { feed, desk, language }: Pick<ReadingContext, 'feed' | 'desk' | 'language'>,
): Taggable {
  const source = desk.sources.get(feed.sourceId)
  return {
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
}

/** Reads an item once: its words are cut once, and used for all that is asked of it. They are shared, so keep the result for one step only. */
export function readIncoming(item: Item, context: ReadingContext): Incoming {
  const { feed, desk, key, hash, language } = context
  const article = taggableOf(item, context)
  const words = articleWords(article)
  const page = article.url === undefined ? undefined : urlKey(article.url)
  return {
    feed,
    item,
    key,
    hash,
    article,
    folded: () => foldedFields(words),
    matches: () => tagArticle(desk.compiled, article, words),
    document: documentOf(item, article, words, context),
    ...(page === undefined ? {} : { urlKey: page }),
    ...(language === undefined ? {} : { language }),
  }
}

function documentOf(
  item: Item,
  article: Taggable,
  words: ArticleWords,
  { feed: { sourceId }, desk, now, language }: ReadingContext,
): Incoming['document'] {
  return {
    articleId: 0,
    sourceId,
    family: desk.sources.get(sourceId)?.family ?? sourceId,
    title: item.title ?? '',
    text: leadOf(article),
    at: Math.min(item.publishedAt ?? now, now), // a date in the future says nothing about when it was told
    seenAt: now,
    words: leadWords(words),
    ...(item.url === undefined ? {} : { url: item.url }),
    ...(language === undefined ? {} : { language }),
  }
}

/** The text that revisions are told by: summary and body together, as the article stores them. */
export function comparedText({ summary, body }: { readonly summary: string; readonly body: string }): string {
  return `${summary}\n${body}`
}
