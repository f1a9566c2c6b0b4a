// Articles on their way to another thread: all their texts as one string, since what sending costs is not letters but pieces.
import type { Taggable } from '../model/topic.ts'

export type PackedArticles = {
  readonly texts: string // one after the other
  readonly lengths: Int32Array<ArrayBuffer> // of each article: one for each field, how many tags, one for each tag; in UTF-16 units
}

const fields = ['title', 'summary', 'body', 'author', 'lang', 'source', 'country', 'kind', 'url'] as const
const ABSENT = -1

export function packArticles(articles: readonly Taggable[]): PackedArticles {
  const texts: string[] = []
  const lengths: number[] = []
  const add = (text: string): void => {
    texts.push(text)
    lengths.push(text.length)
  }
  for (const article of articles) {
    for (const field of fields) {
      const text = article[field]
      if (text === undefined) lengths.push(ABSENT)
      else add(text)
    }
    lengths.push(article.tags?.length ?? ABSENT)
    for (const tag of article.tags ?? []) add(tag)
  }
  return { texts: texts.join(''), lengths: Int32Array.from(lengths) }
}

type Draft = { -readonly [Name in keyof Taggable]: Taggable[Name] }

/** What `packArticles` packed, in the same order. */
export function unpackArticles(packed: PackedArticles): readonly Taggable[] {
  const articles: Taggable[] = []
  const cursor = { packed, at: 0, from: 0 }
  while (cursor.at < packed.lengths.length) articles.push(nextArticle(cursor))
  return articles
}

/** Where in the lengths and in the texts the next one stands. */
type Cursor = { readonly packed: PackedArticles; at: number; from: number }

function nextArticle(cursor: Cursor): Taggable {
  const article: Draft = {}
  for (const field of fields) {
    const text = nextText(cursor)
    if (text !== undefined) article[field] = text
  }
  const tags = nextLength(cursor)
  if (tags === ABSENT) return article
  article.tags = Array.from({ length: tags }, () => nextText(cursor) ?? '')
  return article
}

function nextLength(cursor: Cursor): number {
  return cursor.packed.lengths[cursor.at++] ?? ABSENT
}

function nextText(cursor: Cursor): string | undefined {
  const length = nextLength(cursor)
  if (length === ABSENT) return undefined
  cursor.from += length
  return cursor.packed.texts.slice(cursor.from - length, cursor.from)
}
