// node scripts/train-stories.ts DIR: learns when a report belongs to a story from the labelled sets in DIR (story-*.jsonl); prints the
// weights for src/pipeline/cluster-model.ts.
import { join } from 'node:path'
import { closestReport } from '../src/pipeline/cluster-closest.ts'
import { type StoryFeatures, storyFeatures } from '../src/pipeline/cluster-features.ts'
import {
  addReport,
  forgetStories,
  newStoryIndex,
  reportOf,
  storiesLike,
} from '../src/pipeline/cluster-index.ts'
import { documentOf, type LabelledItem, readItems } from './labelled-items.ts'
import { fitLogistic, type Sample } from './logistic.ts'

const LIFE_MS = 5 * 86_400_000
const RIDGE = 1e-4
const STORIES_SAMPLED = 12 // more than are compared later: the easy ones teach where the line is

/** Streams the items into their true stories and samples every story that the index proposes. Two unlabelled items tell nothing. */
function samplesOf(items: readonly LabelledItem[]): { samples: readonly Sample[]; names: readonly string[] } {
  const index = newStoryIndex()
  const labels: (string | null)[] = []
  const idOf = new Map<string, number>()
  const seen: { features: StoryFeatures; isPositive: boolean }[] = []
  for (const item of items) {
    const document = documentOf(item, 0)
    forgetStories(index, document.at - LIFE_MS)
    const found = reportOf(index, document)
    const report = found.member
    const { probe, stories } = index
    for (const close of storiesLike(index, found, STORIES_SAMPLED)) {
      const { pool } = stories
      const { story, centroid } = close
      const label = labels[story.storyId] ?? null
      if (report.at - story.lastAt > LIFE_MS || (item.cluster === null && label === null)) continue
      const isPositive = item.cluster !== null && label === item.cluster
      seen.push({
        features: storyFeatures(report.at, probe, pool, {
          ...close,
          closest: closestReport(probe, pool, story, centroid),
        }),
        isPositive,
      })
    }
    const storyId =
      (item.cluster === null ? undefined : idOf.get(item.cluster)) ?? labels.push(item.cluster) - 1
    if (item.cluster !== null) idOf.set(item.cluster, storyId)
    addReport(index, storyId, document)
  }
  const samples = seen.map(({ features, isPositive }) => ({
    values: Object.values(features),
    isPositive,
    weight: 1,
  }))
  return { samples, names: Object.keys(seen[0]?.features ?? {}) }
}

function printModel(name: string, items: readonly LabelledItem[]): void {
  const { samples, names } = samplesOf(items)
  const { bias, weights } = fitLogistic(samples, RIDGE)
  const lines = names.map((feature, index) => `    ${feature}: ${weights[index]?.toFixed(2)},`)
  process.stdout.write(
    `const ${name}: Model = {\n  bias: ${bias.toFixed(2)},\n  weights: {\n${lines.join('\n')}\n  },\n}\n`,
  )
  process.stderr.write(
    `${name}: ${samples.length} samples, ${samples.filter(({ isPositive }) => isPositive).length} true\n`,
  )
}

const dir = process.argv[2] ?? ''
printModel('withText', readItems(join(dir, 'story-mix.jsonl')))
printModel('titleOnly', readItems(join(dir, 'story-titles.jsonl')))
