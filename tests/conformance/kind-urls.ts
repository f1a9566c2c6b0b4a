// Scores URL keys: {a, b, same} must get the same key exactly when `same` says so.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { urlKey } from '../../src/text/url.ts'
import type { Kind, Score } from './kind.ts'
import { setFolder } from './set-folder.ts'

type Pair = { readonly id: string; readonly a: string; readonly b: string; readonly same: boolean }

export const kind: Kind = {
  start: () => (input) => compare(input as Pair), // the shape is that of OUTPUTS.md
  score: async (dir) => {
    const file = join(setFolder(dir, 'dedup'), 'url-pairs.jsonl')
    return existsSync(file) ? [scoreOf(file)] : []
  },
}

function compare({ a, b }: Pair) {
  const [keyA, keyB] = [urlKey(a), urlKey(b)]
  return { same: keyA !== undefined && keyA === keyB, keyA, keyB }
}

function scoreOf(file: string): Score {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const pairs = lines.map((line) => JSON.parse(line) as Pair) // our own file
  const failing = pairs.filter((pair) => compare(pair).same !== pair.same).map(({ id }) => id)
  return { set: 'url-pairs', passed: pairs.length - failing.length, of: pairs.length, failing }
}
