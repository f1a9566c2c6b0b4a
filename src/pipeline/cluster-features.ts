// What speaks for and against a report belonging to a story.
import { beginOf, endOf, type Pool } from './cluster-pool.ts'
import { type Likeness, likeness, type Probe, weightOf } from './cluster-probe.ts'
import type { Story } from './cluster-stories.ts'
import { heaviestPlaces, WEIGHT_ONE } from './cluster-vector.ts'

/** Measures between 0 and 1, but for the times. */
export type StoryFeatures = {
  readonly centroid: number // cosine to what the reports have in common
  readonly best: number // cosine to the closest report
  readonly bestThree: number // mean cosine to the three closest
  readonly cover: number // of the report's weight, what the story has
  readonly core: number // of the weight of the story's six heaviest stems, what the report has: tells look-alike events apart
  readonly coreMissing: number // the heaviest of them that it has not
  readonly sinceLast: number // log of 1 + hours since the story's last report, by 5
  readonly sinceFirst: number // the same of its first
  readonly days: number // since the last report, five days are 1
  readonly size: number // log of the number of reports, by 4
}

/** A story with what it and the report in the probe have of each other. */
export type Candidate = { readonly story: Story; readonly centroid: Likeness }

const HOUR_MS = 3_600_000
const LIFE_HOURS = 120
const CORE_STEMS = 6

/** The features of a report told at `at`, and the record of the story's report that is closest. `probe` holds the report's vector. */
export function storyFeatures(
  at: number,
  probe: Probe,
  pool: Pool,
  { story, centroid }: Candidate,
): { readonly features: StoryFeatures; readonly closest: number } {
  const { closest, best, bestThree } = closestOf(probe, pool, story, centroid)
  const hours = hoursBetween(story.lastAt, at)
  const features = {
    centroid: centroid.cosine,
    best,
    bestThree,
    cover: centroid.coverage,
    ...coreOf(pool, story.centroid, probe),
    sinceLast: Math.log1p(hours) / 5,
    sinceFirst: Math.log1p(hoursBetween(story.firstAt, at)) / 5,
    days: Math.min(hours, LIFE_HOURS) / LIFE_HOURS,
    size: Math.log(story.count) / 4,
  }
  return { features, closest }
}

type Closest = { readonly closest: number; readonly best: number; readonly bestThree: number }

function closestOf(probe: Probe, pool: Pool, { members, count }: Story, centroid: Likeness): Closest {
  const [only = 0] = members
  if (count === 1) return { closest: only, best: centroid.cosine, bestThree: centroid.cosine }
  const ranked = members.map((record) => ({ record, cosine: likeness(probe, pool, record).cosine }))
  ranked.sort((a, b) => b.cosine - a.cosine)
  const three = ranked.slice(0, 3)
  return {
    closest: ranked[0]?.record ?? only,
    best: ranked[0]?.cosine ?? 0,
    bestThree: three.reduce((sum, one) => sum + one.cosine, 0) / Math.max(1, three.length),
  }
}

function hoursBetween(earlier: number, later: number): number {
  return Math.max(0, later - earlier) / HOUR_MS
}

function coreOf(pool: Pool, centroid: number, report: Probe): { core: number; coreMissing: number } {
  const { stems, weights } = pool
  let [has, all, missing] = [0, 0, 0]
  const terms = { stems, weights, from: beginOf(centroid), to: endOf(pool, centroid) }
  for (const place of heaviestPlaces(terms, CORE_STEMS)) {
    const weight = (weights[place] ?? 0) / WEIGHT_ONE
    all += weight ** 2
    if (weightOf(report, stems[place] ?? 0) > 0) has += weight ** 2
    else missing = Math.max(missing, weight)
  }
  return { core: all > 0 ? has / all : 0, coreMissing: missing }
}
