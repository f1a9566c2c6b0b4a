// The reports of the last days, to be asked which of them a new one copies. In memory; rebuilt from rows at start.
import type { Instant } from '../model/time.ts'
import { LEAD_UNITS, spelledWords, titleHash } from '../text/fingerprint.ts'
import { bareHeadline } from '../text/headline.ts'
import { countReport, type Rarity, saveRarity } from '../text/rarity.ts'
import { pairsOf } from '../text/word-table.ts'
import {
  addEntry,
  type Candidates,
  candidatesOf,
  headlineHash,
  newCandidates,
  postedWords,
  rarestWords,
} from './dedupe-candidates.ts'
import { type Comparable, comparable, type WordSequence } from './dedupe-comparable.ts'
import { type Entries, type Entry, entryOf, forgetEntries, seenTimeOf, timeOf } from './dedupe-entries.ts'
import { type WordFeatures, withNeighbours, wordFeaturesOf } from './dedupe-features.ts'
import { namesAnother, type Wording } from './dedupe-headlines.ts'
import { canBeDuplicate, DUPLICATE_FROM, duplicateProbability } from './dedupe-model.ts'
import { countTitle, isRecurring, newTitles, restoreTitles, type Titles } from './dedupe-titles.ts'
import { distinctValues } from './distinct-values.ts'
import { type EchoDocument, printOf } from './echo-document.ts'
import { plainHeadline } from './headline-shape.ts'
import type { KeptReport } from './kept-report.ts'
import { entriesAsLists, takeEntries } from './packed-entries.ts'
import { type PackedReader, packLists } from './packed-lists.ts'
import { postingsAsLists, takePostings } from './packed-postings.ts'

/** The article that a report copies: always the first that was stored, never a copy. */
export type Nearest = {
  readonly articleId: number
  readonly sourceId: string // whose article or copy it was that resembled most
  readonly p: number // probability that the two are one report, DUPLICATE_FROM to 1
  readonly isSameTitle: boolean
  readonly shares: readonly string[] // the rarest words they share, folded, at most three
}

/** What an index learned of words and headlines, as integers. */
export type LearnedWords = { readonly words: Int32Array; readonly titles: Int32Array }

export type DuplicateIndex = {
  /** Adds an article. A copy, or a revised text, is filed under the article it belongs to: `of`. Returns by which words it is found. */
  readonly add: (document: EchoDocument, of?: number) => Uint8Array
  /** Adds a report again that an earlier index had. `isLearned`: it is in what the index learned. */
  readonly restore: (report: KeptReport, isLearned: boolean) => void
  readonly learned: () => LearnedWords
  /** The whole index but for what `learned` tells, for `takePacked`: in runs to be used one by one, before anything is added. */
  readonly packed: () => Iterable<Uint8Array>
  /** Goes on where the index that was packed ended; call it before anything is added. What that one had learned must be given to this one. */
  readonly takePacked: (lists: PackedReader) => void
  /** The article that this report most probably copies; undefined when none does. Live pages never do. */
  readonly nearest: (document: EchoDocument) => Nearest | undefined
  /** Forgets what came before `instant`; call it with now minus three days. Recurring headlines are kept for 30 days. */
  readonly forgetBefore: (instant: Instant) => void
  readonly size: number
}

const DAY_MS = 86_400_000
const WINDOW_MS = 3 * DAY_MS // 96 % of copies come within a day; beyond three days every resemblance was a template
const IDENTICAL_WORDS_LEAST = 8
const SURE_FROM = 0.97 // then the remaining candidates are not looked at: they share less
const LENGTH_RATIO_MAX = 5
const DIGEST_TITLES_MAX = 0.5
const SHARES_MAX = 3
const CORRECTED = 0.8 // the probability given to a report that a marked correction repeats but for a number or a name
const CORRECTED_TITLES = 0.75
const CORRECTED_WORDS = 0.85

/**
 * `windowMs` is how far apart two copies may be; three days unless told. `outletNames` may stand in headlines and tell nothing apart.
 * `learned` is what another index learned, to go on from.
 */
export type DuplicateOptions = {
  readonly windowMs?: number
  readonly outletNames?: readonly string[]
  readonly learned?: LearnedWords
}

