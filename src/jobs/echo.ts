// The in-memory indexes of recent articles: who resembles whom. Read from the store before the first entry is compared, and whenever a
// transaction fails: a round that brings nothing new never pays for them.
import type { Instant } from '../model/time.ts'
import { createStoryIndex, type StoryClusters } from '../pipeline/cluster.ts'
import { createDuplicateIndex, type DuplicateIndex } from '../pipeline/dedupe-index.ts'
import { type EchoDocument, printOf } from '../pipeline/echo-document.ts'
import { createReportReader, type KeptReport, packReport } from '../pipeline/kept-report.ts'
import type { EchoMemory, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { type Indexed, saveSnapshot, takeSnapshot } from './echo-snapshot.ts'
import { expectedTexts, outletNames } from './expected-texts.ts'
import { knownDocument } from './known-document.ts'
import { createLanguageLinker, type LanguageLinker } from './link-languages.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Copies arrive within three days; stories live five days after their last article. */
export const copiesMs = 3 * dayMs
export const storiesMs = 5 * dayMs

/** After so many reports what a start needs is noted before the hour is over: the first round of a new desk brings tens of thousands. */
const reportsBetweenMin = 8_000

/** Noting takes as long as what is known is large: so much of it must be new, or a round of tens of thousands would note them again and again. */
const newShareMin = 0.5

/** What a start takes in report by report costs it 30 ms for so many, and noting how the indexes stand costs some 70 ms once. */
const reportsLeftMax = 1_000

export type Echo = {
  readonly duplicates: () => DuplicateIndex
  readonly stories: () => StoryClusters
  /** Adds a new article to its story, and to what copies are looked for among. */
  readonly keepArticle: (document: EchoDocument, storyId: number) => void
  /** Adds a copy, or a revised text, of an article we keep. */
  readonly keepCopy: (document: EchoDocument, of: number) => void
  /** Links an article with reports in other languages that tell of the same event. */
  readonly linkLanguages: LanguageLinker['link']
  /** Stores the reports added since; call it in the transaction that stores their articles, and behind them. */
  readonly writeReports: () => void
  /** Forgets what is too old to matter at `now`; call it before anything is decided at `now`, so that a start decides alike. */
  readonly forget: (now: Instant) => void
  /** Reads the recent archive if that was not done yet, or if somebody changed stories since: a person by hand, in another process. */
  readonly follow: (now: Instant) => void
  /** Reads the recent archive again: after a failed transaction the indexes may know articles that were never stored. */
  readonly rebuild: (now: Instant) => void
  /** Notes how the indexes stand when the next start would have many reports to take in: call it when nothing more is to be stored. Returns whether it did. */
  readonly settle: (now: Instant) => boolean
}

/** `unwritten` waits for `writeReports`; `isWhole` until another process was seen to store reports that are not in the indexes. */
type Indexes = Indexed & { unwritten: Parameters<Store['echo']['add']>[0][]; isWhole: boolean }

/** Empty indexes that go on from what an earlier run learned. */
function newIndexes(desk: Desk, memory?: EchoMemory): Indexes {
  const outlets = { outletNames: outletNames(desk) }
  const terms = { expected: expectedTexts(desk) }
  const empty = { lastId: 0, unwritten: [], isWhole: true }
  if (memory === undefined)
    return { duplicates: createDuplicateIndex(outlets), stories: createStoryIndex(terms), ...empty }
  const { words, titles, stems, heard } = memory
  const learnedWords = { words: integersOf(words), titles: integersOf(titles) }
  return {
    duplicates: createDuplicateIndex({ ...outlets, learned: learnedWords }),
    stories: createStoryIndex({ ...terms, learned: { stems: integersOf(stems), heard } }),
    ...empty,
  }
}

/** Adds a report to the indexes, and to what is to be stored. */
function keep(indexes: Indexes, document: EchoDocument, place: Place): void {
  const { duplicates, stories } = indexes
  const { articleId, sourceId, at, seenAt = at, language } = document
  const { of, storyId } = place
  const isPosted = duplicates.add(document, of)
  const weights = storyId === undefined ? undefined : stories.addTo(storyId, document)
  const print = printOf(document)
  indexes.unwritten.push({
    articleId: of ?? articleId,
    sourceId,
    at,
    seenAt,
    report: packReport({ ...print, print, isPosted, weights }),
    ...(storyId === undefined ? {} : { storyId }),
    ...(language === undefined ? {} : { language }),
  })
}

function writeReports(store: Store, indexes: Indexes): void {
  for (const report of indexes.unwritten) {
    const id = store.echo.add(report)
    if (id !== indexes.lastId + 1) indexes.isWhole = false
    indexes.lastId = id
  }
  indexes.unwritten = []
}

/** Where a report belongs: an article to a story, a copy to an article. */
type Place = { readonly storyId?: number; readonly of?: number }

/**
 * Takes over how the indexes of an earlier run stood, then the reports since; without a snapshot of the indexes every
 * report, in the same order. Returns the last article among them.
 */
function restore(store: Store, indexes: Indexed, memory: EchoMemory | undefined): number {
  if (memory !== undefined) takeSnapshot(store, indexes, memory.afterId)
  return Math.max(memory?.lastArticleId ?? 0, restoreReports(store, indexes, memory?.afterId ?? 0))
}

/** Takes in the reports it has not taken in yet; those up to `learnedId` were learned from. Returns the last article among them. */
function restoreReports(store: Store, indexes: Indexed, learnedId: number): number {
  const { duplicates, stories } = indexes
  const readReport = createReportReader()
  let lastArticleId = 0
  for (const row of store.echo.reports(indexes.lastId)) {
    const kept: KeptReport = { ...readReport(row.report), ...row }
    duplicates.restore(kept, row.id <= learnedId)
    if (row.storyId !== undefined) stories.restore(row.storyId, kept, row.id <= learnedId)
    indexes.lastId = row.id
    lastArticleId = Math.max(lastArticleId, row.articleId)
  }
  return lastArticleId
}

/** A copy, for bytes from the database may begin anywhere in memory and integers may not. */
function integersOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(new Uint8Array(bytes).buffer)
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Notes what was learned and how the indexes stand, and forgets the reports that can matter no more. */
function tidy(store: Store, indexes: Indexes, { now, changeId }: { now: Instant; changeId: number }): void {
  const { duplicates, stories, lastId } = indexes
  const [{ words, titles }, { stems, heard }] = [duplicates.learned(), stories.learned()]
  store.transaction(() => {
    store.echo.remember({
      afterId: lastId,
      takenAt: now,
      words: bytesOf(words),
      titles: bytesOf(titles),
      stems: bytesOf(stems),
      heard,
    })
    if (indexes.isWhole) saveSnapshot(store, indexes, changeId)
    store.echo.forget({ copiesSince: now - copiesMs, storiesSince: now - storiesMs })
  })
}

/** Articles that were stored by a program that did not keep this yet: their texts are analysed once, by one process. */
function keepEarlier(store: Store, desk: Desk, indexes: Indexes, after: { id: number; from: Instant }): void {
  const [first] = store.articles.since(after.from, after.id)
  if (first === undefined) return
  store.transaction(() => {
    const lastId = Math.max(after.id, restoreReports(store, indexes, 0)) // another process may just have done it
    for (const article of [...store.articles.since(after.from, lastId)]) {
      keep(indexes, knownDocument(article, desk), { storyId: article.storyId })
    }
    writeReports(store, indexes)
  })
}

/** Indexes over the articles of the last days in `store`. */
export function createEcho(store: Store, desk: () => Desk): Echo {
  const linker = createLanguageLinker(store, desk)
  let known: Indexes | undefined
  let changesSeen: number | undefined // undefined: the archive was not read yet, since nothing needed it
  let [tidiedAt, tidiedId] = [0, 0]
  const indexes = (): Indexes => {
    known ??= newIndexes(desk())
    return known
  }
  const forget = (now: Instant): void => {
    if (known === undefined || changesSeen === undefined) return
    known.duplicates.forgetBefore(now - copiesMs)
    known.stories.forgetBefore(now - storiesMs)
    const reportsBetween = Math.max(reportsBetweenMin, known.duplicates.size * newShareMin)
    if (now - tidiedAt < hourMs && known.lastId - tidiedId < reportsBetween) return
    note(known, { now, changeId: changesSeen })
  }
  const note = (indexes: Indexes, moment: { readonly now: Instant; readonly changeId: number }): void => {
    if (indexes.unwritten.length > 0) return // the indexes know of reports that the store does not have yet
    tidy(store, indexes, moment)
    tidiedAt = moment.now
    tidiedId = indexes.lastId
  }
  const rebuild = (now: Instant): void => {
    linker.reset()
    changesSeen = store.storyChanges.latest() // before reading: what changes meanwhile is read once more
    const memory = store.echo.memory()
    known = newIndexes(desk(), memory)
    const id = restore(store, known, memory)
    keepEarlier(store, desk(), known, { id, from: now - storiesMs })
    tidiedAt = memory?.takenAt ?? 0 // what was noted may have been rolled back
    tidiedId = memory?.afterId ?? 0
    forget(now)
  }
  return {
    duplicates: () => indexes().duplicates,
    stories: () => indexes().stories,
    keepArticle: (document, storyId) => keep(indexes(), document, { storyId }),
    keepCopy: (document, of) => keep(indexes(), document, { of }),
    linkLanguages: linker.link,
    writeReports: () => writeReports(store, indexes()),
    forget,
    follow: (now) => {
      if (store.storyChanges.latest() !== changesSeen) rebuild(now)
    },
    rebuild,
    settle: (now) => {
      const left = known === undefined ? 0 : known.lastId - tidiedId
      if (known === undefined || changesSeen === undefined || left < reportsLeftMax) return false
      note(known, { now, changeId: changesSeen })
      return true
    },
  }
}
