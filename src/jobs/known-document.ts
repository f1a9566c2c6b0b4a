// An article of the archive, as de-duplication and stories look at it.
import type { EchoDocument } from '../pipeline/echo-document.ts'
import type { KnownArticle } from '../store/index.ts'
import type { Desk } from './desk.ts'

/** Title and the text a feed usually carries; a date in the future says nothing about when it was told. */
export function knownDocument(article: KnownArticle, { sources }: Pick<Desk, 'sources'>): EchoDocument {
  const { articleId, sourceId, title, summary, body, firstSeenAt, publishedAt, language, url } = article
  return {
    articleId,
    sourceId,
    family: sources.get(sourceId)?.family ?? sourceId,
    title,
    text: summary || body,
    at: Math.min(publishedAt ?? firstSeenAt, firstSeenAt),
    seenAt: firstSeenAt,
    ...(language === undefined ? {} : { language }),
    ...(url === undefined ? {} : { url }),
  }
}
