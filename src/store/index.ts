// The door to everything SQLite: open the store here; nothing else in the project knows SQL.
import { createArticleStore } from './articles.ts'
import { type Db, type OpenOptions, openDatabase } from './connection.ts'
import { createCoverageStore } from './coverage.ts'
import { createDeliveryStore } from './deliveries.ts'
import { createEditionStore } from './editions.ts'
import { createFeedStore } from './feeds.ts'
import { createMaterialStore } from './material.ts'
import { createSearchStore } from './search.ts'
import { createServiceLock } from './service-lock.ts'
import { readStats } from './stats.ts'
import { createStoryStore } from './stories.ts'
import { createTopicStore } from './topics.ts'

export { authorLine, bodyOf, type KnownArticle } from './articles.ts'
export { shownFeedUrl } from './coverage.ts'
export type { DeliveryRow } from './deliveries.ts'
export type { IssuedEdition, NewDelivery } from './edition-freeze.ts'
export type { EditionRow } from './editions.ts'
export { type FeedRow, type FetchCounts, toFeedRef } from './feeds.ts'
export type { SearchFilter, SearchHit } from './search.ts'
export type { Stats } from './stats.ts'
export { StoreError } from './store-error.ts'

/** The open store, one noun a property. */
export type Store = ReturnType<typeof assemble>

function assemble(db: Db) {
  return {
    feeds: createFeedStore(db),
    articles: createArticleStore(db),
    stories: createStoryStore(db),
    topics: createTopicStore(db),
    search: createSearchStore(db),
    material: createMaterialStore(db),
    coverage: createCoverageStore(db),
    editions: createEditionStore(db),
    deliveries: createDeliveryStore(db),
    serviceLock: createServiceLock(db),
    stats: (since: number) => readStats(db, since),
    /** Runs `work` in one immediate transaction: all of it is stored, or nothing. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    /** A complete copy while others write; never copy the file without its -wal by hand. */
    backup: (path: string): Promise<{ readonly totalPages: number }> => db.backup(path),
    /** 'ok', or the first thing SQLite and FTS5 found wrong. */
    integrity: (): string => integrityOf(db),
    /** Folds the write-ahead log back into the file. */
    checkpoint: (): void => void db.pragma('wal_checkpoint(TRUNCATE)'),
    close: (): void => void db.close(),
  }
}

function integrityOf(db: Db): string {
  const pages = String(db.pragma('integrity_check(1)', { simple: true }))
  if (pages !== 'ok') return pages
  const orphans = db.pragma('foreign_key_check') as readonly unknown[]
  return orphans.length === 0 ? 'ok' : `${orphans.length} rows point at rows that are not there`
}

/** Opens the store at `path`, creating and migrating it when needed. Throws StoreError with the remedy. */
export function openStore(path: string, options: OpenOptions = {}): Store {
  return assemble(openDatabase(path, options))
}
