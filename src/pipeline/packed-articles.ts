// Articles on their way to another thread.
import type { Taggable } from '../model/topic.ts'
import { createTextPacker, createTextReader, type PackedTexts, type TextReader } from './packed-texts.ts'

/** Of each article: one text for each field, how many tags, one text for each tag. */
export type PackedArticles = PackedTexts

const fields = ['title', 'summary', 'body', 'author', 'lang', 'source', 'country', 'kind', 'url'] as const
const NO_TAGS = -1

export function packArticles(articles: readonly Taggable[]): PackedArticles {
  const packer = createTextPacker()
  for (const article of articles) {
    for (const field of fields) packer.add(article[field])
    packer.addNumber(article.tags?.length ?? NO_TAGS)
    for (const tag of article.tags ?? []) packer.add(tag)
  }
  return packer.packed()
}

type Draft = { -readonly [Name in keyof Taggable]: Taggable[Name] }

/** What `packArticles` packed, in the same order. */
export function unpackArticles(packed: PackedArticles): readonly Taggable[] {
  const articles: Taggable[] = []
  const reader = createTextReader(packed)
  while (!reader.isAtEnd()) articles.push(nextArticle(reader))
  return articles
}

function nextArticle(reader: TextReader): Taggable {
  const article: Draft = {}
  for (const field of fields) {
    const text = reader.next()
    if (text !== undefined) article[field] = text
  }
  const tags = reader.nextNumber()
  if (tags === NO_TAGS) return article
  article.tags = Array.from({ length: tags }, () => reader.next() ?? '')
  return article
}
