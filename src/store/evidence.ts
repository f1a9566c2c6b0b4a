// What stands behind an article of an edition: its matches, who else had it, how its headline changed.
import type { EditionArticle, Outlet, RevisionLine, SightingLine, WithdrawalLine } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Span } from '../model/topic.ts'
import type { Db } from './connection.ts'
import { toOutlet } from './outlet.ts'
import { withoutNulls } from './row.ts'

type SightingRow = Outlet & { readonly url?: string; readonly seenAt: Instant; readonly because: string }
type MatchRow = Span & { readonly topicId: string }

function toSighting(raw: unknown): SightingLine {
  const row = withoutNulls<SightingRow>(raw)
  const { url, seenAt, because } = row
  return { outlet: toOutlet(row), seenAt, because, ...(url === undefined ? {} : { url }) }
}

function toWithdrawal(raw: unknown): WithdrawalLine {
  const row = withoutNulls<Outlet & Omit<WithdrawalLine, 'outlet'>>(raw)
  const { title, url, seenAt } = row
  return { outlet: toOutlet(row), title, seenAt, ...(url === undefined ? {} : { url }) }
}

/** Spans by topic; a topic that matched by metadata alone has none. */
function byTopic(rows: readonly MatchRow[], topics: ReadonlySet<string>): EditionArticle['matches'] {
  const found = new Map<string, Span[]>()
  for (const { topicId, ...span } of rows) {
    if (!topics.has(topicId)) continue
    const spans = found.get(topicId) ?? []
    if (span.end > span.start) spans.push(span)
    found.set(topicId, spans)
  }
  return [...found].map(([topicId, spans]) => ({ topicId, spans }))
}

/** The evidence' part of the material; one indexed look-up per article. */
export function createEvidence(db: Db) {
  // `+?`: see `selectFeeds`.
  const matches =
    db.prepare(`select topic_id as topicId, term, field, start_offset as start, end_offset as "end" from current_match
    where article_id = +?
    order by topic_id, field, start_offset`)
  const sightings =
    db.prepare(`select g.url, g.seen_at as seenAt, g.because, s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade
    from sighting g join feed f on f.id = g.feed_id join source s on s.id = f.source_id
    where g.article_id = +? and g.because <> 'first' order by g.seen_at, g.id`)
  const revisions = db.prepare(`select seen_at as seenAt, old_title as oldTitle, new_title as newTitle,
      iif(old_title = new_title, old_summary, null) as oldSummary, iif(old_title = new_title, new_summary, null) as newSummary
    from revision where article_id = +? and (old_title <> new_title or corrected = 1) order by seen_at, id`)
  const withdrawals =
    db.prepare(`select g.title, g.url, g.withdrawn_at as seenAt, s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade
    from sighting g join feed f on f.id = g.feed_id join source s on s.id = f.source_id
    where g.article_id = +? and g.withdrawn_at is not null order by g.withdrawn_at, g.id`)
  return {
    /** Matches on `topics`, each as the newest rule found them; none where the newest found nothing. */
    matchesOf: (articleId: number, topics: ReadonlySet<string>): EditionArticle['matches'] =>
      byTopic(matches.all(articleId) as readonly MatchRow[], topics), // the columns named above
    /** Every further appearance, oldest first. */
    sightingsOf: (articleId: number): readonly SightingLine[] => sightings.all(articleId).map(toSighting),
    /** Changes of the title, and corrections that left it as it was, oldest first. */
    revisionsOf: (articleId: number): readonly RevisionLine[] =>
      revisions.all(articleId).map(withoutNulls<RevisionLine>),
    /** Its entries that were taken out of their feeds, the first noticed first. */
    withdrawalsOf: (articleId: number): readonly WithdrawalLine[] =>
      withdrawals.all(articleId).map(toWithdrawal),
  }
}
