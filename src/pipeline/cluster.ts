// Which story a report belongs to. Stories are never merged and never change their id; what two stories share is a link, not one story.
import type { Instant } from '../model/time.ts'
import { isNumber } from '../text/fingerprint.ts'
import { closestReport } from './cluster-closest.ts'
import { type Candidate as Close, storyFeatures } from './cluster-features.ts'
import {
  addReport,
  forgetStories,
  knowsLanguage,
  type LearnedStems,
  learnedBy,
  newStoryIndex,
  packStories,
  type ReadLatest,
  reportOf,
  restoreReport,
  type StoryIndex,
  type StoryOptions,
  storiesLike,
  takePackedStories,
} from './cluster-index.ts'
import { JOIN_FROM, joinProbability } from './cluster-model.ts'
import { beginOf, endOf, type Pool, pageOf, sourceOf, titleCountOf } from './cluster-pool.ts'
import { type Probe, weightOf } from './cluster-probe.ts'
import { isOfSeries } from './cluster-series.ts'
import { type Member, numberOf, type Stories, type Story } from './cluster-stories.ts'
import { isTemplate } from './cluster-template.ts'
import { type Vector, WEIGHT_ONE } from './cluster-vector.ts'
import { comparable, type WordSequence } from './dedupe-comparable.ts'
import type { EchoDocument } from './echo-document.ts'
import type { KeptReport } from './kept-report.ts'
import type { PackedReader } from './packed-lists.ts'

export type StoryDecision = {
  readonly storyId: number | 'new'
  readonly p: number // probability that the report belongs to the story; of the closest one when new, 0 when none was close
  readonly related: readonly number[] // further stories it may belong to, likeliest first: to be linked, never merged
  readonly because: string
}

export type StoryClusters = {
  /** The live story that a report most probably belongs to. Changes nothing. */
  readonly assign: (document: EchoDocument) => StoryDecision
  /**
   * Adds a new article to a story, once. An id not known begins a story. What a person moved by hand is added where they moved it.
   * Returns what its stems weigh.
   */
  readonly addTo: (storyId: number, document: EchoDocument) => Vector['weights']
  /** Adds a report again that an earlier index had. `isLearned`: it is in what the index learned. */
  readonly restore: (storyId: number, report: KeptReport, isLearned: boolean) => void
  readonly learned: () => LearnedStems
  /** The whole index but for what `learned` tells and for the reports, in runs as in the index of duplicates. */
  readonly packed: () => Iterable<Uint8Array>
  /** Goes on where the index that was packed ended; call it before anything is added. `readLatest` is asked when reports are needed. */
  readonly takePacked: (lists: PackedReader, readLatest: ReadLatest) => void
  /** Forgets stories whose last report came before `instant`; call it with now minus five days. */
  readonly forgetBefore: (instant: Instant) => void
  readonly size: number
}

/** An empty index. What is `expected` says nothing on this desk: the terms of its watchlist, the names of its sources. */
export function createStoryIndex(options: StoryOptions = {}): StoryClusters {
  const index = newStoryIndex(options)
  return {
    assign: (document) => assign(index, document),
    addTo: (storyId, document) => addReport(index, storyId, document),
    restore: (storyId, report, isLearned) => restoreReport(index, storyId, report, isLearned),
    learned: () => learnedBy(index),
    packed: () => packStories(index),
    takePacked: (lists, readLatest) => takePackedStories(index, lists, readLatest),
    forgetBefore: (instant) => forgetStories(index, instant),
    get size() {
      return index.stories.byId.size
    },
  }
}

type Candidate = { readonly story: Story; readonly p: number; readonly closest: number }

function assign(index: StoryIndex, document: EchoDocument): StoryDecision {
  if (!knowsLanguage(index, document))
    return { storyId: 'new', p: 0, related: [], because: 'language-not-known-yet' }
  const found = reportOf(index, document)
  const report = found.member
  const candidates = storiesLike(index, found).map((close) => judge(index, report, close))
  const likely = candidates.filter(({ p }) => p >= JOIN_FROM).sort((a, b) => b.p - a.p)
  const fitting = withoutTemplates(likely, report, index)
  return decisionOf(fitting, likely, Math.max(0, ...candidates.map(({ p }) => p)))
}

// What is unlike the closest report of a story is not weighed any more: most are.
function judge(
  { probe, stories: { pool } }: StoryIndex,
  report: Member,
  { story, centroid }: Close,
): Candidate {
  const closest = closestReport(probe, pool, story, centroid)
  if (hasText(report) && !resembles(probe, pool, closest.record))
    return { story, closest: closest.record, p: 0 }
  const features = storyFeatures(report.at, probe, pool, { story, centroid, closest })
  return { story, closest: closest.record, p: joinProbability(features, hasText(report)) }
}

function hasText({ vector, titleCount }: Member): boolean {
  return vector.stems.length > titleCount
}

// Reports of one hour have no distance in time to speak against them, so the model alone would join what merely shares a place. Numbers do
// not count: a match that ends 2-1 and an exchange that gains 1.2 share two.
const SHARED_LEAST = 3
const SHARED_WEIGHT_LEAST = 0.08 * WEIGHT_ONE

function resembles(report: Probe, pool: Pool, member: number): boolean {
  const page = pageOf(pool, member)
  const end = endOf(page, member)
  let shared = 0
  for (let place = beginOf(member); place < end && shared < SHARED_LEAST; place++) {
    const stem = page.stems[place] ?? 0
    const isTelling = (page.weights[place] ?? 0) > 0 && !isNumber(stem)
    if (isTelling && weightOf(report, stem) >= SHARED_WEIGHT_LEAST) shared++
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
  { vector, titleCount, sourceId, at }: Member,
  { stories, rarity }: StoryIndex,
): readonly Candidate[] {
  if (likely.length === 0) return likely
  const self = comparable({ words: vector.stems, titleCount }, rarity)
  const source = numberOf(stories, sourceId)
  return likely.filter(({ closest, story }) => {
    const other = comparable(sequenceOf(stories, closest), rarity)
    const isSameSource = source === sourceOf(stories.pool, closest)
    const apartMs = [Math.abs(at - story.firstAt), Math.abs(at - story.lastAt)]
    return !isTemplate(self, other, isSameSource) && !isOfSeries(self, other, { apartMs, isSameSource })
  })
}

function sequenceOf({ pool }: Stories, record: number): WordSequence {
  const page = pageOf(pool, record)
  const words = page.stems.subarray(beginOf(record), endOf(page, record))
  return { words, titleCount: titleCountOf(pool, record) }
}
