// The house rules that a machine can count: sizes, captions, exports, and links that lead somewhere.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { anchors, links } from './markdown.ts'
import { exists, filesUnder, markdownFiles, read, root } from './tree.ts'

const sources = filesUnder(['src', 'workers'], '.ts')
const everything = [...sources, ...filesUnder(['scripts', 'bench', 'tests'], '.ts')]

type Measured = { readonly name: string; readonly lines: number }

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
const linesOf = (path: string): number => read(path).trimEnd().split('\n').length

/** Lints `folders` with a limit of no line at all, so that the linter tells the length of every function. */
function measureFunctions(folders: readonly string[]): readonly Measured[] {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-house-'))
  const config = join(folder, 'oxlint.json')
  writeFileSync(
    config,
    JSON.stringify({
      plugins: ['eslint'],
      categories: { correctness: 'off' },
      rules: { 'max-lines-per-function': ['error', { max: 0 }] },
    }),
  )
  const { stdout } = spawnSync(
    join(root, 'node_modules', '.bin', 'oxlint'),
    ['--config', config, '--format', 'unix', ...folders],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  rmSync(folder, { recursive: true })
  return [...stdout.matchAll(/^(\S+?:\d+):\d+: .*?too many lines \((\d+)\)/gm)].map(
    ([, name = '', lines = '']) => ({ name, lines: Number(lines) }),
  )
}

describe('functions', () => {
  let functions: readonly Measured[] = []
  beforeAll(() => {
    functions = measureFunctions(['src'])
  })

  test('are all measured', () => {
    expect(functions.length).toBeGreaterThan(sources.length) // a file has more than one on average
  })

  test('have at most 60 lines', () => {
    expect(functions.filter(({ lines }) => lines > 60)).toEqual([])
  })

  test('are short: half have at most 8 lines, nine of ten at most 30', () => {
    const lengths = functions.map(({ lines }) => lines)
    expect(median(lengths)).toBeLessThanOrEqual(8)
    expect(lengths.filter((lines) => lines > 30).length).toBeLessThanOrEqual(lengths.length / 10)
  })
})

describe('files', () => {
  test('have at most 300 lines', () => {
    expect(everything.filter((path) => linesOf(path) > 300)).toEqual([])
  })

  test('are short: half of the program has at most 80 lines', () => {
    expect(median(sources.map(linesOf))).toBeLessThanOrEqual(80)
  })

  test('begin with their caption', () => {
    const captionless = sources.filter((path) => !/^(#!.*\n)?\/\/ \S/.test(read(path)))
    expect(captionless).toEqual([])
  })

  test('export by name', () => {
    expect(sources.filter((path) => /^export default|\bas default\b/m.test(read(path)))).toEqual([])
  })

  test('are not called utils, helpers, common, misc or manager', () => {
    const vague = /(^|[/-])(utils?|helpers?|common|misc|manager)([./-]|$)/
    expect(everything.filter((path) => vague.test(path))).toEqual([])
  })
})

/** What is wrong with one relative link of a page; undefined when it leads somewhere. */
function brokenLink(page: string, link: string): string | undefined {
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? page : posix.join(dirname(page), path)
  if (!exists(target)) return `${page}: ${link} leads nowhere`
  if (anchor === undefined || !target.endsWith('.md')) return undefined
  return anchors(target).has(anchor) ? undefined : `${page}: ${link} names no heading`
}

describe('links', () => {
  const pages = markdownFiles()

  test('of every page lead to files and headings that exist', () => {
    const relative = pages.flatMap((page) =>
      links(page)
        .filter((link) => !/^[a-z]+:/i.test(link))
        .map((link) => brokenLink(page, link)),
    )
    expect(relative.length).toBeGreaterThan(10)
    expect(relative.filter((broken) => broken !== undefined)).toEqual([])
  })

  test('every page is reached from the README', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      if (!page.endsWith('.md') || !exists(page)) continue
      for (const link of links(page))
        if (!/^[a-z]+:/i.test(link)) reached.add(posix.join(dirname(page), link.split('#')[0] ?? ''))
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([])
  })

  test('a page named in a comment or a message exists', () => {
    const named = [...everything, ...filesUnder(['config'], '.yaml')].flatMap((path) =>
      [...read(path).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => ({ path, page })),
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(({ page }) => !exists(page))).toEqual([])
  })
})
