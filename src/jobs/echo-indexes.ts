// The indexes of recent articles, made from what the store keeps of them, and noted there as they stand.
import type { Instant } from '../model/time.ts'
import { createStoryIndex } from '../pipeline/cluster.ts'
import { createDuplicateIndex } from '../pipeline/dedupe-index.ts'
import type { EchoDocument } from '../pipeline/echo-document.ts'
import { takeIn } from '../pipeline/judge.ts'
import { createReportReader, type KeptReport } from '../pipeline/kept-report.ts'
import type { EchoMemory, EchoRow, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { type Indexed, saveSnapshot, takeSnapshot } from './echo-snapshot.ts'
import { expectedTexts, outletNames } from './expected-texts.ts'
import { knownDocument } from './known-document.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Copies arrive within three days; stories live five days after their last article. */
export const copiesMs = 3 * dayMs
export const storiesMs = 5 * dayMs

/** What of a desk says nothing about a report: the terms it listens for, the names of its sources. */
export type Listening = Pick<Desk, 'sources' | 'topics'>

/** `isWhole` until another process was seen to store reports that are not in the indexes. */
export type EchoIndexes = Indexed & { isWhole: boolean }

/** Empty indexes that go on from what an earlier run learned. */
export function newIndexes(desk: Listening, memory?: EchoMemory): EchoIndexes {
  const outlets = { outletNames: outletNames(desk) }
  const terms = { expected: expectedTexts(desk) }
  const empty = { lastId: 0, isWhole: true }
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

/** What is stored of a report that was taken in: an article's in a story, or a copy or a revised text of the article `of`. */
export function reportRow(
  document: EchoDocument,
  report: Uint8Array,
  { storyId, of }: { readonly storyId?: number; readonly of?: number },
): Omit<EchoRow, 'id'> {
  const { articleId, sourceId, at, seenAt = at, language } = document
  return {
    articleId: of ?? articleId,
    sourceId,
    at,
    seenAt,
    report,
    ...(storyId === undefined ? {} : { storyId }),
    ...(language === undefined ? {} : { language }),
  }
}

/** Stores reports that are in the indexes, in the order in which they were taken in. */
export function storeReports(store: Store, indexes: EchoIndexes, rows: readonly Omit<EchoRow, 'id'>[]): void {
  for (const row of rows) {
    const id = store.echo.add(row)
    if (id !== indexes.lastId + 1) indexes.isWhole = false
    indexes.lastId = id
  }
}

/**
 * Takes over how the indexes of an earlier run stood, then the reports since; without a snapshot of the indexes every
 * report, in the same order. Returns the last article among them.
 */
export function restore(store: Store, indexes: Indexed, memory: EchoMemory | undefined): number {
  if (memory !== undefined) takeSnapshot(store, indexes, memory.afterId)
  return Math.max(memory?.lastArticleId ?? 0, restoreReports(store, indexes, memory?.afterId ?? 0))
}

/** Takes in the reports it has not taken in yet; those up to `learnedId` were learned from. Returns the last article among them. */
export function restoreReports(store: Store, indexes: Indexed, learnedId: number): number {
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
export function tidy(
  store: Store,
  indexes: EchoIndexes,
  { now, changeId }: { readonly now: Instant; readonly changeId: number },
): void {
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
export function keepEarlier(
  store: Store,
  desk: Listening,
  indexes: EchoIndexes,
  after: { readonly id: number; readonly from: Instant },
): void {
  const [first] = store.articles.since(after.from, after.id)
  if (first === undefined) return
  store.transaction(() => {
    const lastId = Math.max(after.id, restoreReports(store, indexes, 0)) // another process may just have done it
    for (const article of [...store.articles.since(after.from, lastId)]) {
      const { storyId } = article
      const document = knownDocument(article, desk)
      storeReports(store, indexes, [reportRow(document, takeIn(indexes, document, { storyId }), { storyId })])
    }
  })
}
