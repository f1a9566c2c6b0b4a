// `match`: one topic and one article in; whether it matches, and the words that say so, out. Rules: match/README.md of the case sets.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Taggable, Topic } from '../../src/model/topic.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import type { Kind } from './kind.ts'
import { setFolder } from './set-folder.ts'

type At = { readonly code: string; readonly offset?: number }
type Spanned = { readonly field: string; readonly start: number; readonly end: number; readonly text: string }
type Case = {
  readonly id: string
  readonly topic: Topic
  readonly item?: Taggable
  readonly match?: boolean
  readonly spans?: readonly Spanned[]
  readonly error?: At
  readonly warning?: At
}
type Result = {
  readonly id: string
  readonly match: boolean
  readonly spans: readonly Spanned[]
  readonly error?: At
  readonly warnings?: readonly string[]
}

function run({ id, topic, item = {} }: Case): Result {
  const { watchlist, problems, warnings } = compileWatchlist([topic])
  const [problem] = problems
  if (problem !== undefined) {
    const { code, offset } = problem
    return { id, match: false, spans: [], error: offset === undefined ? { code } : { code, offset } }
  }
  const [match] = tagArticle(watchlist, item)
  const spans = (match?.spans ?? []).map(({ field, start, end }) => {
    return { field, start, end, text: (item[field] ?? '').slice(start, end) }
  })
  const codes = warnings.map((warning) => warning.code)
  return { id, match: match !== undefined, spans, ...(codes.length > 0 && { warnings: codes }) }
}

function passes(expected: Case): boolean {
  const result = run(expected)
  if (expected.error !== undefined) return isDeepStrictEqual(result.error, expected.error)
  if (expected.warning !== undefined) {
    const { warnings } = compileWatchlist([expected.topic])
    const { code, offset } = expected.warning
    return warnings.some((warning) => warning.code === code && warning.offset === offset)
  }
  if (result.error !== undefined || result.match !== expected.match) return false
  return expected.match === false || isDeepStrictEqual(result.spans, expected.spans ?? [])
}

export const kind: Kind = {
  start: () => (input) => run(input as Case), // a line of the case set, described in its README
  score: (dir) => {
    const file = join(setFolder(dir, 'match'), 'cases.jsonl')
    if (!existsSync(file)) return Promise.resolve([])
    const lines = readFileSync(file, 'utf8').split('\n')
    const cases = lines.filter((line) => line.trim() !== '').map((line): Case => JSON.parse(line))
    const failing = cases.filter((one) => !passes(one)).map(({ id }) => id)
    return Promise.resolve([
      { set: 'match/cases', passed: cases.length - failing.length, of: cases.length, failing },
    ])
  },
}
