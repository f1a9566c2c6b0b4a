// The stories alive, found by their stems. Which of them a report belongs to is decided in cluster.ts.
import type { Instant } from '../model/time.ts'
import { backgroundLanguages } from '../text/background-counts.ts'
import { countReport, expectWords, newRarity, type Rarity } from '../text/rarity.ts'
import { cosine, fillProbe, newProbe, type Probe } from './cluster-probe.ts'
import { type Member, newStory, type Story, withMember } from './cluster-story.ts'
import { heaviestStems, type Vector, vectorOf } from './cluster-vector.ts'
import { type EchoDocument, printOf } from './echo-document.ts'
import {
  addPosting,
  forgetPostings,
  newOwnerLists,
  newPostings,
  type Postings,
  readOwners,
} from './postings.ts'
import { emptyTally, largestOwners, newTally, type Tally, tallyList } from './tally.ts'

/** Mutable. `hours` notes where each hour's postings begin, oldest first; `sweptAt` is the instant last forgotten before. */
export type StoryIndex = {
  readonly rarity: Rarity
  readonly stories: Map<number, Story> // by story id
  readonly postings: Postings
  readonly hours: { readonly at: Instant; readonly posting: number }[]
  sweptAt: Instant
  readonly tally: Tally
  readonly probe: Probe // the report asked about last
  readonly heard: Map<string, number> // reports by language
  latest: { readonly document: EchoDocument; readonly report: Report } | undefined
}

const HOUR_MS = 3_600_000
const STEMS_POSTED = 14
const POSTINGS_READ_MAX = 32
const CANDIDATES_MAX = 8
const STORIES_COMPARED = 3

/** No stories at all. `expected` are texts of which every word counts as common. */
export function newStoryIndex(expected: readonly string[] = []): StoryIndex {
  const rarity = newRarity('stems')
  expectWords(rarity, 'stems', expected)
  return {
    rarity,
    stories: new Map(),
    postings: newPostings(),
    hours: [],
    sweptAt: 0,
    tally: newTally(),
    probe: newProbe(),
    heard: new Map(),
    latest: undefined,
  }
}

/** A report as a story would hold it, and the heaviest stems that it is found by. */
export type Report = { readonly member: Member; readonly heaviest: Vector }

/** Made once for a document that is first assigned and then added, as long as nothing else was added in between. */
export function reportOf(index: StoryIndex, document: EchoDocument): Report {
  if (index.latest?.document === document) return index.latest.report
  const print = printOf(document)
  const vector = vectorOf(print, index.rarity)
  const stems = { words: print.stems, titleCount: print.titleCount }
  const member = { sourceId: document.sourceId, at: document.at, vector, stems }
  const report = { member, heaviest: heaviestStems(vector, STEMS_POSTED) }
  index.latest = { document, report }
  return report
}

const ownerLists = newOwnerLists(STEMS_POSTED, POSTINGS_READ_MAX)

/** The live stories worth comparing with a report: of those that share most of its heaviest stems the closest, `most` at most. The probe holds the report from then on. */
export function storiesLike(
  index: StoryIndex,
  { member, heaviest }: Report,
  most = STORIES_COMPARED,
): readonly Story[] {
  const { stories, postings, tally, probe } = index
  fillProbe(probe, member.vector)
  emptyTally(tally)
  readOwners(postings, heaviest.stems, ownerLists)
  for (let round = 0; round < heaviest.stems.length; round++) {
    const weight = (heaviest.weights[round] ?? 0) ** 2
    tallyList(tally, ownerLists, round, weight)
  }
  const close = largestOwners(tally, Number.MIN_VALUE, CANDIDATES_MAX).flatMap((storyId) => {
    const story = stories.get(storyId)
    return story === undefined ? [] : { story, cosine: cosine(probe, story.centroid) }
  })
  close.sort((a, b) => b.cosine - a.cosine)
  return close.slice(0, most).map(({ story }) => story)
}

/** Adds a report to a story, which begins with it when the id is not known. */
export function addReport(index: StoryIndex, storyId: number, document: EchoDocument): void {
  const { member, heaviest } = reportOf(index, document)
  const { stories, postings, hours, rarity, heard } = index
  const story = stories.get(storyId)
  stories.set(storyId, story === undefined ? newStory(storyId, member) : withMember(story, member))
  if (member.at - (hours.at(-1)?.at ?? 0) >= HOUR_MS) hours.push({ at: member.at, posting: postings.next })
  for (const stem of heaviest.stems) addPosting(postings, stem, storyId)
  countReport(rarity, printOf(document).distinctStems)
  const language = languageOf(document)
  heard.set(language, (heard.get(language) ?? 0) + 1)
  index.latest = undefined
}

/** Forgets the stories whose last report is older than `instant`, and what reports older than it were found by; hourly is enough. */
export function forgetStories(index: StoryIndex, instant: Instant): void {
  if (instant - index.sweptAt < HOUR_MS) return
  index.sweptAt = instant
  const { stories, postings, hours } = index
  while ((hours[1]?.at ?? Infinity) <= instant) hours.shift()
  forgetPostings(postings, hours[0]?.posting ?? 1)
  for (const [storyId, { lastAt }] of stories) if (lastAt < instant) stories.delete(storyId)
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
