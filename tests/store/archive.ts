// A real store in a folder of its own, and shorthand for filling it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Item } from '../../src/model/item.ts'
import type { Fetched, FetchOutcome } from '../../src/model/outcome.ts'
import type { Source } from '../../src/model/source.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { foldText } from '../../src/text/fold.ts'

export const noon = Date.UTC(2026, 4, 12, 12)
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function source(id: string, urls: readonly string[] = [`https://${id}.example/feed.xml`]): Source {
  return {
    id,
    name: `The ${id}`,
    family: id,
    kind: 'independent',
    grade: 'B',
    feeds: urls.map((url) => ({ url })),
  }
}

export function item(title: string, rest: Partial<Item> = {}): Item {
  return { title, summary: '', text: '', authors: [], categories: [], enclosures: [], flags: [], ...rest }
}

/** An open store with one source per id, closed when the test ends. */
export function storeWith(
  ids: readonly string[],
  path: string = join(temporaryFolder(), 'press.db'),
): { store: Store; path: string } {
  const store = openStore(path)
  store.feeds.sync(ids.map((id) => source(id)))
  onTestFinished(() => store.close())
  return { store, path }
}

/** Keeps an article with its sighting and its searchable text, as one ingest does. */
export function keep(
  store: Store,
  sourceId: string,
  kept: Item,
  seen: { at?: number; storyId?: number; language?: string } = {},
): number {
  const at = seen.at ?? noon
  const feedId = feedOf(store, sourceId)
  return store.transaction(() => {
    const storyId = seen.storyId ?? store.stories.create(at)
    const articleId = store.articles.insert({
      item: kept,
      sourceId,
      feedId,
      firstSeenAt: at,
      storyId,
      storyBecause: 'first',
      ...(seen.language === undefined ? {} : { language: seen.language }),
    })
    see(store, sourceId, articleId, kept, 'first', at)
    store.search.indexText({
      articleId,
      title: foldText(kept.title ?? ''),
      summary: foldText(kept.summary),
      body: foldText(kept.text),
      author: '',
    })
    return articleId
  })
}

/** One more appearance of an article. */
export function see(
  store: Store,
  sourceId: string,
  articleId: number,
  seen: Item,
  because: string,
  seenAt: number,
): void {
  const feedId = feedOf(store, sourceId)
  store.articles.addSighting({
    articleId,
    feedId,
    itemKey: `${articleId}`,
    contentHash: 'h',
    item: seen,
    seenAt,
    because,
  })
}

export function feedOf(store: Store, sourceId: string): number {
  const feed = store.feeds.list().find((candidate) => candidate.sourceId === sourceId)
  if (feed === undefined) throw new Error(`no feed of ${sourceId}`)
  return feed.id
}

export function fetched(at: number): Fetched {
  return {
    kind: 'fetched',
    at,
    durationMs: 12.5,
    url: 'https://a.example/feed.xml',
    pace: {},
    status: 200,
    validators: { etag: '"v1"', lastModified: 'Tue, 12 May 2026 11:00:00 GMT' },
    bodyHash: 'abc',
    bytes: 1234,
    feed: { format: 'rss', engine: 'tolerant', pace: {}, items: [], skipped: [], warnings: [] },
  }
}

export function failed(at: number): FetchOutcome {
  return {
    kind: 'failed',
    at,
    durationMs: 5,
    url: 'https://a.example/feed.xml',
    pace: {},
    reason: 'timeout',
    detail: 'no answer',
  }
}

export const noCounts = { items: 0, new: 0, duplicates: 0, revisions: 0, skipped: 0, overflow: false }

/** Records a fetch of the source's feed that brought `newItems`. */
export function record(
  store: Store,
  sourceId: string,
  outcome: FetchOutcome,
  more: { newItems?: number; failures?: number; overflow?: boolean } = {},
): void {
  store.feeds.record({
    feedId: feedOf(store, sourceId),
    outcome,
    recordedAt: outcome.at,
    schedule: { failures: more.failures ?? 0 },
    nextFetchAt: outcome.at + 30 * minuteMs,
    failures: more.failures ?? 0,
    counts: {
      ...noCounts,
      items: more.newItems ?? 0,
      new: more.newItems ?? 0,
      overflow: more.overflow ?? false,
    },
  })
}
