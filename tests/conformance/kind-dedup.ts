// Scores de-duplication and stories on streams of labelled items, and on pairs of which each shows one way to fail.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Agreement, agreement } from './agreement.ts'
import { echoStream, type StreamItem, type StreamOutput } from './echo-stream.ts'
import type { Kind, Score } from './kind.ts'
import { setFolder } from './set-folder.ts'

type Labelled = StreamItem & { readonly cluster: string | null; readonly lang: string }
type Pair = { readonly a: string; readonly b: string; readonly label: 0 | 1 | 2 }
type FailureMode = {
  readonly id: string
  readonly expect: 'duplicate' | 'update' | 'story' | 'different'
  readonly a: Omit<StreamItem, 'id'>
  readonly b: Omit<StreamItem, 'id'>
}

export const kind: Kind = {
  start: () => {
    const next = echoStream()
    return (input) => next(input as StreamItem) // the shape is that of OUTPUTS.md
  },
  score: async (dir) => {
    const at = (name: string) => join(setFolder(dir, 'dedup'), name)
    const sets = [
      { name: 'nd-reuters', groupBy: originalOf },
      { name: 'nd-synthetic', groupBy: originalOf },
      { name: 'story-mix', groupBy: storyOf },
      { name: 'story-titles', groupBy: storyOf },
    ].filter(({ name }) => existsSync(at(`${name}.jsonl`)))
    const streams = sets.map(({ name, groupBy }) =>
      scoreStream(name, at(`${name}.jsonl`), at(`${name}-pairs.jsonl`), groupBy),
    )
    return existsSync(at('failure-modes.jsonl'))
      ? [...streams, scoreModes(at('failure-modes.jsonl'))]
      : streams
  },
}

// A set is our own file: every line has the shape that its README describes.
function readLines<T>(file: string): readonly T[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as T)
}

const originalOf = (output: StreamOutput) => output.duplicateOf ?? output.id
const storyOf = (output: StreamOutput) => String(output.story)

function scoreStream(
  set: string,
  file: string,
  pairsFile: string,
  groupBy: (output: StreamOutput) => string,
): Score {
  const next = echoStream()
  const items = readLines<Labelled>(file).toSorted(
    (a, b) => Date.parse(a.published) - Date.parse(b.published),
  )
  const groups = items.map((item) => groupBy(next(item)))
  const persian = score(items, groups, ({ lang }) => lang === 'fa')
  const figures = [
    print(score(items, groups, () => true)),
    ...(persian === undefined ? [] : [`Persian ${print(persian)}`]),
    ...(existsSync(pairsFile)
      ? [`judged pairs F1 ${percent(judgedF1(readLines<Pair>(pairsFile), items, groups))}`]
      : []),
  ]
  return { set, passed: 0, of: items.length, failing: [], figures: figures.join('; ') }
}

function score(
  items: readonly Labelled[],
  groups: readonly string[],
  isKept: (item: Labelled) => boolean,
): Agreement | undefined {
  const kept = items.flatMap((item, index) => (item.cluster !== null && isKept(item) ? [index] : []))
  if (kept.length === 0) return undefined
  return agreement(
    kept.map((index) => items[index]?.cluster ?? ''),
    kept.map((index) => groups[index] ?? ''),
  )
}

const percent = (share: number) => (100 * share).toFixed(1)
function print(figures: Agreement | undefined): string {
  if (figures === undefined) return 'nothing labelled'
  const { adjustedRand, bcubedF1, pairsF1 } = figures
  return `ARI ${percent(adjustedRand)} B3 ${percent(bcubedF1)} pairwise F1 ${percent(pairsF1)}`
}

/** Over pairs judged by hand; label 1, the same event in a rewritten report, is not scored. */
function judgedF1(pairs: readonly Pair[], items: readonly Labelled[], groups: readonly string[]): number {
  const groupOf = new Map(items.map(({ id }, index) => [id, groups[index]]))
  const isTogether = ({ a, b }: Pair) => groupOf.get(a) === groupOf.get(b)
  const [same, other] = [pairs.filter(({ label }) => label === 2), pairs.filter(({ label }) => label === 0)]
  const hits = same.filter(isTogether).length
  return (2 * hits) / (hits + other.filter(isTogether).length + same.length)
}

/** What the second item of a pair turned out to be, in the words of the set. */
function outcome({ a, b }: FailureMode): FailureMode['expect'] {
  const next = echoStream()
  const first = next({ ...a, id: 'a' })
  const second = next({ ...b, id: 'b' })
  if (second.kind === 'revision' || second.corrected) return 'update'
  if (second.duplicateOf !== null) return 'duplicate'
  return second.story === first.story ? 'story' : 'different'
}

function scoreModes(file: string): Score {
  const modes = readLines<FailureMode>(file)
  const failing = modes.filter((mode) => outcome(mode) !== mode.expect).map(({ id }) => id)
  return { set: 'failure-modes', passed: modes.length - failing.length, of: modes.length, failing }
}
