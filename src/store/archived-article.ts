// An article of the archive as topics see it.
import type { Instant } from '../model/time.ts'
import type { Taggable } from '../model/topic.ts'
import { withoutNulls } from './row.ts'

/** What topics are tested against, and which article it is. */
export type ArchivedArticle = Taggable & { readonly articleId: number; readonly firstSeenAt: Instant }

/** The columns of an ArchivedArticle, from `article a join source s`. */
export const taggableColumns = `a.id as articleId, a.first_seen_at as firstSeenAt, a.title, a.summary, a.body, a.author,
    a.language as lang, a.source_id as source, s.country, s.kind, a.url, a.categories as tags`

/** Reads a row of `taggableColumns`. */
export function toArchived(row: unknown): ArchivedArticle {
  const { tags, ...rest } = withoutNulls<Omit<ArchivedArticle, 'tags'> & { readonly tags: string }>(row)
  return { ...rest, tags: JSON.parse(tags) }
}
