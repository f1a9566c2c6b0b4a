import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainDatabasePath } from '../../src/app/database-path.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'presslark-path-'))
  mkdirSync(join(root, 'config'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function pathIn(yaml: string): string | undefined {
  writeFileSync(join(root, 'config/presslark.yaml'), yaml)
  return plainDatabasePath(join(root, 'config'))
}

describe('the database is found without loading the configuration', () => {
  test.each([
    ['beside the folder', 'database: ./data/press.db\n', 'data/press.db'],
    ['before a comment', '# where\ndatabase: press.db # here\nqueue: embedded\n', 'press.db'],
    ['with a space in its name', 'database: my desk/press.db\n', 'my desk/press.db'],
    ['in a file with Windows line ends', 'queue: embedded\ndatabase: press.db', 'press.db'],
  ])('%s', (_, yaml, path) => expect(pathIn(yaml)).toBe(join(root, path)))
})

describe('the configuration is loaded instead', () => {
  test.each([
    ['when nothing is said', 'queue: embedded\n'],
    ['for a quoted path', 'database: "press.db"\n'],
    ['for a path on a line of its own', 'database:\n  press.db\n'],
    ['for a path that goes on in the next line', 'database: press\n  desk.db\n'],
    ['for an alias', 'database: *path\n'],
    ['for a tag', 'database: !!str press.db\n'],
    ['when it is said twice, which is a mistake', 'database: a.db\ndatabase: b.db\n'],
    ['for several documents', '---\ndatabase: a.db\n'],
    ['for a key of another', 'old:\n  database: a.db\n'],
  ])('%s', (_, yaml) => expect(pathIn(yaml)).toBe(undefined))

  test('when there is no file', () => expect(plainDatabasePath(join(root, 'nowhere'))).toBe(undefined))
})
