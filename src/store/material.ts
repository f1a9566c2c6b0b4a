// Gathers what an edition is composed from. Reads by article id, so that its cost grows with the window, not with the archive.
import type {
  EditionArticle,
  Outlet,
  RevisionLine,
  SightingLine,
  TopicBaseline,
  Window,
} from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Span } from '../model/topic.ts'
import type { Db } from './connection.ts'

/** The ids an edition covers: (after, upTo]. Ids, not times, decide: each article is in exactly one edition of a digest. */
export type IdRange = { readonly after: number; readonly upTo: number }

export type MaterialStore = ReturnType<typeof createMaterialStore>

const dayMs = 86_400_000
const outletColumns = 's.id as sourceId, s.name, s.family, s.country, s.kind, s.grade'

type ArticleRow = Omit<EditionArticle, 'flags' | 'outlet' | 'matches' | 'sightings' | 'revisions'> &
  Outlet & { readonly flags: string }

function withoutNulls<T>(row: unknown): T {
  return Object.fromEntries(Object.entries(row as object).filter(([, value]) => value !== null)) as T // strict columns
}

function toOutlet(row: Outlet): Outlet {
  const { sourceId, name, family, country, kind, grade } = row
  return { sourceId, name, family, kind, grade, ...(country === undefined ? {} : { country }) }
}

function toArticle(row: ArticleRow): Omit<EditionArticle, 'matches' | 'sightings' | 'revisions'> {
  const { sourceId, name, family, country, kind, grade, flags, ...rest } = row
  return { ...rest, title: rest.title, flags: JSON.parse(flags), outlet: toOutlet(row) }
}

/** What a reader sees of an article without a headline: the beginning of its text, else its address. */
function displayTitle(row: {
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly url?: string
}): string {
  if (row.title !== '') return row.title
  const text = (row.summary || row.body).slice(0, 100).trim()
  return text !== '' ? text : (row.url ?? '(no title)')
}

function createEvidence(db: Db) {
  const matches =
    db.prepare(`select topic_id as topicId, term, field, start_offset as start, end_offset as "end" from topic_match
    where article_id = ? and rule_version = (select max(rule_version) from topic_match l where l.article_id = topic_match.article_id and l.topic_id = topic_match.topic_id)
    order by topic_id, field, start_offset`)
  const sightings = db.prepare(`select g.url, g.seen_at as seenAt, g.because, ${outletColumns}
    from sighting g join feed f on f.id = g.feed_id join source s on s.id = f.source_id
    where g.article_id = ? and g.because <> 'first' order by g.seen_at, g.id`)
  const revisions =
    db.prepare(`select seen_at as seenAt, old_title as oldTitle, new_title as newTitle from revision
    where article_id = ? and old_title <> new_title order by seen_at, id`)
  function matchesOf(articleId: number, topics: ReadonlySet<string>): EditionArticle['matches'] {
    const byTopic = new Map<string, Span[]>()
    for (const { topicId, ...span } of matches.all(articleId) as readonly (Span & { topicId: string })[]) {
      if (!topics.has(topicId)) continue
      const spans = byTopic.get(topicId) ?? []
      if (span.end > span.start) spans.push(span)
      byTopic.set(topicId, spans)
    }
    return [...byTopic].map(([topicId, spans]) => ({ topicId, spans }))
  }
  return {
    matchesOf,
    sightingsOf: (articleId: number): readonly SightingLine[] =>
      sightings.all(articleId).map((raw) => {
        const row = withoutNulls<Outlet & { url?: string; seenAt: Instant; because: string }>(raw)
        return {
          outlet: toOutlet(row),
          seenAt: row.seenAt,
          because: row.because,
          ...(row.url === undefined ? {} : { url: row.url }),
        }
      }),
    revisionsOf: (articleId: number): readonly RevisionLine[] =>
      revisions.all(articleId) as readonly RevisionLine[],
  }
}

