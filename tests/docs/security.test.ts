// docs/security.md covers every check, names tests that exist, and claims nothing of the sources that they do not keep.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exists, filesUnder, read } from './tree.ts'

const page = read('docs/security.md')
const rows = [...page.matchAll(/^\| (B\d\d.*?) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, ids = '', claim = '', tests = '']) => ({ ids, claim, tests }),
)
const idOf = (number: number): string => `B${String(number).padStart(2, '0')}`

/** `B01–B03, B09` as B01, B02, B03, B09. */
function expanded(ids: string): readonly string[] {
  return ids.split(', ').flatMap((part) => {
    const [from = 0, to = from] = part.split('–').map((id) => Number(id.slice(1)))
    return Array.from({ length: to - from + 1 }, (_, index) => idOf(from + index))
  })
}

describe('the page', () => {
  test('says of each of the sixty checks how it is met, once', () => {
    const sixty = Array.from({ length: 60 }, (_, index) => idOf(index + 1))
    expect(rows.flatMap(({ ids }) => expanded(ids)).toSorted()).toEqual(sixty)
  })

  test('names tests that exist, save for what does not apply', () => {
    for (const { ids, claim, tests } of rows) {
      const paths = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
      expect(
        paths.filter((path) => !exists(path)),
        ids,
      ).toEqual([])
      expect(paths.length > 0 || claim.includes('not apply'), ids).toBe(true)
    }
  })
})

const sources = filesUnder(['src', 'workers'], '.ts').map((path) => ({ path, text: read(path) }))
const having = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

describe('the sources', () => {
  test('start no program but the browser of a preview, and that without a shell (B58)', () => {
    expect(having(/child_process|node:cluster/)).toEqual(['src/app/preview.ts'])
    expect(having(/^import \{[^}]*\bWorker\b[^}]*\} from .node:worker_threads/m)).toEqual([
      'src/app/begin-thread.ts',
    ])
    const beginning = having(/createTaskThread\(|createAskedThread\(/).filter(
      (path) => !/(?:task|asked)-thread/.test(path),
    )
    for (const path of beginning) expect(read(path)).toMatch(/'\.\/[a-z]+-thread-entry\.ts'/) // threads of our own modules
    expect(beginning).toEqual(['src/app/deciding-thread.ts', 'src/app/reading-thread.ts'])
    expect(read('src/app/preview.ts')).toContain('spawn(opener, [path]')
    expect(having(/\bshell:|\bexecSync|\bexecFile/)).toEqual([])
  })

  test('evaluate no text as code (B48, B58)', () => {
    expect(having(/\beval\(|new Function\(|node:vm\b/)).toEqual([])
  })

  test('build no regular expression in the language of topics (B48, B49)', () => {
    const matching = /^src\/pipeline\/(?:tag|term|query|match|topic|trie|lookup|search)/
    expect(having(/new RegExp\(/).filter((path) => matching.test(path))).toEqual([])
    expect(sources.filter(({ path }) => matching.test(path)).length).toBeGreaterThan(10)
  })

  test('let nodemailer open neither files nor addresses (B37)', () => {
    const mailing = having(/from 'nodemailer|import\('nodemailer/)
    expect(mailing.length).toBeGreaterThan(0)
    const composing = having(/disableFileAccess/)
    expect(composing).toEqual(having(/disableFileAccess: true,\s+disableUrlAccess: true/))
    expect(composing.length).toBeGreaterThan(0)
  })

  test('read no proxy from the environment (B08)', () => {
    expect(having(/https?_proxy|EnvHttpProxyAgent/i)).toEqual([])
  })
})

test('the lock file has an integrity for every package and names no host (B59)', () => {
  const lock = z
    .object({ packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional() })) })
    .parse(JSON.parse(read('package-lock.json')))
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(installed.length).toBeGreaterThan(100)
  expect(
    installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([])
  expect(installed.filter(([, entry]) => 'resolved' in entry)).toEqual([])
  expect(JSON.parse(read('package.json'))).toMatchObject({
    allowScripts: { node: true, 'better-sqlite3': false, 'msgpackr-extract': false, esbuild: false },
  })
})
