// The stories alive, found by their stems. Which of them a report belongs to is decided in cluster.ts.
import type { Instant } from '../model/time.ts'
import { backgroundLanguages } from '../text/background-counts.ts'
import { countReport, expectWords, newRarity, type Rarity, saveRarity } from '../text/rarity.ts'
import type { Candidate } from './cluster-features.ts'
import { fillProbe, type Likeness, likeness, newProbe, type Probe } from './cluster-probe.ts'
import {
  addMember,
  dropStory,
  type Member,
  newStories,
  readCentroid,
  readMembers,
  type Stories,
  type Story,
} from './cluster-stories.ts'
import { heaviestPlaces, type Vector, vectorOf, WEIGHT_ONE } from './cluster-vector.ts'
import { distinctValues } from './distinct-values.ts'
import { type EchoDocument, printOf } from './echo-document.ts'
import type { KeptReport } from './kept-report.ts'
import { emptyOwnerTally, largestOwners, newOwnerTally, type OwnerTally } from './owner-tally.ts'
import { type PackedReader, packLists } from './packed-lists.ts'
import { postingsAsLists, takePostings } from './packed-postings.ts'
import { storiesAsLists, takeStories } from './packed-stories.ts'
import { addOwner, freeList, newPostings, ownersOf, type Postings, tallyOwners } from './postings.ts'

/** Mutable. The owners of a stem are the ids of the stories that have it. `sweptAt` is the instant last forgotten before. */
export type StoryIndex = {
  readonly rarity: Rarity
  readonly stories: Stories
  readonly postings: Postings
  sweptAt: Instant
  readonly tally: OwnerTally
  readonly probe: Probe // the report asked about last
  readonly heard: Map<string, number> // reports by language
  readonly expected: readonly string[]
  readonly asked: Asked
  readonly isAlive: (storyId: number) => boolean // at the instants of `asked`
  latest: { readonly document: EchoDocument; readonly report: Report } | undefined
}

/** When the report was told, and when it came, whose stories are asked for. */
type Asked = { at: Instant; seenAt: Instant }

const HOUR_MS = 3_600_000
const STEMS_POSTED = 14
const OWNERS_READ_MAX = 16
const OWNERS_TALLIED_MAX = STEMS_POSTED * (OWNERS_READ_MAX + 1) // the newest of a stem stands beside its list
const CANDIDATES_MAX = 8
const STORIES_COMPARED = 3

const DAY_MS = 24 * HOUR_MS

/**
 * `expected` are texts of which every word counts as common; a story lives `lifeMs` after its last report, five days unless told.
 * `learned` is what another index learned, to go on from.
 */
export type StoryOptions = {
  readonly expected?: readonly string[]
  readonly lifeMs?: number
  readonly learned?: LearnedStems
}

/** No stories at all. */
export function newStoryIndex({
  expected = [],
  lifeMs = 5 * DAY_MS,
  learned,
}: StoryOptions = {}): StoryIndex {
  const [stories, postings] = [newStories(), newPostings(OWNERS_READ_MAX)]
  const isDead = (storyId: number) => !stories.byId.has(storyId)
  const forget = (newest: number, list: number): boolean => {
    if (!isDead(newest) || !ownersOf(postings, list).every(isDead)) return false
    freeList(postings, list)
    return true
  }
  const rarity = newRarity('stems', forget, learned?.stems)
  expectWords(rarity, 'stems', expected)
  const [tally, probe, heard] = [
    newOwnerTally(OWNERS_TALLIED_MAX),
    newProbe(),
    new Map(Object.entries(learned?.heard ?? {})),
  ]
  const asked = { at: 0, seenAt: 0 }
  const isAlive = aliveWhen(asked, stories, lifeMs)
  const state = { sweptAt: 0, asked, isAlive, latest: undefined }
  return { rarity, stories, postings, tally, probe, heard, expected, ...state }
}

// Made once: a function made anew for every report is also compiled anew every few thousand times.
function aliveWhen(asked: Asked, { byId }: Stories, lifeMs: number): (storyId: number) => boolean {
  return (storyId) => {
    const story = byId.get(storyId)
    if (story === undefined) return false
    return Math.abs(asked.at - story.lastAt) <= lifeMs && asked.seenAt - story.lastSeenAt <= lifeMs
  }
}

/** A report as a story would hold it, and the places of the heaviest stems that it is found by. */
export type Report = { readonly member: Member; readonly heaviest: readonly number[] }

/** Made once for a document that is first assigned and then added, as long as nothing else was added in between. */
export function reportOf(index: StoryIndex, document: EchoDocument): Report {
  if (index.latest?.document === document) return index.latest.report
  const { stems: words, titleCount } = printOf(document)
  const vector = vectorOf({ words, titleCount }, index.rarity)
  const { sourceId, at, seenAt = at } = document
  const report = asReport({ sourceId, at, seenAt, titleCount, vector })
  index.latest = { document, report }
  return report
}

function asReport(member: Member): Report {
  const { stems, weights } = member.vector
  return { member, heaviest: heaviestPlaces({ stems, weights, from: 0, to: stems.length }, STEMS_POSTED) }
}

