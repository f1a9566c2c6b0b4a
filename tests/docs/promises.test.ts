// docs/notes/promises.md names tests that there are, and a long run for what only a long run shows.
import { expect, test } from 'vitest'
import { exists, filesUnder, read } from './tree.ts'

type Shown = { readonly promise: string; readonly file: string; readonly name: string }

const page = read('docs/notes/promises.md')
const rows = [...page.matchAll(/^\| ([CD]\d\d) \| [^|]* \| (.+) \|$/gm)].map(([, promise = '', by = '']) => ({
  promise,
  by,
}))
const shown: readonly Shown[] = rows.flatMap(({ promise, by }) => {
  const [, file, name] = /^`(tests\/\S+\.ts)`: (.+)$/.exec(by) ?? []
  return file === undefined || name === undefined ? [] : [{ promise, file, name }]
})

test('every promise from C01 to C41 is shown by a test', () => {
  const promised = Array.from({ length: 41 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`)
  expect([...new Set(shown.map(({ promise }) => promise))]).toEqual([...promised, 'D19'])
})

test('every test that is named is there', () => {
  expect(shown.filter(({ file, name }) => !exists(file) || !read(file).includes(name))).toEqual([])
})

test('every long run that is named is one of npm run soak, and every other row names a test', () => {
  const others = rows
    .filter(({ by }) => !by.startsWith('`tests/'))
    .map(({ by }) => /^`npm run soak -- (\w+)`$/.exec(by)?.[1])
  const soaks = [...read('scripts/soak.ts').matchAll(/^\/\/ {3}npm run soak -- (\w+)/gm)].map(
    ([, what]) => what,
  )
  expect(others.filter((what) => !soaks.includes(what))).toEqual([])
})

// A reader that stands open keeps SQLite's log from shrinking (C12), so nothing may be awaited between two of its rows.
test('rows that are read one by one are read without waiting in between', () => {
  const loop =
    /^( *)for \(const .+ of (?:.*\.(?:iterate|since|taggables|reports)|scannedArticles)\(.*\{\n([\s\S]*?)^\1\}/gm
  const loops = filesUnder(['src'], '.ts').flatMap((path) =>
    [...read(path).matchAll(loop)].map(([, , body = '']) => ({ path, body })),
  )
  expect(new Set(loops.map(({ path }) => path)).size).toBeGreaterThanOrEqual(4)
  expect(loops.filter(({ body }) => /\bawait\b/.test(body)).map(({ path }) => path)).toEqual([])
})
