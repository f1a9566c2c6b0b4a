// What speaks for and against a report belonging to a story.
import type { Closest } from './cluster-closest.ts'
import { beginOf, endOf, type Pool, pageOf } from './cluster-pool.ts'
import { type Likeness, type Probe, weightOf } from './cluster-probe.ts'
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

/** The features of a report told at `at`, of whose vector the probe is. `closest` says how close the story's reports come. */
export function storyFeatures(
  at: number,
  probe: Probe,
  pool: Pool,
  { story, centroid, closest: { best, bestThree } }: Candidate & { readonly closest: Closest },
): StoryFeatures {
  const hours = hoursBetween(story.lastAt, at)
  return {
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
}

function hoursBetween(earlier: number, later: number): number {
  return Math.max(0, later - earlier) / HOUR_MS
}

function coreOf(pool: Pool, centroid: number, report: Probe): { core: number; coreMissing: number } {
  const page = pageOf(pool, centroid)
  const { stems, weights } = page
  let [has, all, missing] = [0, 0, 0]
  const terms = { stems, weights, from: beginOf(centroid), to: endOf(page, centroid) }
  for (const place of heaviestPlaces(terms, CORE_STEMS)) {
    const weight = (weights[place] ?? 0) / WEIGHT_ONE
    all += weight ** 2
    if (weightOf(report, stems[place] ?? 0) > 0) has += weight ** 2
    else missing = Math.max(missing, weight)
  }
  return { core: all > 0 ? has / all : 0, coreMissing: missing }
}
