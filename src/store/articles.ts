// Articles. Nothing is thrown away: a copy is a sighting, an edit a revision.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
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
  const insert =
    db.prepare(`insert into article (source_id, feed_id, guid, url, url_key, title, summary, body, author, language,
      published_at, updated_at, date_text, date_source, image, categories, flags, first_seen_at, story_id, story_because, kept_because)
    values (@sourceId, @feedId, @guid, @url, @urlKey, @title, @summary, @body, @author, @language,
      @publishedAt, @updatedAt, @dateText, @dateSource, @image, @categories, @flags, @firstSeenAt, @storyId, @storyBecause, @keptBecause)`)
  return (article: NewArticle): number => {
    const { item } = article
    const { lastInsertRowid } = insert.run({
      sourceId: article.sourceId,
      feedId: article.feedId,
      guid: item.guid ?? null,
      url: item.url ?? null,
      urlKey: article.urlKey ?? null,
      title: item.title ?? '',
      summary: item.summary,
      body: bodyOf(item),
      author: authorLine(item),
      language: article.language ?? null,
      publishedAt: item.publishedAt ?? null,
      updatedAt: item.updatedAt ?? null,
      dateText: item.dateText ?? null,
      dateSource: item.dateSource ?? null,
      image: item.image ?? null,
      categories: JSON.stringify(item.categories),
      flags: JSON.stringify(item.flags),
      firstSeenAt: article.firstSeenAt,
      storyId: article.storyId,
      storyBecause: article.storyBecause,
      keptBecause: article.keptBecause ?? null,
    })
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
  const count = db.prepare('select count(*) from article where first_seen_at >= ?').pluck()
  const taggable = db.prepare(`select ${taggableColumns}
    from article a join source s on s.id = a.source_id where a.first_seen_at >= ? order by a.first_seen_at, a.id`)
  return {
    insert: createInsert(db),
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
    /** Articles first seen since then, oldest first, with ids above `afterId`. Do not await inside. */
    *since(from: Instant, afterId = 0): Generator<KnownArticle> {
      for (const row of since.iterate(from, afterId)) yield withoutNulls<KnownArticle>(row)
    },
  }
}