/** The live stories worth comparing with a report: of those that share most of its heaviest stems the closest, `most` at most. The probe holds the report from then on. */
export function storiesLike(
  index: StoryIndex,
  { member: { vector, at, seenAt }, heaviest }: Report,
  most = STORIES_COMPARED,
): readonly Candidate[] {
  const { stories, postings, tally, probe, rarity, asked } = index
  asked.at = at
  asked.seenAt = seenAt
  fillProbe(probe, vector)
  emptyOwnerTally(tally)
  for (const [round, place] of heaviest.entries()) {
    const amount = ((vector.weights[place] ?? 0) / WEIGHT_ONE) ** 2
    tallyOwners(postings, rarity.ledger, vector.stems[place] ?? 0, { tally, amount, round, first: 1 })
  }
  const close: Candidate[] = []
  for (const storyId of largestOwners(tally, Number.MIN_VALUE, CANDIDATES_MAX, index.isAlive)) {
    const story = stories.byId.get(storyId)
    if (story !== undefined) close.push({ story, centroid: likenessOf(probe, stories, story) })
  }
  const closest = close.sort(byCloseness).slice(0, most)
  for (const { story } of closest) readMembers(stories, story)
  return closest
}

const byCloseness = (a: Candidate, b: Candidate): number => b.centroid.cosine - a.centroid.cosine

function likenessOf(probe: Probe, stories: Stories, story: Story): Likeness {
  const centroid = readCentroid(stories, story)
  return likeness(probe, stories.pool, centroid)
}

/** Adds a report to a story, which begins with it when the id is not known. Returns what its stems weigh there. */
export function addReport(index: StoryIndex, storyId: number, document: EchoDocument): Vector['weights'] {
  const report = reportOf(index, document)
  fileReport(index, storyId, report)
  learnFrom(index, report.member.vector.stems, document.language)
  index.latest = undefined
  return report.member.vector.weights
}

/** Adds a report again that an earlier index had. `isLearned`: it is in what the index learned. */
export function restoreReport(
  index: StoryIndex,
  storyId: number,
  kept: KeptReport,
  isLearned: boolean,
): void {
  fileReport(index, storyId, asReport(memberOf(kept)))
  if (!isLearned) learnFrom(index, kept.print.stems, kept.language)
}

function memberOf({ sourceId, at, seenAt, print, weights }: KeptReport): Member {
  return { sourceId, at, seenAt, titleCount: print.titleCount, vector: { stems: print.stems, weights } }
}

/** The index but for what was learned and for the reports, for `takePackedStories`. */
export function packStories({ postings, rarity, stories }: StoryIndex): Generator<Uint8Array> {
  return packLists([...postingsAsLists(postings, rarity.ledger), ...storiesAsLists(stories)])
}

/** Reads so many of the latest reports of a story that were in the index when it was packed, oldest first. */
export type ReadLatest = (storyId: number, most: number) => Iterable<KeptReport>

/** Goes on where the index that was packed ended; the reports of a story are read when they are needed. */
export function takePackedStories(
  { postings, rarity, stories }: StoryIndex,
  lists: PackedReader,
  readLatest: ReadLatest,
): void {
  takePostings(postings, rarity.ledger, lists)
  takeStories(stories, lists)
  stories.latestOf = function* (storyId, most) {
    for (const kept of readLatest(storyId, most)) yield memberOf(kept)
  }
}

function fileReport({ stories, postings, rarity }: StoryIndex, storyId: number, report: Report): void {
  const { member, heaviest } = report
  addMember(stories, storyId, member)
  for (const place of heaviest) addOwner(postings, rarity.ledger, member.vector.stems[place] ?? 0, storyId)
}

function learnFrom({ rarity, heard }: StoryIndex, stems: Int32Array, language: string | undefined): void {
  countReport(rarity, distinctValues(stems))
  const primary = primaryOf(language)
  heard.set(primary, (heard.get(primary) ?? 0) + 1)
}

/** What an index learned of stems, as integers, and how many reports it heard in each language. */
export type LearnedStems = { readonly stems: Int32Array; readonly heard: Readonly<Record<string, number>> }

/** Also takes what the desk expects for common again: it was so when the desk was opened, and reports have come since. */
export function learnedBy({ rarity, heard, expected }: StoryIndex): LearnedStems {
  expectWords(rarity, 'stems', expected)
  return { stems: saveRarity(rarity), heard: Object.fromEntries(heard) }
}

/** Forgets the stories whose last report came before `instant`; hourly is enough. */
export function forgetStories(index: StoryIndex, instant: Instant): void {
  if (instant - index.sweptAt < HOUR_MS) return
  index.sweptAt = instant
  for (const story of index.stories.byId.values())
    if (story.lastSeenAt < instant) dropStory(index.stories, story)
}

const REPORTS_LEAST = 50

/** In a language of which few reports were seen and no background is known, every small word looks rare. */
export function knowsLanguage({ heard }: StoryIndex, document: EchoDocument): boolean {
  const language = primaryOf(document.language)
  return backgroundLanguages.has(language) || (heard.get(language) ?? 0) >= REPORTS_LEAST
}

/** `en` for `en-GB`; a report of unknown language is taken for English. */
function primaryOf(language = 'en'): string {
  return language.toLowerCase().split('-')[0] ?? 'en'
}
