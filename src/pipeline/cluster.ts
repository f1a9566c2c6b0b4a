// Which story a report belongs to. Stories are never merged and never change their id; what two stories share is a link, not one story.
import type { Instant } from '../model/time.ts'
import type { Rarity } from '../text/rarity.ts'
import { storyFeatures } from './cluster-features.ts'
import {
  addReport,
  forgetStories,
  knowsLanguage,
  newStoryIndex,
  reportOf,
  type StoryIndex,
  storiesLike,
} from './cluster-index.ts'
import { JOIN_FROM, joinProbability } from './cluster-model.ts'
import { type Probe, weightOf } from './cluster-probe.ts'
import type { Member, Story } from './cluster-story.ts'
import { isTemplate } from './cluster-template.ts'
import { comparable } from './dedupe-comparable.ts'
import type { EchoDocument } from './echo-document.ts'

export type StoryDecision = {
  readonly storyId: number | 'new'
  readonly p: number // probability that the report belongs to the story; of the closest one when new, 0 when none was close
  readonly related: readonly number[] // further stories it may belong to, likeliest first: to be linked, never merged
  readonly because: string
}

export type StoryClusters = {
  /** The live story that a report most probably belongs to. Changes nothing. */
  readonly assign: (document: EchoDocument) => StoryDecision
  /** Adds a new article to a story, once. An id not known begins a story. What a person moved by hand is added where they moved it. */
  readonly addTo: (storyId: number, document: EchoDocument) => void
  /** Forgets stories whose last report is older than `instant`; call it with now minus five days. */
  readonly forgetBefore: (instant: Instant) => void
  readonly size: number
}

const DAY_MS = 86_400_000
const LIFE_MS = 5 * DAY_MS

/**
 * An empty index. `lifeMs` is how long after its last report a story lives; five days unless told. `expected` are texts whose
 * words say nothing on this desk: the terms of its watchlist, the names of its sources.
 */
export function createStoryIndex(
  options: { readonly lifeMs?: number; readonly expected?: readonly string[] } = {},
): StoryClusters {
  const index = newStoryIndex(options.expected)
  const lifeMs = options.lifeMs ?? LIFE_MS
  return {
    assign: (document) => assign(index, document, lifeMs),
    addTo: (storyId, document) => addReport(index, storyId, document),
    forgetBefore: (instant) => forgetStories(index, instant),
    get size() {
      return index.stories.size
    },
  }
}

type Candidate = { readonly story: Story; readonly p: number; readonly closest: Member | undefined }

function assign(index: StoryIndex, document: EchoDocument, lifeMs: number): StoryDecision {
  if (!knowsLanguage(index, document))
    return { storyId: 'new', p: 0, related: [], because: 'language-not-known-yet' }
  const found = reportOf(index, document)
  const report = found.member
  const hasText = report.stems.words.length > report.stems.titleCount
  const alive = storiesLike(index, found).filter(({ lastAt }) => Math.abs(report.at - lastAt) <= lifeMs)
  const candidates = alive.map((story): Candidate => {
    const { features, closest } = storyFeatures(report, index.probe, story)
    const isAlike = !hasText || (closest !== undefined && resembles(index.probe, closest))
    return { story, closest, p: isAlike ? joinProbability(features, hasText) : 0 }
  })
  const likely = candidates.filter(({ p }) => p >= JOIN_FROM).sort((a, b) => b.p - a.p)
  const fitting = withoutTemplates(likely, report, index.rarity)
  return decisionOf(fitting, likely, Math.max(0, ...candidates.map(({ p }) => p)))
}

// Reports of one hour have no distance in time to speak against them, so the model alone would join what merely shares a place.
const SHARED_LEAST = 3
const SHARED_WEIGHT_LEAST = 0.08

function resembles(report: Probe, { vector }: Member): boolean {
  let shared = 0
  for (let at = 0; at < vector.stems.length && shared < SHARED_LEAST; at++) {
    if (weightOf(report, vector.stems[at] ?? 0) >= SHARED_WEIGHT_LEAST) shared++
  }
  return shared >= SHARED_LEAST
}

function decisionOf(fitting: readonly Candidate[], likely: readonly Candidate[], p: number): StoryDecision {
  const [joined, ...others] = fitting
  if (joined === undefined) {
    return {
      storyId: 'new',
      p,
      related: [],
      because: likely.length > 0 ? 'same-template' : 'no-story-like-it',
    }
  }
  const related = others.map(({ story }) => story.storyId)
  return { storyId: joined.story.storyId, p: joined.p, related, because: 'same-event' }
}

function withoutTemplates(
  likely: readonly Candidate[],
  report: Member,
  rarity: Rarity,
): readonly Candidate[] {
  if (likely.length === 0) return likely
  const self = comparable(report.stems, rarity)
  return likely.filter(({ closest }) => {
    if (closest === undefined) return false
    return !isTemplate(self, comparable(closest.stems, rarity), report.sourceId === closest.sourceId)
  })
}
