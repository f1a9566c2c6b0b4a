// Gathers what an edition is composed from. Reads by article id, so that its cost grows with the window, not with the archive.
import type { EditionArticle, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { createBaselines } from './baselines.ts'
import type { Db } from './connection.ts'
import { createEditionArticles, selectEditionArticles } from './edition-article.ts'

/** The ids an edition covers: (after, upTo]. Ids, not times, decide: each article is in exactly one edition of a digest. */
export type IdRange = { readonly after: number; readonly upTo: number }

function createArticles(db: Db) {
  const inRange =
    db.prepare(`${selectEditionArticles} where a.id > @after and a.id <= @upTo and a.flags not like '%"from-archive"%'
      and exists (select 1 from current_match m where m.article_id = a.id and m.topic_id in (select value from json_each(@topics)))
    order by a.id`)
  const corrected = db.prepare(`${selectEditionArticles} where a.id <= @upTo and a.id in (
      select article_id from revision where seen_at > @from and seen_at <= @until and corrected = 1)
    order by a.id`)
  const withdrawn = db.prepare(`${selectEditionArticles} where a.id <= @upTo and a.id in (
      select article_id from sighting where withdrawn_at > @from and withdrawn_at <= @until)
    order by a.id`)
  const copied = db.prepare(`${selectEditionArticles} where a.id <= @after and a.id in (
      select article_id from sighting where because <> 'first' and seen_at > @from and seen_at <= @until)
    order by a.id`)
  const companions =
    db.prepare(`${selectEditionArticles} where a.id <= @after and a.story_id in (select value from json_each(@stories))
    order by a.id`)
  const complete = createEditionArticles(db)
  return (range: IdRange, window: Window, topicIds: readonly string[]): readonly EditionArticle[] => {
    const topics = new Set(topicIds)
    const told = (rows: readonly unknown[]) =>
      rows.map((row) => complete(row, topics)).filter(({ matches }) => matches.length > 0)
    const { from, until } = window
    const found = [
      ...told(inRange.all({ ...range, topics: JSON.stringify(topicIds) })),
      ...told(corrected.all({ upTo: range.upTo, from, until })),
      ...told(withdrawn.all({ upTo: range.upTo, from, until })),
      ...told(copied.all({ after: range.after, from, until })),
    ]
    const stories = JSON.stringify([...new Set(found.map(({ storyId }) => storyId))])
    const all = [...found, ...told(companions.all({ after: range.after, stories }))]
    return [...new Map(all.map((article) => [article.articleId, article])).values()].toSorted(
      (x, y) => x.articleId - y.articleId,
    )
  }
}

/** The reading side of editions. */
export function createMaterialStore(db: Db) {
  // Walks down from the newest article, past those that are newer than `at`; the index on time would walk up from the oldest.
  const lastId = db
    .prepare('select id from article not indexed where first_seen_at <= ? order by id desc limit 1')
    .pluck()
  const totalNew = db.prepare('select count(*) from article where id > ? and id <= ?').pluck()
  const totalDuplicates = db
    .prepare(`select count(*) from sighting where because <> 'first' and seen_at > ? and seen_at <= ?`)
    .pluck()
  return {
    /** The newest article id first seen at or before `at`; 0 when there is none. Never falls when `at` grows. */
    lastIdAt: (at: Instant): number => Number(lastId.get(at) ?? 0),
    /** New articles with a match on one of the topics; older ones corrected, withdrawn or copied in the window; and the earlier articles of all their stories. */
    articles: createArticles(db),
    totals: (range: IdRange, window: Window) => ({
      totalNew: Number(totalNew.get(range.after, range.upTo)),
      totalDuplicates: Number(totalDuplicates.get(window.from, window.until)),
    }),
    /** Counts per topic in the same window of the last four weeks, and the sources they were counted on. */
    baselines: createBaselines(db),
  }
}