function createBaselines(db: Db) {
  const counts = db.prepare('select day, articles from topic_day where topic_id = ? and day between ? and ?')
  return (topicId: string, until: Instant): TopicBaseline => {
    const today = Math.floor((until - 1) / dayMs)
    const rows = counts.all(topicId, today - 28, today) as readonly { day: number; articles: number }[]
    const byDay = new Map(rows.map((row) => [row.day, row.articles]))
    const on = (daysAgo: number) => byDay.get(today - daysAgo) ?? 0
    return {
      topicId,
      sameWeekday: [28, 21, 14, 7].map(on),
      lastDays: Array.from({ length: 14 }, (_, index) => on(13 - index)),
    }
  }
}

/** The reading side of editions. */
export function createMaterialStore(db: Db) {
  const lastId = db.prepare('select coalesce(max(id), 0) from article where first_seen_at <= ?').pluck()
  const inRange =
    db.prepare(`select a.id as articleId, a.story_id as storyId, a.title, a.url, a.summary, a.body, a.language,
      a.published_at as publishedAt, a.first_seen_at as firstSeenAt, a.flags, ${outletColumns}
    from article a join source s on s.id = a.source_id
    where a.id > @after and a.id <= @upTo
      and exists (select 1 from topic_match m where m.article_id = a.id and m.topic_id in (select value from json_each(@topics)))
    order by a.id`)
  const corrected = db
    .prepare(
      `select distinct article_id from revision where seen_at > @from and seen_at <= @until and corrected = 1 and old_title <> new_title`,
    )
    .pluck()
  const one =
    db.prepare(`select a.id as articleId, a.story_id as storyId, a.title, a.url, a.summary, a.body, a.language,
      a.published_at as publishedAt, a.first_seen_at as firstSeenAt, a.flags, ${outletColumns}
    from article a join source s on s.id = a.source_id where a.id = ?`)
  const totals = db.prepare('select count(*) from article where id > ? and id <= ?').pluck()
  const duplicates = db
    .prepare(`select count(*) from sighting where because <> 'first' and seen_at > ? and seen_at <= ?`)
    .pluck()
  const firstFetch = db.prepare('select min(at) from fetch').pluck()
  const evidence = createEvidence(db)
  const baselineOf = createBaselines(db)
  const complete = (raw: unknown, topics: ReadonlySet<string>): EditionArticle => {
    const row = withoutNulls<ArticleRow>(raw)
    return {
      ...toArticle(row),
      title: displayTitle(row),
      matches: evidence.matchesOf(row.articleId, topics),
      sightings: evidence.sightingsOf(row.articleId),
      revisions: evidence.revisionsOf(row.articleId),
    }
  }
  return {
    /** The newest article id first seen at or before `at`; 0 when there is none. */
    lastIdAt: (at: Instant): number => Number(lastId.get(at)),
    /** New articles with a match on one of the topics, and older ones whose headline was corrected in the window. */
    articles: (range: IdRange, window: Window, topicIds: readonly string[]): readonly EditionArticle[] => {
      const topics = new Set(topicIds)
      const fresh = inRange
        .all({ ...range, topics: JSON.stringify(topicIds) })
        .map((row) => complete(row, topics))
      const known = new Set(fresh.map((article) => article.articleId))
      const older = (corrected.all(window) as readonly number[]).filter(
        (id) => !known.has(id) && id <= range.upTo,
      )
      const revised = older
        .map((id) => complete(one.get(id), topics))
        .filter((article) => article.matches.length > 0)
      return [...revised, ...fresh]
    },
    totals: (range: IdRange, window: Window) => ({
      totalNew: Number(totals.get(range.after, range.upTo)),
      totalDuplicates: Number(duplicates.get(window.from, window.until)),
    }),
    /** Counts per topic; topics followed for less than four weeks have no baseline yet. */
    baselines: (topicIds: readonly string[], until: Instant): readonly TopicBaseline[] => {
      const since = firstFetch.get()
      const weeks = typeof since === 'number' ? (until - since) / (7 * dayMs) : 0
      return topicIds
        .map((topicId) => baselineOf(topicId, until))
        .map((line) => (weeks >= 4 ? line : { ...line, sameWeekday: [] }))
    },
  }
}
