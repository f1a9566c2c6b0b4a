// What became of recent articles, in memory: who resembles whom. Read from the store before the first entry is compared, and whenever a
// transaction fails: a round that brings nothing new never pays for them.
import type { Instant } from '../model/time.ts'
import { type Indexes, judgeItems, type Question, type Verdict } from '../pipeline/judge.ts'
import type { EchoRow, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { type EchoIndexes, newIndexes, storeReports } from './echo-indexes.ts'
import { forgetOld, isNoteDue, type Loaded, load, note, reportsLeft, reportsLeftMax } from './echo-state.ts'
import { createLanguageLinker, type LanguageLinker } from './link-languages.ts'

/** Who decides what becomes of items. */
export type Echo = {
  /** Verdicts for the first of these questions, for one at least: see `judgeItems`. What they say has to be stored, or `rebuild` called. */
  readonly judge: (questions: readonly Question[]) => readonly Verdict[]
  /** Whether it helps to announce questions. */
  readonly looksAhead: () => boolean
  /**
   * Says that these very questions come next, or behind those that were announced before, whatever the answers are. Nothing else may be
   * asked before them; only `rebuild` makes all of that void.
   */
  readonly announce: (questions: readonly Question[]) => void
  /** Whether these were announced, and nothing was rebuilt since. */
  readonly isAnnounced: (questions: readonly Question[]) => boolean
  /** Stores the reports of verdicts, in their order; call it in the transaction that stores their articles, and behind them. */
  readonly writeReports: (reports: readonly Omit<EchoRow, 'id'>[]) => void
  /** Links an article with reports in other languages that tell of the same event. */
  readonly linkLanguages: LanguageLinker['link']
  /** Forgets what is too old to matter at `now`; call it before anything is decided at `now`, so that a start decides alike. */
  readonly forget: (now: Instant) => void
  /** Reads the recent archive if that was not done yet, or if somebody changed stories since: a person by hand, in another process. */
  readonly follow: (now: Instant) => void
  /** Reads the recent archive again: after a failed transaction the indexes may know articles that were never stored. */
  readonly rebuild: (now: Instant) => void
  /** Notes how the indexes stand when the next start would have many reports to take in: call it when nothing more is to be stored. Returns whether it did. */
  readonly settle: (now: Instant) => boolean
}

/** The indexes of this very process, for whoever looks into them. */
export type OwnEcho = Echo & { readonly [Name in keyof Indexes]: () => Indexes[Name] }

/** Indexes over the articles of the last days in `store`, in this thread. */
export function createEcho(
  store: Store,
  desk: () => Desk,
  linker: LanguageLinker = createLanguageLinker(store, desk),
): OwnEcho {
  let loaded: Loaded | undefined // the archive was not read yet, since nothing needed it
  let bare: EchoIndexes | undefined
  let unstored = 0 // reports that the indexes know, and the store does not have yet
  const indexes = (): EchoIndexes => {
    if (loaded !== undefined) return loaded.indexes
    bare ??= newIndexes(desk())
    return bare
  }
  const noteIfStored = (known: Loaded, now: Instant): void => {
    if (unstored === 0) note(store, known, now)
  }
  const forget = (now: Instant): void => {
    if (loaded === undefined) return
    forgetOld(loaded, now)
    if (isNoteDue(loaded, now)) noteIfStored(loaded, now)
  }
  const rebuild = (now: Instant): void => {
    linker.reset()
    loaded = load(store, desk(), now)
    unstored = 0
    forget(now)
  }
  return {
    duplicates: () => indexes().duplicates,
    stories: () => indexes().stories,
    judge: (questions) => {
      const lastIds = { articleId: store.articles.lastId(), storyId: store.stories.lastId() }
      const verdicts = judgeItems(indexes(), questions, lastIds)
      unstored += verdicts.filter(({ report }) => report !== undefined).length
      return verdicts
    },
    looksAhead: () => false,
    announce: () => undefined,
    isAnnounced: () => false,
    writeReports: (reports) => {
      storeReports(store, indexes(), reports)
      unstored -= reports.length
    },
    linkLanguages: linker.link,
    forget,
    follow: (now) => {
      if (store.storyChanges.latest() !== loaded?.changesSeen) rebuild(now)
    },
    rebuild,
    settle: (now) => {
      if (loaded === undefined || reportsLeft(loaded) < reportsLeftMax) return false
      noteIfStored(loaded, now)
      return true
    },
  }
}
