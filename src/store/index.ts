// The door to everything SQLite: open the store here; nothing else in the project knows SQL.
import { createAlertStore } from './alerts.ts'
import { createArticleStore } from './articles.ts'
import { backupDatabase } from './backup.ts'
import { type Db, type OpenOptions, openDatabase } from './connection.ts'
import { createCoverageStore } from './coverage.ts'
import { createDeliveryStore } from './deliveries.ts'
import { createDossierStore } from './dossiers.ts'
import { createEditionStore } from './editions.ts'
import { explainError } from './explain-error.ts'
import { createFeedListingStore } from './feed-listings.ts'
import { createFeedStore } from './feeds.ts'
import { createGauges } from './gauges.ts'
import { checkIntegrity } from './integrity.ts'
import { createMaterialStore } from './material.ts'
import { createRetagStore } from './retag.ts'
import { createRetention } from './retention.ts'
import { createSearchStore } from './search.ts'
import { readStats } from './stats.ts'
import { createStoryStore } from './stories.ts'
import { createStoryChangeStore } from './story-changes.ts'
import { createSubscriptionStore } from './subscriptions.ts'
import { createTopicStore } from './topics.ts'
import { createWriterLock } from './writer-lock.ts'

export type { AlertPosition } from './alerts.ts'
export type { ArchivedArticle } from './archived-article.ts'
export { authorLine, bodyOf } from './article-text.ts'
export type { Dossier } from './dossiers.ts'
export type { IssuedEdition, NewDelivery } from './edition-freeze.ts'
export type { FetchCounts } from './feed-record.ts'
export { type FeedRow, toFeedRef } from './feed-row.ts'
export type { Gauges } from './gauges.ts'
export type { KnownArticle } from './known-article.ts'
export type { RetagRule } from './retag.ts'
export type { SearchFilter } from './search.ts'
export { shownFeedUrl } from './shown-feed-url.ts'
export { StoreError } from './store-error.ts'
export type { StoryChange, StoryMove } from './story-changes.ts'
export type { Subscription } from './subscriptions.ts'
export type { ActiveRule } from './topics.ts'

/** The open store, one noun a property. */
export type Store = ReturnType<typeof assemble>

function once<T>(create: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: create() }
    return made.value
  }
}

/** Each noun prepares its statements when it is first asked for: a command that only searches starts in half the time. */
function createNouns(db: Db, path: string) {
  return {
    feeds: once(() => createFeedStore(db)),
    feedListings: once(() => createFeedListingStore(db)),
    articles: once(() => createArticleStore(db)),
    stories: once(() => createStoryStore(db)),
    storyChanges: once(() => createStoryChangeStore(db)),
    subscriptions: once(() => createSubscriptionStore(db)),
    topics: once(() => createTopicStore(db)),
    retag: once(() => createRetagStore(db)),
    dossiers: once(() => createDossierStore(db)),
    search: once(() => createSearchStore(db)),
    material: once(() => createMaterialStore(db)),
    coverage: once(() => createCoverageStore(db)),
    editions: once(() => createEditionStore(db)),
    alerts: once(() => createAlertStore(db)),
    deliveries: once(() => createDeliveryStore(db)),
    serviceLock: once(() => createWriterLock(db)),
    retention: once(() => createRetention(db)),
    gauges: once(() => createGauges(db, path)),
  }
}

function runTransaction<T>(db: Db, path: string, work: () => T): T {
  try {
    return db.transaction(work).immediate()
  } catch (error) {
    throw explainError(error, path) ?? error
  }
}

/** What is done with the file as a whole. */
function createFileActs(db: Db, path: string) {
  return {
    stats: (since: number) => readStats(db, since),
    /** Runs `work` in one immediate transaction: all of it is stored, or nothing. A full disk and the like throw StoreError. */
    transaction: <T>(work: () => T): T => runTransaction(db, path, work),
    /** A complete copy while others write; never copy the file without its -wal by hand. */
    backup: (target: string): Promise<{ readonly totalPages: number }> => backupDatabase(path, target),
    /** 'ok', or the first thing found wrong. */
    integrity: (): string => checkIntegrity(db),
    /** Folds the write-ahead log back into the file. */
    checkpoint: (): void => void db.pragma('wal_checkpoint(TRUNCATE)'),
    close: (): void => void db.close(),
  }
}

function assemble(db: Db, path: string) {
  const nouns = createNouns(db, path)
  return {
    get feeds() {
      return nouns.feeds()
    },
    get feedListings() {
      return nouns.feedListings()
    },
    get articles() {
      return nouns.articles()
    },
    get stories() {
      return nouns.stories()
    },
    get storyChanges() {
      return nouns.storyChanges()
    },
    get subscriptions() {
      return nouns.subscriptions()
    },
    get topics() {
      return nouns.topics()
    },
    get dossiers() {
      return nouns.dossiers()
    },
    get retag() {
      return nouns.retag()
    },
    get search() {
      return nouns.search()
    },
    get material() {
      return nouns.material()
    },
    get coverage() {
      return nouns.coverage()
    },
    get editions() {
      return nouns.editions()
    },
    get alerts() {
      return nouns.alerts()
    },
    get deliveries() {
      return nouns.deliveries()
    },
    get retention() {
      return nouns.retention()
    },
    get serviceLock() {
      return nouns.serviceLock()
    },
    /** What a monitor asks every few seconds. */
    gauges: (now: number) => nouns.gauges()(now),
    ...createFileActs(db, path),
  }
}

/** Opens the store at `path`, creating and migrating it when needed. Throws StoreError with the remedy. */
export function openStore(path: string, options: OpenOptions = {}): Store {
  return assemble(openDatabase(path, options), path)
}
