// Articles. Nothing is thrown away: a copy is a sighting, an edit a revision.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
import { findCandidates } from './article-candidates.ts'
import { createArticlePages } from './article-pages.ts'
import { authorLine, bodyOf } from './article-text.ts'
import type { Db } from './connection.ts'
import { type KnownArticle, knownColumns } from './known-article.ts'
import { createRevise } from './revise.ts'
import { withoutNulls } from './row.ts'
import { createSightings } from './sightings.ts'

/** An article about to be kept. `storyId` must exist. */
export type NewArticle = {
  readonly item: Item
  readonly sourceId: string
  readonly feedId: number
  readonly urlKey?: string
  readonly language?: string
  readonly firstSeenAt: Instant
  readonly storyId: number
  readonly storyBecause: string
  readonly keptBecause?: string // why it is no copy of another article; absent when it was compared with none
}

function createInsert(db: Db) {
  // By place: binding twenty values by name takes half as long again.
  const insert =
    db.prepare(`insert into article (id, source_id, feed_id, guid, url, url_key, title, summary, body, author, language,
      published_at, updated_at, date_text, date_source, image, categories, flags, first_seen_at, story_id, story_because, kept_because)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return (article: NewArticle, articleId?: number): number => {
    const { item } = article
    const { lastInsertRowid } = insert.run(
      articleId ?? null,
      article.sourceId,
      article.feedId,
      item.guid ?? null,
      item.url ?? null,
      article.urlKey ?? null,
      item.title ?? '',
      item.summary,
      bodyOf(item),
      authorLine(item),
      article.language ?? null,
      item.publishedAt ?? null,
      item.updatedAt ?? null,
      item.dateText ?? null,
      item.dateSource ?? null,
      item.image ?? null,
      JSON.stringify(item.categories),
      JSON.stringify(item.flags),
      article.firstSeenAt,
      article.storyId,
      article.storyBecause,
      article.keptBecause ?? null,
    )
    return Number(lastInsertRowid)
  }
}

/** The articles' part of the store. */
export function createArticleStore(db: Db) {
  const load = db.prepare(`select ${knownColumns} from article where id = ?`)
  const byUrlKey = db.prepare(`select ${knownColumns} from article where url_key = ? limit 8`) // an index gives equal keys by row id
  const since = db.prepare(
    `select ${knownColumns} from article where first_seen_at >= ? and id > ? order by first_seen_at, id`,
  )
  const lastId = db.prepare('select coalesce(max(id), 0) from article').pluck()
  const count = db.prepare('select count(*) from article where first_seen_at >= ?').pluck()
  const taggable = db.prepare(`select ${taggableColumns}
    from article a join source s on s.id = a.source_id where a.first_seen_at >= ? order by a.first_seen_at, a.id`)
  return {
    /** Stores a new article, under the given id or the next one, and returns it. */
    insert: createInsert(db),
    /** The newest article's id; 0 when there is none. */
    lastId: (): number => Number(lastId.get()),
    revise: createRevise(db),
    ...createSightings(db),
    ...createArticlePages(db),
    load: (articleId: number): KnownArticle | undefined => {
      const row = load.get(articleId)
      return row === undefined ? undefined : withoutNulls<KnownArticle>(row)
    },
    /** Articles with this URL key, oldest first, at most 8. */
    findByUrlKey: (urlKey: string): readonly KnownArticle[] =>
      byUrlKey.all(urlKey).map(withoutNulls<KnownArticle>),
    /** How many articles were first seen since then. */
    countSince: (from: Instant): number => Number(count.get(from)),
    /** The same articles as topics see them. Do not await inside. */
    *taggables(from: Instant): Generator<ArchivedArticle> {
      for (const row of taggable.iterate(from)) yield toArchived(row)
    },
    candidates: (expressions: readonly string[], from: Instant) => findCandidates(db, expressions, from),
    /** Articles first seen since then, oldest first, with ids above `afterId`. Do not await inside. */
    *since(from: Instant, afterId = 0): Generator<KnownArticle> {
      for (const row of since.iterate(from, afterId)) yield withoutNulls<KnownArticle>(row)
    },
  }
}
