// docs/notes/dependencies.md justifies every dependency, and nothing that is not one.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { read } from './tree.ts'

const names = z.record(z.string(), z.string()).transform((record) => Object.keys(record))
const manifest = z.object({ dependencies: names, devDependencies: names })
const { dependencies, devDependencies } = manifest.parse(JSON.parse(read('package.json')))

/** The packages in the first column of the table under a heading. */
function listed(heading: string): readonly string[] {
  const [, section = ''] = read('docs/notes/dependencies.md').split(`\n## ${heading}\n`)
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name = '']) => name)
}

test.each([
  ['In the program', dependencies],
  ['For working on it', devDependencies],
])('the table "%s" lists exactly the packages of package.json, in order', (heading, packages) => {
  expect(packages.length).toBeGreaterThan(0)
  expect(listed(heading)).toEqual(packages)
})
