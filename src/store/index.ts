// The door to everything SQLite: open the store here; nothing else in the project knows SQL.
import { createAlertStore } from './alerts.ts'
import { createArticleStore } from './articles.ts'
import { backupDatabase } from './backup.ts'
import { type Db, type OpenOptions, openDatabase } from './connection.ts'
import { createCoverageStore } from './coverage.ts'
import { createDeliveryStore } from './deliveries.ts'
import { createDossierStore } from './dossiers.ts'
import { createEchoStore } from './echo.ts'
import { createEditionStore } from './editions.ts'
import { explainError } from './explain-error.ts'
import { createFeedListingStore } from './feed-listings.ts'
import { createFeedStore } from './feeds.ts'
import { checkIntegrity } from './integrity.ts'
import { createLanguageLinkStore } from './language-links.ts'
import { createMaterialStore } from './material.ts'
import { createRetagStore } from './retag.ts'
import { createSearchStore } from './search.ts'
import { forgetSound, noteSound, soundSince } from './sound-note.ts'
import { readStats } from './stats.ts'
import { createStoryStore } from './stories.ts'
import { createStoryChangeStore } from './story-changes.ts'
import { createSubscriptionStore } from './subscriptions.ts'
import { createTopicStore } from './topics.ts'
import { createUnsubscribeStore } from './unsubscribes.ts'
import { createUpkeep } from './upkeep.ts'
import { createWriterLock } from './writer-lock.ts'

export type { AlertPosition } from './alerts.ts'
export type { ArchivedArticle } from './archived-article.ts'
export type { ArticleCandidates } from './article-candidates.ts'
export { authorLine, bodyOf } from './article-text.ts'
export type { NewArticle } from './articles.ts'
export type { Backlog } from './backlog.ts'
export type { DeliveryRow } from './deliveries.ts'
export type { Dossier } from './dossiers.ts'
export type { EchoMemory, EchoRow } from './echo.ts'
export type { IssuedEdition, NewDelivery } from './edition-freeze.ts'
export type { FrozenEdition } from './editions.ts'
export type { FetchCounts } from './feed-record.ts'
export { type FeedRow, toFeedRef } from './feed-row.ts'
export type { Gauges } from './gauges.ts'
export type { KnownArticle } from './known-article.ts'
export type { StoredLanguageLink } from './language-links.ts'
export type { IdRange } from './material.ts'
export type { RetagRule } from './retag.ts'
export type { SearchFilter, SearchHit } from './search.ts'
export { shownFeedUrl } from './shown-feed-url.ts'
export type { NewSighting } from './sightings.ts'
export { StoreError } from './store-error.ts'
export type { StoryChange, StoryMove } from './story-changes.ts'
export type { Subscription } from './subscriptions.ts'
export type { ActiveRule } from './topics.ts'

/** The open store, one noun a property. */
export type Store = ReturnType<typeof assemble>

/** Properties that are made when they are first asked for, each once. */
function lazily<T extends Readonly<Record<string, () => unknown>>>(
  makers: T,
): { readonly [K in keyof T]: ReturnType<T[K]> } {
  const made = {}
  for (const [name, make] of Object.entries(makers)) {
    let value: { readonly of: unknown } | undefined
    const get = (): unknown => {
      value ??= { of: make() }
      return value.of
    }
    Object.defineProperty(made, name, { get, enumerable: true })
  }
  return made as { readonly [K in keyof T]: ReturnType<T[K]> } // the loop gave it every property of `makers`
}

/** Each noun prepares its statements when it is first asked for: a command that only searches starts in half the time. */
function createNouns(db: Db, path: string) {
  return lazily({
    feeds: () => createFeedStore(db),
    feedListings: () => createFeedListingStore(db),
    articles: () => createArticleStore(db),
    stories: () => createStoryStore(db),
    storyChanges: () => createStoryChangeStore(db),
    languageLinks: () => createLanguageLinkStore(db),
    subscriptions: () => createSubscriptionStore(db),
    topics: () => createTopicStore(db),
    retag: () => createRetagStore(db),
    dossiers: () => createDossierStore(db),
    search: () => createSearchStore(db),
    echo: () => createEchoStore(db),
    material: () => createMaterialStore(db),
    coverage: () => createCoverageStore(db),
    editions: () => createEditionStore(db),
    alerts: () => createAlertStore(db),
    deliveries: () => createDeliveryStore(db),
    unsubscribes: () => createUnsubscribeStore(db),
    serviceLock: () => createWriterLock(db),
    upkeep: () => createUpkeep(db, path),
  })
}

/** Closes the file. Of one that is known to be sound it is noted how it is left. */
function leave(db: Db, path: string, soundAt: number | undefined): void {
  db.close()
  if (soundAt !== undefined && !db.readonly) noteSound(path, soundAt)
}

/** What is done with the file as a whole. `readAt` is when it was read whole and found sound, where that is known. */
function createFileActs(db: Db, path: string, readAt: number | undefined) {
  let soundAt = readAt
  const doubt = (): void => {
    soundAt = undefined
    forgetSound(path)
  }
  const explaining = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      const explained = explainError(error, path)
      if (explained !== undefined) doubt()
      throw explained ?? error
    }
  }
  return {
    path,
    stats: (since: number) => readStats(db, since),
    /** Runs `work` in one immediate transaction: all of it is stored, or nothing. A full disk and the like throw StoreError. */
    transaction: <T>(work: () => T): T => explaining(() => db.transaction(work).immediate()),
    /** Several looks at one state of the file, which SQLite then locks once and not for each. `work` writes nothing. */
    reading: <T>(work: () => T): T => explaining(() => db.transaction(work).deferred()),
    /** Runs `work`, which writes as it goes; a full disk and the like throw StoreError. */
    explaining,
    /** A complete copy while others write; never copy the file without its -wal by hand. */
    backup: (target: string): Promise<{ readonly totalPages: number }> => backupDatabase(path, target),
    /** 'ok', or the first thing found wrong. */
    integrity: (): string => {
      const state = checkIntegrity(db)
      if (state !== 'ok') doubt()
      return state
    },
    /** Folds the write-ahead log back into the file. */
    checkpoint: (): void => void db.pragma('wal_checkpoint(TRUNCATE)'),
    close: (): void => leave(db, path, soundAt),
  }
}

function assemble(db: Db, path: string, readAt: number | undefined) {
  return Object.assign(createNouns(db, path), createFileActs(db, path, readAt))
}

/** What cannot be opened is not known to be sound. */
function openOrDoubt(path: string, options: OpenOptions): Db {
  try {
    return openDatabase(path, options)
  } catch (error) {
    forgetSound(path)
    throw error
  }
}

/** Opens the store at `path`, creating and migrating it when needed. Throws StoreError with the remedy. */
export function openStore(path: string, { verify = false, ...options }: OpenOptions = {}): Store {
  const readAt = soundSince(path)
  if (typeof verify === 'boolean') return assemble(openOrDoubt(path, { ...options, verify }), path, readAt)
  const { now, afterMs } = verify
  const isKnownSound = readAt !== undefined && readAt <= now && now - readAt < afterMs
  const db = openOrDoubt(path, { ...options, verify: !isKnownSound })
  return assemble(db, path, isKnownSound ? readAt : now)
}

/** The same of what a search needs, and of nothing else: built for itself, a search then holds no other part of the store. */
export function openSearch(path: string): Pick<Store, 'search' | 'close'> {
  const readAt = soundSince(path)
  const db = openOrDoubt(path, {})
  return { search: createSearchStore(db), close: () => leave(db, path, readAt) }
}
