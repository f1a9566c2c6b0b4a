// The map in docs/architecture.md covers the tree: every folder, every file, and nothing that is not there.
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { filesUnder, markdownFiles, read } from './tree.ts'

type Group = { readonly folder: string; readonly pattern: string }

const page = read('docs/architecture.md')
const files = filesUnder(['src', 'workers'], '').filter((path) => /\.\w+$/.test(path))

/** The groups of the map: under a heading of a folder, the first column of each row names files. */
function groups(): readonly Group[] {
  return [...page.matchAll(/^### `([\w/]+)\/`\n([^#]*)/gm)].flatMap(([, folder = '', table = '']) =>
    [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, pattern = '']) => ({ folder, pattern })),
    ),
  )
}

function covers({ folder, pattern }: Group, path: string): boolean {
  const name = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
  return posix.dirname(path) === folder && name.test(posix.basename(path))
}

test('the map has groups for every folder', () => {
  const mapped = new Set(groups().map(({ folder }) => folder))
  expect([...mapped].toSorted()).toEqual([...new Set(files.map((path) => posix.dirname(path)))].toSorted())
})

test('every file belongs to a group of the map', () => {
  expect(files.filter((path) => !groups().some((group) => covers(group, path)))).toEqual([])
})

test('no group of the map is there twice', () => {
  const named = groups().map(({ folder, pattern }) => `${folder}/${pattern}`)
  expect(named.filter((name, index) => named.indexOf(name) < index)).toEqual([])
})

test('no group of the map is empty', () => {
  expect(groups().filter((group) => !files.some((path) => covers(group, path)))).toEqual([])
})

test('every decision is listed', () => {
  const decisions = markdownFiles().filter((path) => path.startsWith('docs/decisions/'))
  expect(decisions.length).toBeGreaterThan(0)
  expect(decisions.filter((path) => !page.includes(`(${path.slice('docs/'.length)})`))).toEqual([])
})
