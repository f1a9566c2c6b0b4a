// Articles, their sightings and their revisions. Nothing is thrown away: a copy is a sighting, an edit a revision.
import type { Item } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Taggable } from '../model/topic.ts'
import type { Db } from './connection.ts'

/** What deciding about an incoming item needs to know of an article we keep. */
export type KnownArticle = {
  readonly articleId: number
  readonly sourceId: string
  readonly feedId: number
  readonly guid?: string
  readonly url?: string
  readonly urlKey?: string
  readonly title: string
  readonly summary: string
  readonly body: string
  readonly language?: string
  readonly firstSeenAt: Instant
  readonly storyId: number
}

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
}

/** One appearance of an article in a feed. */
export type NewSighting = {
  readonly articleId: number
  readonly feedId: number
  readonly itemKey: string
  readonly contentHash: string
  readonly item: Item
  readonly seenAt: Instant
  readonly because: string
}

export type ArticleStore = ReturnType<typeof createArticleStore>

const knownColumns = `id as articleId, source_id as sourceId, feed_id as feedId, guid, url, url_key as urlKey, title, summary, body,
  language, first_seen_at as firstSeenAt, story_id as storyId`

function toKnown(row: unknown): KnownArticle {
  return Object.fromEntries(
    Object.entries(row as object).filter(([, value]) => value !== null),
  ) as KnownArticle // strict columns
}

function toTaggable(row: unknown): Taggable {
  const { tags, ...rest } = Object.fromEntries(
    Object.entries(row as object).filter(([, value]) => value !== null),
  )
  return { ...rest, tags: JSON.parse(tags) }
}

/** Authors as one line: `Name, Name`. */
export function authorLine(item: Item): string {
  return item.authors
    .map((person) => person.name ?? person.email ?? '')
    .filter((name) => name !== '')
    .join(', ')
}

/** The body column: '' when the content only repeats the summary. */
export function bodyOf(item: Item): string {
  return item.text === item.summary ? '' : item.text
}

function createInsert(db: Db) {
  const insert =
    db.prepare(`insert into article (source_id, feed_id, guid, url, url_key, title, summary, body, author, language,
      published_at, updated_at, date_text, date_source, image, categories, flags, first_seen_at, story_id, story_because)
    values (@sourceId, @feedId, @guid, @url, @urlKey, @title, @summary, @body, @author, @language,
      @publishedAt, @updatedAt, @dateText, @dateSource, @image, @categories, @flags, @firstSeenAt, @storyId, @storyBecause)`)
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
    })
    return Number(lastInsertRowid)
  }
}

function createSightings(db: Db) {
  const find = db.prepare(
    'select article_id as articleId, content_hash as contentHash from sighting where feed_id = ? and item_key = ?',
  )
  const add =
    db.prepare(`insert into sighting (article_id, feed_id, item_key, content_hash, url, title, published_at, seen_at, because)
    values (@articleId, @feedId, @itemKey, @contentHash, @url, @title, @publishedAt, @seenAt, @because)
    on conflict (feed_id, item_key) do update set article_id = excluded.article_id, content_hash = excluded.content_hash,
      url = excluded.url, title = excluded.title, because = excluded.because`)
  const touch = db.prepare(
    'update sighting set content_hash = ?, title = ?, url = ? where feed_id = ? and item_key = ?',
  )
  return {
    findSighting: (feedId: number, itemKey: string) =>
      find.get(feedId, itemKey) as { readonly articleId: number; readonly contentHash: string } | undefined,
    addSighting: ({ item, ...sighting }: NewSighting): void => {
      const { url, title, publishedAt } = item
      add.run({ ...sighting, url: url ?? null, title: title ?? '', publishedAt: publishedAt ?? null })
    },
    /** The same entry now says something else. False when this feed had no such entry yet. */
    touchSighting: (feedId: number, itemKey: string, contentHash: string, item: Item): boolean =>
      touch.run(contentHash, item.title ?? '', item.url ?? null, feedId, itemKey).changes === 1,
  }
}

function createRevise(db: Db) {
  const keep =
    db.prepare(`insert into revision (article_id, seen_at, old_title, new_title, old_summary, new_summary, old_url, new_url, corrected)
    values (@articleId, @seenAt, @oldTitle, @newTitle, @oldSummary, @newSummary, @oldUrl, @newUrl, @corrected)`)
  const update =
    db.prepare(`update article set title = @newTitle, summary = @newSummary, body = @body, url = coalesce(@newUrl, url),
    url_key = coalesce(@urlKey, url_key), updated_at = @updatedAt where id = @articleId`)
  /** Keeps the old wording with its time and lets the article say the new one. */
  return (
    known: KnownArticle,
    item: Item,
    change: { readonly urlKey?: string; readonly seenAt: Instant; readonly corrected: boolean },
  ): void => {
    const values = {
      articleId: known.articleId,
      seenAt: change.seenAt,
      oldTitle: known.title,
      newTitle: item.title ?? '',
      oldSummary: known.summary,
      newSummary: item.summary,
      oldUrl: known.url ?? null,
      newUrl: item.url ?? null,
      corrected: change.corrected ? 1 : 0,
      body: bodyOf(item),
      urlKey: change.urlKey ?? null,
      updatedAt: item.updatedAt ?? change.seenAt,
    }
    keep.run(values)
    update.run(values)
  }
}

/** The articles' part of the store. */
export function createArticleStore(db: Db) {
  const load = db.prepare(`select ${knownColumns} from article where id = ?`)
  const byUrlKey = db.prepare(`select ${knownColumns} from article where url_key = ? order by id limit 8`)
  const since = db.prepare(`select ${knownColumns} from article where first_seen_at >= ? order by id`)
  const taggable =
    db.prepare(`select a.title, a.summary, a.body, a.author, a.language as lang, a.source_id as source, s.country, s.kind, a.url, a.categories as tags
    from article a join source s on s.id = a.source_id where a.first_seen_at >= ? order by a.id`)
  return {
    insert: createInsert(db),
    revise: createRevise(db),
    ...createSightings(db),
    load: (articleId: number): KnownArticle | undefined => {
      const row = load.get(articleId)
      return row === undefined ? undefined : toKnown(row)
    },
    /** Articles with this URL key, oldest first, at most 8. */
    findByUrlKey: (urlKey: string): readonly KnownArticle[] => byUrlKey.all(urlKey).map(toKnown),
    /** The same articles as topics see them. Do not await inside. */
    *taggables(from: Instant): Generator<Taggable> {
      for (const row of taggable.iterate(from)) yield toTaggable(row)
    },
    /** Articles first seen since then, oldest first; for rebuilding the in-memory indexes at start. Do not await inside. */
    *since(from: Instant): Generator<KnownArticle> {
      for (const row of since.iterate(from)) yield toKnown(row)
    },
  }
}
