// The stories alive, found by their stems. Which of them a report belongs to is decided in cluster.ts.
import type { Instant } from '../model/time.ts'
import { countReport, newRarity, type Rarity } from '../text/rarity.ts'
import { type Member, newStory, type Story, withMember } from './cluster-story.ts'
import { cosine, heaviestStems, type Vector, vectorOf } from './cluster-vector.ts'
import { distinctSorted, type EchoDocument, printOf } from './echo-document.ts'
import { addPosting, forgetPostings, newPostings, type Postings, visitOwners } from './postings.ts'

/** Mutable. `hours` notes where each hour's postings begin, oldest first; `sweptAt` is the instant last forgotten before. */
export type StoryIndex = {
  readonly rarity: Rarity
  readonly stories: Map<number, Story> // by story id
  readonly postings: Postings
  readonly hours: { readonly at: Instant; readonly posting: number }[]
  sweptAt: Instant
}

const HOUR_MS = 3_600_000
const STEMS_POSTED = 14
const POSTINGS_READ_MAX = 256
const CANDIDATES_MAX = 12
const STORIES_COMPARED = 4

/** No stories at all. */
export function newStoryIndex(): StoryIndex {
  return { rarity: newRarity('stems'), stories: new Map(), postings: newPostings(), hours: [], sweptAt: 0 }
}

/** A report as a story would hold it. */
export function memberOf(document: EchoDocument, rarity: Rarity): Member {
  const print = printOf(document)
  const stems = { words: print.stems, titleCount: print.titleCount }
  return { sourceId: document.sourceId, at: document.at, vector: vectorOf(print, rarity), stems }
}

/** The live stories worth comparing with a report: of those that share most of its heaviest stems the closest. */
export function storiesLike({ stories, postings }: StoryIndex, { vector }: Member): readonly Story[] {
  const shared = sharedWeights(postings, heaviestStems(vector, STEMS_POSTED))
  const ranked = [...shared].sort((a, b) => b[1].weight - a[1].weight || a[0] - b[0]).slice(0, CANDIDATES_MAX)
  const close = ranked.flatMap(([storyId]) => {
    const story = stories.get(storyId)
    return story === undefined ? [] : { story, cosine: cosine(vector, story.centroid) }
  })
  close.sort((a, b) => b.cosine - a.cosine)
  return close.slice(0, STORIES_COMPARED).map(({ story }) => story)
}

type Shared = { weight: number; rank: number }

// Several reports of a story may have posted one stem: it counts once, so each story notes the rank of the stem counted last.
function sharedWeights(postings: Postings, { stems, weights }: Vector): ReadonlyMap<number, Shared> {
  const shared = new Map<number, Shared>()
  for (let rank = 0; rank < stems.length; rank++) {
    const weight = (weights[rank] ?? 0) ** 2
    visitOwners(postings, stems[rank] ?? 0, POSTINGS_READ_MAX, (storyId) => {
      const sum = shared.get(storyId)
      if (sum === undefined) shared.set(storyId, { weight, rank })
      else if (sum.rank !== rank) {
        sum.weight += weight
        sum.rank = rank
      }
    })
  }
  return shared
}

/** Adds a report to a story, which begins with it when the id is not known. */
export function addReport(index: StoryIndex, storyId: number, report: Member): void {
  const { stories, postings, hours, rarity } = index
  const story = stories.get(storyId)
  stories.set(storyId, story === undefined ? newStory(storyId, report) : withMember(story, report))
  if (report.at - (hours.at(-1)?.at ?? 0) >= HOUR_MS) hours.push({ at: report.at, posting: postings.next })
  for (const stem of heaviestStems(report.vector, STEMS_POSTED).stems) addPosting(postings, stem, storyId)
  countReport(rarity, distinctSorted(report.stems.words))
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