/** An empty index. */
export function createDuplicateIndex(options: DuplicateOptions = {}): DuplicateIndex {
  const candidates = newCandidates(options.learned?.words)
  const asked = { at: 0, seenAt: 0 }
  const state: State = {
    candidates,
    titles: newTitles(),
    asked,
    isInWindow: inWindowOf(asked, candidates.entries, options.windowMs ?? WINDOW_MS),
    outlets: new Set(
      (options.outletNames ?? []).flatMap((name) => spelledWords(name)).map(({ word }) => word),
    ),
  }
  if (options.learned !== undefined) restoreTitles(state.titles, options.learned.titles)
  return {
    add: (document, of) => add(state, document, of),
    restore: (report, isLearned) => restore(state, report, isLearned),
    learned: () => ({ words: saveRarity(state.candidates.rarity), titles: pairsOf(state.titles) }),
    packed: () => {
      const { postings, rarity, entries } = state.candidates
      return packLists([...postingsAsLists(postings, rarity.ledger), ...entriesAsLists(entries)])
    },
    takePacked: (lists) => {
      const { postings, rarity, entries } = state.candidates
      takePostings(postings, rarity.ledger, lists)
      takeEntries(entries, lists)
    },
    nearest: (document) => nearest(state, document),
    forgetBefore: (instant) => forgetEntries(state.candidates.entries, instant),
    get size() {
      const { first, next } = state.candidates.entries
      return next - first
    },
  }
}

type State = {
  readonly candidates: Candidates
  readonly titles: Titles
  readonly outlets: ReadonlySet<number>
  readonly asked: Asked
  readonly isInWindow: (entry: number) => boolean // of the instants of `asked`
}

/** When the report was told, and when it came, that others are compared with. */
type Asked = { at: Instant; seenAt: Instant }

// Made once: a function made anew for every report is also compiled anew every few thousand times.
function inWindowOf(asked: Asked, entries: Entries, windowMs: number): (entry: number) => boolean {
  return (entry) =>
    Math.abs(timeOf(entries, entry) - asked.at) <= windowMs &&
    asked.seenAt - seenTimeOf(entries, entry) <= windowMs
}

function add({ titles, candidates }: State, document: EchoDocument, of: number | undefined): Uint8Array {
  const { isLive, words, distinctWords } = printOf(document)
  if (isLive) return new Uint8Array(words.length)
  const entry = asEntry(document)
  if (of === undefined) countTitle(titles, document.sourceId, titleHash(entry.print), document.at)
  const isPosted = postedWords(candidates, words, distinctWords)
  addEntry(candidates, { ...entry, articleId: of ?? document.articleId }, isPosted)
  countReport(candidates.rarity, distinctWords)
  return isPosted
}

function restore({ titles, candidates }: State, report: KeptReport, isLearned: boolean): void {
  const { articleId, sourceId, at, seenAt, textLength, print, shape, isLive, isPosted, storyId } = report
  if (isLive) return
  addEntry(candidates, { articleId, sourceId, at, seenAt, textLength, print, shape }, isPosted)
  if (isLearned) return
  if (storyId !== undefined) countTitle(titles, sourceId, titleHash(print), at)
  countReport(candidates.rarity, distinctValues(print.words))
}

function asEntry(document: EchoDocument): Entry {
  const { articleId, sourceId, at, seenAt = at } = document
  const print = printOf(document)
  return { articleId, sourceId, at, seenAt, textLength: print.textLength, print, shape: print.shape }
}

function nearest(state: State, document: EchoDocument): Nearest | undefined {
  const { isLive, titleCount, distinctWords } = printOf(document)
  if (isLive) return undefined
  const { candidates, asked, isInWindow } = state
  const entry = withoutRecurringTitle(state, asEntry(document))
  asked.at = entry.at
  asked.seenAt = entry.seenAt
  const isWhole = entry.print.titleCount === titleCount
  const words = isWhole ? distinctWords : distinctValues(entry.print.words)
  const found = candidatesOf(candidates, words, headlineHash(entry), isInWindow)
  if (found.length === 0) return undefined
  const others = found
    .map((number) => entryOf(candidates.entries, number))
    .filter((other) => other.articleId !== entry.articleId)
  const corrects = bareHeadline(document.title).flags.includes('correction')
  const best = mostProbable(entry, others, corrects, state)
  return best === undefined ? undefined : describe(document, entry, best.entry, best.p, candidates.rarity)
}

