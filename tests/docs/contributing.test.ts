// CONTRIBUTING.md and CHANGELOG.md agree with package.json.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { filesUnder, read } from './tree.ts'

const manifest = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

const shorthand = new Set(['test', 'start']) // `npm test`, not `npm run test`
const automatic = new Set(['pretest', 'prepack']) // npm runs them by itself

test('the table of scripts lists every script that somebody may call, and no other', () => {
  const rows = read('CONTRIBUTING.md').matchAll(/^\| `npm (?:run )?(?:-s )?([\w-]+)/gm)
  const callable = Object.keys(manifest.scripts).filter((name) => !automatic.has(name))
  expect([...rows].map(([, name]) => name).toSorted()).toEqual(callable.toSorted())
})

test('a script is called as it must be', () => {
  for (const [, run, name = ''] of read('CONTRIBUTING.md').matchAll(/`npm (run )?(?:-s )?([\w-]+)/g))
    expect(run === undefined, name).toBe(shorthand.has(name))
})

test('the newest version of the changelog is the version of the package', () => {
  expect(read('CHANGELOG.md')).toMatch(/^## \[/m)
  expect(read('CHANGELOG.md').match(/^## \[([\d.]+)\]/m)?.[1]).toBe(manifest.version)
})

test('the files named as places to begin exist', () => {
  const files = filesUnder(['src', 'tests', 'docs'], '')
  const named = [...read('CONTRIBUTING.md').matchAll(/`((?:src|tests|docs)\/[\w/.-]+\.\w+)`/g)]
  const paths = named.map(([, path = '']) => path).filter((path) => !/NNN|NAME/.test(path))
  expect(paths.length).toBeGreaterThan(4)
  expect(paths.filter((path) => !files.includes(path))).toEqual([])
})
