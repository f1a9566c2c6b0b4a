// An article as editions and stories tell it: with its outlet, its matches, its copies and what its publisher changed.
import type { EditionArticle, Outlet } from '../model/digest.ts'
import type { Db } from './connection.ts'
import { createEvidence } from './evidence.ts'
import { toOutlet } from './outlet.ts'
import { withoutNulls } from './row.ts'

type ArticleRow = Omit<EditionArticle, 'flags' | 'outlet' | 'matches' | 'sightings' | 'revisions'> &
  Outlet & { readonly flags: string }

/** Selects rows for `createEditionArticles`; goes on with `where` about `a`. */
export const selectEditionArticles = `select a.id as articleId, a.story_id as storyId, a.title, a.url, a.summary, a.body, a.language,
    a.published_at as publishedAt, a.first_seen_at as firstSeenAt, a.flags,
    s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade
  from article a join source s on s.id = a.source_id`

/** What a reader sees of an article without a headline: the beginning of its text, else its address. */
function displayTitle(row: ArticleRow): string {
  if (row.title !== '') return row.title
  const text = (row.summary || row.body).slice(0, 100).trim()
  return text !== '' ? text : (row.url ?? '(no title)')
}

function toArticle(row: ArticleRow): Omit<EditionArticle, 'matches' | 'sightings' | 'revisions'> {
  const { sourceId, name, family, country, kind, grade, flags, ...rest } = row
  return { ...rest, title: displayTitle(row), flags: JSON.parse(flags), outlet: toOutlet(row) }
}

/** Completes a row of `selectEditionArticles` with its evidence; of the matches those on `topics`. */
export function createEditionArticles(db: Db) {
  const evidence = createEvidence(db)
  return (raw: unknown, topics: ReadonlySet<string>): EditionArticle => {
    const row = withoutNulls<ArticleRow>(raw)
    const withdrawals = evidence.withdrawalsOf(row.articleId)
    return {
      ...toArticle(row),
      matches: evidence.matchesOf(row.articleId, topics),
      sightings: evidence.sightingsOf(row.articleId),
      revisions: evidence.revisionsOf(row.articleId),
      ...(withdrawals.length > 0 && { withdrawals }),
    }
  }
}
