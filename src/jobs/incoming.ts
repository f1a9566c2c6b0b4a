// One item on its way in: read once, its words cut once, for tagging, search, duplicates and stories alike.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Taggable } from '../model/topic.ts'
import type { EchoDocument } from '../pipeline/echo-document.ts'
import type { ArticleWords } from '../pipeline/match-scan.ts'
import { articleWords } from '../pipeline/tag.ts'
import { authorLine, bodyOf, type FeedRow } from '../store/index.ts'
import { urlKey } from '../text/url.ts'
import { analyse, joinWords } from '../text/words.ts'
import type { Desk } from './desk.ts'

export type Incoming = {
  readonly feed: FeedRow
  readonly item: Item
  readonly key: string // identity within the feed
  readonly hash: string // of what it says
  readonly urlKey?: string
  readonly language?: string
  readonly article: Taggable
  readonly words: ArticleWords
  /** The indexes keep what they computed of this very object: give it its id when it has one, never a copy. */
  readonly document: { -readonly [K in keyof EchoDocument]: EchoDocument[K] }
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

/** Reads an item once. Cut words are shared, so keep the result for the length of one step only. */
export function readIncoming(item: Item, { feed, desk, now, key, hash, language }: ReadingContext): Incoming {
  const source = desk.sources.get(feed.sourceId)
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
  const words = articleWords(article)
  const page = item.url === undefined ? undefined : urlKey(item.url)
  return {
    feed,
    item,
    key,
    hash,
    article,
    words,
    document: documentOf(item, words, {
      sourceId: feed.sourceId,
      family: source?.family ?? feed.sourceId,
      now,
      ...(language === undefined ? {} : { language }),
    }),
    ...(page === undefined ? {} : { urlKey: page }),
    ...(language === undefined ? {} : { language }),
  }
}

type DocumentContext = {
  readonly sourceId: string
  readonly family: string
  readonly now: Instant
  readonly language?: string
}

const noWords = analyse('')

function documentOf(
  item: Item,
  words: ArticleWords,
  { sourceId, family, now, language }: DocumentContext,
): Incoming['document'] {
  return {
    articleId: 0,
    sourceId,
    family,
    title: item.title ?? '',
    text: item.summary || item.text,
    at: Math.min(item.publishedAt ?? now, now), // a date in the future says nothing about when it was told
    seenAt: now,
    words: { title: words.title ?? noWords, text: words.summary ?? words.body ?? noWords },
    ...(item.url === undefined ? {} : { url: item.url }),
    ...(language === undefined ? {} : { language }),
  }
}

/** The folded text of each field, for the search index. */
export function foldedText(articleId: number, { title, summary, body, author }: ArticleWords) {
  const folded = (words = noWords): string => joinWords(words)
  return {
    articleId,
    title: folded(title),
    summary: folded(summary),
    body: folded(body),
    author: folded(author),
  }
}

/** The text that revisions are told by: summary and body together, as the article stores them. */
export function comparedText({ summary, body }: { readonly summary: string; readonly body: string }): string {
  return `${summary}\n${body}`
}
