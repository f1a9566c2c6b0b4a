// The stories alive, found by their stems. Which of them a report belongs to is decided in cluster.ts.
import type { Instant } from '../model/time.ts'
import { backgroundLanguages } from '../text/background-counts.ts'
import { countReport, expectWords, newRarity, type Rarity } from '../text/rarity.ts'
import type { Candidate } from './cluster-features.ts'
import { fillProbe, likeness, newProbe, type Probe } from './cluster-probe.ts'
import { addMember, dropStory, type Member, newStories, type Stories } from './cluster-stories.ts'
import { heaviestPlaces, vectorOf, WEIGHT_ONE } from './cluster-vector.ts'
import { distinctValues } from './distinct-values.ts'
import { type EchoDocument, printOf } from './echo-document.ts'
import { addOwner, freeList, newPostings, ownersOf, type Postings, tallyOwners } from './postings.ts'
import { emptyTally, largestOwners, newTally, type Tally } from './tally.ts'

/** Mutable. The owners of a stem are the ids of the stories that have it. `sweptAt` is the instant last forgotten before. */
export type StoryIndex = {
  readonly rarity: Rarity
  readonly stories: Stories
  readonly postings: Postings
  sweptAt: Instant
  readonly tally: Tally
  readonly probe: Probe // the report asked about last
  readonly heard: Map<string, number> // reports by language
  latest: { readonly document: EchoDocument; readonly report: Report } | undefined
}

const HOUR_MS = 3_600_000
const STEMS_POSTED = 14
const OWNERS_READ_MAX = 16
const CANDIDATES_MAX = 8
const STORIES_COMPARED = 3

/** No stories at all. `expected` are texts of which every word counts as common. */
export function newStoryIndex(expected: readonly string[] = []): StoryIndex {
  const [stories, postings] = [newStories(), newPostings(OWNERS_READ_MAX)]
  const isDead = (storyId: number) => !stories.byId.has(storyId)
  const forget = (newest: number, list: number): boolean => {
    if (!isDead(newest) || !ownersOf(postings, list).every(isDead)) return false
    freeList(postings, list)
    return true
  }
  const rarity = newRarity('stems', forget)
  expectWords(rarity, 'stems', expected)
  const [tally, probe] = [newTally(), newProbe()]
  return { rarity, stories, postings, sweptAt: 0, tally, probe, heard: new Map(), latest: undefined }
}

/** A report as a story would hold it, and the places of the heaviest stems that it is found by. */
export type Report = { readonly member: Member; readonly heaviest: readonly number[] }

/** Made once for a document that is first assigned and then added, as long as nothing else was added in between. */
export function reportOf(index: StoryIndex, document: EchoDocument): Report {
  if (index.latest?.document === document) return index.latest.report
  const { stems: words, titleCount } = printOf(document)
  const vector = vectorOf({ words, titleCount }, index.rarity)
  const report = asReport({ sourceId: document.sourceId, at: document.at, titleCount, vector })
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
  { member: { vector }, heaviest }: Report,
  most = STORIES_COMPARED,
): readonly Candidate[] {
  const { stories, postings, tally, probe, rarity } = index
  fillProbe(probe, vector)
  emptyTally(tally)
  for (const [round, place] of heaviest.entries()) {
    const amount = ((vector.weights[place] ?? 0) / WEIGHT_ONE) ** 2
    tallyOwners(postings, rarity.ledger, vector.stems[place] ?? 0, { tally, amount, round, first: 1 })
  }
  const isLive = (storyId: number) => stories.byId.has(storyId)
  const close = largestOwners(tally, Number.MIN_VALUE, CANDIDATES_MAX, isLive).flatMap((storyId) => {
    const story = stories.byId.get(storyId)
    return story === undefined ? [] : { story, centroid: likeness(probe, stories.pool, story.centroid) }
  })
  close.sort((a, b) => b.centroid.cosine - a.centroid.cosine)
  return close.slice(0, most)
}

/** Adds a report to a story, which begins with it when the id is not known. */
export function addReport(index: StoryIndex, storyId: number, document: EchoDocument): void {
  const { member, heaviest } = reportOf(index, document)
  const { stories, postings, rarity, heard } = index
  addMember(stories, storyId, member)
  const { stems } = member.vector
  for (const place of heaviest) addOwner(postings, rarity.ledger, stems[place] ?? 0, storyId)
  countReport(rarity, distinctValues(stems))
  const language = languageOf(document)
  heard.set(language, (heard.get(language) ?? 0) + 1)
  index.latest = undefined
}

/** Forgets the stories whose last report is older than `instant`; hourly is enough. */
export function forgetStories(index: StoryIndex, instant: Instant): void {
  if (instant - index.sweptAt < HOUR_MS) return
  index.sweptAt = instant
  for (const story of index.stories.byId.values()) if (story.lastAt < instant) dropStory(index.stories, story)
}

const REPORTS_LEAST = 300

/** In a language of which few reports were seen and no background is known, every small word looks rare. */
export function knowsLanguage({ heard }: StoryIndex, document: EchoDocument): boolean {
  const language = languageOf(document)
  return backgroundLanguages.has(language) || (heard.get(language) ?? 0) >= REPORTS_LEAST
}

/** `en` for `en-GB`; a report of unknown language is taken for English. */
function languageOf({ language = 'en' }: EchoDocument): string {
  return language.toLowerCase().split('-')[0] ?? 'en'
}
