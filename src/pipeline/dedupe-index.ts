// The reports of the last days, to be asked which of them a new one copies. In memory; rebuilt from rows at start.
import type { Instant } from '../model/time.ts'
import { LEAD_UNITS, spelledWords, titleHash } from '../text/fingerprint.ts'
import { countReport, newRarity, type Rarity, rarityOf } from '../text/rarity.ts'
import {
  addEntry,
  type Candidates,
  candidatesOf,
  type Entry,
  forgetEntries,
  newCandidates,
} from './dedupe-candidates.ts'
import { comparable, type WordSequence } from './dedupe-comparable.ts'
import { featuresOf } from './dedupe-features.ts'
import { DUPLICATE_FROM, duplicateProbability } from './dedupe-model.ts'
import { countTitle, isRecurring, newTitles, type Titles } from './dedupe-titles.ts'
import { distinctSorted, type EchoDocument, printOf } from './echo-document.ts'

/** The article that a report copies: always the first that was stored, never a copy. */
export type Nearest = {
  readonly articleId: number
  readonly sourceId: string // whose article or copy it was that resembled most
  readonly p: number // probability that the two are one report, DUPLICATE_FROM to 1
  readonly isSameTitle: boolean
  readonly shares: readonly string[] // the rarest words they share, folded, at most three
}

export type DuplicateIndex = {
  /** Adds an article. A copy, or a revised text, is filed under the article it belongs to: `of`. */
  readonly add: (document: EchoDocument, of?: number) => void
  /** The article that this report most probably copies; undefined when none does. Live pages never do. */
  readonly nearest: (document: EchoDocument) => Nearest | undefined
  /** Forgets what is older than `instant`; call it with now minus three days. Recurring headlines are kept for 30 days. */
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

/** An empty index. `windowMs` is how far apart two copies may be; three days unless told. */
export function createDuplicateIndex(options: { readonly windowMs?: number } = {}): DuplicateIndex {
  const state: State = {
    rarity: newRarity('words'),
    candidates: newCandidates(),
    titles: newTitles(),
    windowMs: options.windowMs ?? WINDOW_MS,
  }
  return {
    add: (document, of) => add(state, document, of),
    nearest: (document) => nearest(state, document),
    forgetBefore: (instant) => forgetEntries(state.candidates, instant),
    get size() {
      return state.candidates.entries.size
    },
  }
}

type State = {
  readonly rarity: Rarity
  readonly candidates: Candidates
  readonly titles: Titles
  readonly windowMs: number
}

function add(state: State, document: EchoDocument, of: number | undefined): void {
  if (printOf(document).isLive) return
  const entry = entryOf(document)
  if (of === undefined) countTitle(state.titles, document.sourceId, titleHash(entry.print), document.at)
  const { distinctWords } = printOf(document)
  addEntry(state.candidates, { ...entry, articleId: of ?? document.articleId }, distinctWords, state.rarity)
  countReport(state.rarity, distinctWords)
}

// Only what comparing needs: the rest of a fingerprint would double the memory.
function entryOf(document: EchoDocument): Entry {
  const { words, titleCount } = printOf(document)
  const { articleId, sourceId, at } = document
  return { articleId, sourceId, at, textLength: document.text.length, print: { words, titleCount } }
}

function nearest(state: State, document: EchoDocument): Nearest | undefined {
  if (printOf(document).isLive) return undefined
  const entry = withoutRecurringTitle(state, entryOf(document))
  const inWindow = (other: Entry) =>
    Math.abs(other.at - entry.at) <= state.windowMs && other.articleId !== entry.articleId
  const isWhole = entry.print.titleCount === printOf(document).titleCount
  const distinctWords = isWhole ? printOf(document).distinctWords : distinctSorted(entry.print.words)
  const title = titleHash(entry.print)
  const others = candidatesOf(state.candidates, distinctWords, title, state.rarity).filter(inWindow)
  const best = mostProbable(entry, others, state.rarity)
  return best === undefined ? undefined : describe(document, entry, best.entry, best.p, state.rarity)
}

function withoutRecurringTitle(state: State, entry: Entry): Entry {
  const title = titleHash(entry.print)
  if (!isRecurring(state.titles, entry.sourceId, title, entry.at)) return entry
  const { words, titleCount } = entry.print
  return { ...entry, print: { words: words.slice(titleCount), titleCount: 0 } }
}

type Scored = { readonly entry: Entry; readonly p: number }

// Of equally probable ones the first stored wins: candidates of equal rank come in that order.
function mostProbable(entry: Entry, others: readonly Entry[], rarity: Rarity): Scored | undefined {
  if (others.length === 0) return undefined
  const self = comparable(entry.print, rarity)
  let best: Scored | undefined
  for (const other of others) {
    const days = Math.abs(entry.at - other.at) / DAY_MS
    const features = featuresOf(self, comparable(other.print, rarity), days)
    const isDigest = features.titles < DIGEST_TITLES_MAX && lengthRatio(entry, other) >= LENGTH_RATIO_MAX
    const p = isIdentical(entry.print, other.print) ? 1 : isDigest ? 0 : duplicateProbability(features)
    if (p >= DUPLICATE_FROM && p > (best?.p ?? 0)) best = { entry: other, p }
    if (p >= SURE_FROM) break
  }
  return best
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
  const shared = Array.from(distinctSorted(entry.print.words)).filter((word) => known.has(word))
  const rarest = shared.toSorted((a, b) => rarityOf(rarity, b) - rarityOf(rarity, a)).slice(0, SHARES_MAX)
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
