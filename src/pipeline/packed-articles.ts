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
export function unpackArticles({ texts, lengths }: PackedArticles): readonly Taggable[] {
  const articles: Taggable[] = []
  let [at, from] = [0, 0]
  const nextLength = (): number => lengths[at++] ?? ABSENT
  const nextText = (length: number): string => {
    from += length
    return texts.slice(from - length, from)
  }
  while (at < lengths.length) {
    const article: Draft = {}
    for (const field of fields) {
      const length = nextLength()
      if (length !== ABSENT) article[field] = nextText(length)
    }
    const tags = nextLength()
    if (tags !== ABSENT) article.tags = Array.from({ length: tags }, () => nextText(nextLength()))
    articles.push(article)
  }
  return articles
}
