// The durability promises are numbered C01 to C41. Each is named by a test whose title says what is expected.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const promised = Array.from({ length: 41 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`)

/** The ids at the ends of test titles, such as `(C01, C02)`. */
function namedIn(file: string): readonly string[] {
  const titles = readFileSync(join(root, file), 'utf8').matchAll(/ \((C\d\d(?:, C\d\d)*)\)['`]/g)
  return [...titles].flatMap(([, ids = '']) => ids.split(', '))
}

test('every promise of durability is named by a test', () => {
  const named = new Set(globSync('tests/**/*.ts', { cwd: root }).flatMap(namedIn))
  expect(promised.filter((id) => !named.has(id))).toEqual([])
})