function withoutRecurringTitle(state: State, entry: Entry): Entry {
  const title = titleHash(entry.print)
  if (!isRecurring(state.titles, entry.sourceId, title, entry.at)) return entry
  const { words, titleCount } = entry.print
  return { ...entry, print: { words: words.slice(titleCount), titleCount: 0 }, shape: plainHeadline }
}

type Scored = { readonly entry: Entry; readonly p: number }

// Of equally probable ones the first stored wins: candidates of equal rank come in that order.
function mostProbable(
  entry: Entry,
  others: readonly Entry[],
  corrects: boolean,
  { candidates: { rarity }, outlets }: State,
): Scored | undefined {
  if (others.length === 0) return undefined
  const self = comparable(entry.print, rarity)
  let best: Scored | undefined
  for (const other of ofTheSame(entry, others, { rarity, outlets })) {
    const p = isIdentical(entry.print, other.print) ? 1 : probabilityOf(entry, self, other, corrects, rarity)
    if (p >= DUPLICATE_FROM && p > (best?.p ?? 0)) best = { entry: other, p }
    if (p >= SURE_FROM) break
  }
  return best
}

function probabilityOf(
  entry: Entry,
  self: Comparable,
  other: Entry,
  corrects: boolean,
  rarity: Rarity,
): number {
  const compared = comparable(other.print, rarity)
  const words = wordFeaturesOf(self, compared, Math.abs(entry.at - other.at) / DAY_MS)
  const isDigest = words.titles < DIGEST_TITLES_MAX && lengthRatio(entry, other) >= LENGTH_RATIO_MAX
  if (isDigest) return 0
  if (corrects && isCorrected(words)) return CORRECTED
  return canBeDuplicate(words) ? duplicateProbability(withNeighbours(words, self, compared)) : 0
}

// A correction says that another number or name is right, so these do not speak against what it corrects; all other words do.
function isCorrected({ titles, containment }: WordFeatures): boolean {
  return titles >= CORRECTED_TITLES && containment >= CORRECTED_WORDS
}

// Where one copy of an article tells of another, none of them counts: a copy whose own name is a common word would let everybody in.
function ofTheSame(entry: Entry, others: readonly Entry[], wording: Wording): readonly Entry[] {
  const strangers = others.filter((other) => namesAnother(entry, other, wording))
  if (strangers.length === 0) return others
  const articles = new Set(strangers.map(({ articleId }) => articleId))
  return others.filter(({ articleId }) => !articles.has(articleId))
}

// A digest holds other reports word for word; it is no copy of any of them.
function lengthRatio(a: Entry, b: Entry): number {
  return Math.max(a.textLength, b.textLength) / Math.max(1, Math.min(a.textLength, b.textLength))
}

function isIdentical(a: WordSequence, b: WordSequence): boolean {
  return (
    a.titleCount === b.titleCount &&
    a.words.length === b.words.length &&
    a.words.length - a.titleCount >= IDENTICAL_WORDS_LEAST &&
    a.words.every((word, index) => word === b.words[index])
  )
}

function describe(document: EchoDocument, entry: Entry, other: Entry, p: number, rarity: Rarity): Nearest {
  const known = new Set(other.print.words)
  const shared = distinctValues(entry.print.words).filter((word) => known.has(word))
  const rarest = rarestWords(rarity, shared, SHARES_MAX)
  const spelled = spelledWords(`${document.title}\n${document.text.slice(0, LEAD_UNITS)}`, new Set(rarest))
  const title = titleHash(entry.print)
  return {
    articleId: other.articleId,
    sourceId: other.sourceId,
    p,
    isSameTitle: title !== 0 && title === titleHash(other.print),
    shares: rarest.flatMap((word) => spelled.find((one) => one.word === word)?.spelling ?? []),
  }
}
