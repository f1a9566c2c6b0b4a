// What speaks for and against a report belonging to a story.
import { cosine, coverage, hasStem, type Probe } from './cluster-probe.ts'
import type { Member, Story } from './cluster-story.ts'
import { heaviestStems, type Vector } from './cluster-vector.ts'

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

const HOUR_MS = 3_600_000
const LIFE_HOURS = 120
const CORE_STEMS = 6

/** The features, and the report of the story that is closest. `probe` holds the report's vector. */
export function storyFeatures(
  report: Member,
  probe: Probe,
  story: Story,
): { features: StoryFeatures; closest: Member | undefined } {
  const ranked = story.members.map((member) => ({ member, cosine: cosine(probe, member.vector) }))
  ranked.sort((a, b) => b.cosine - a.cosine)
  const three = ranked.slice(0, 3)
  const hours = hoursBetween(story.lastAt, report.at)
  const features = {
    centroid: cosine(probe, story.centroid),
    best: ranked[0]?.cosine ?? 0,
    bestThree: three.reduce((sum, one) => sum + one.cosine, 0) / Math.max(1, three.length),
    cover: coverage(probe, story.centroid),
    ...coreOf(heaviestStems(story.centroid, CORE_STEMS), probe),
    sinceLast: Math.log1p(hours) / 5,
    sinceFirst: Math.log1p(hoursBetween(story.firstAt, report.at)) / 5,
    days: Math.min(hours, LIFE_HOURS) / LIFE_HOURS,
    size: Math.log(story.count) / 4,
  }
  return { features, closest: ranked[0]?.member }
}

function hoursBetween(earlier: number, later: number): number {
  return Math.max(0, later - earlier) / HOUR_MS
}

function coreOf(core: Vector, report: Probe): { core: number; coreMissing: number } {
  let [has, all, missing] = [0, 0, 0]
  for (let index = 0; index < core.stems.length; index++) {
    const weight = core.weights[index] ?? 0
    all += weight ** 2
    if (hasStem(report, core.stems[index] ?? 0)) has += weight ** 2
    else missing = Math.max(missing, weight)
  }
  return { core: all > 0 ? has / all : 0, coreMissing: missing }
}
