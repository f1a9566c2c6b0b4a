// The checked copy of the configuration counts for exactly the bytes and the program it was made from.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles } from '../../src/app/config-files.ts'
import { configFileNames, keepChecked, readKept } from '../../src/app/config-kept.ts'
import { writeDesk } from './local-desk.ts'

const build = 'file:///program-1.js'
const presslark = 'database: ./data/presslark.db\nhttp: {interval: 20m}\n'
const sources =
  'sources:\n  - {id: a, name: صحيفة, url: "https://a.example/feed"}\n  - id: b\n    name: B\n    feeds: [{url: "https://b.example/feed", headers: {Authorization: "Bearer ${TOKEN}"}}]\n'

function writeConfig(files: { readonly presslark?: string; readonly digests?: string } = {}): string {
  const folder = writeDesk({ presslark, sources, ...files })
  mkdirSync(join(folder, 'data'))
  return join(folder, 'config')
}

const pathOf = (folder: string): string => join(folder, '../data/presslark.db-config')

function keep(folder: string) {
  const { values, texts } = checkFiles(folder)
  keepChecked(folder, build, values, texts)
  return values
}

describe('a kept configuration', () => {
  it('says what the files say, and nothing of the environment', () => {
    process.env['TOKEN'] = 'planted'
    const folder = writeConfig()
    const values = keep(folder)
    expect(readKept(folder, build)).toEqual(values)
    expect(readFileSync(pathOf(folder), 'utf8')).not.toContain('planted')
    expect(statSync(pathOf(folder)).mode & 0o777).toBe(0o600)
  })

  it('is the same for the starter configuration', () => {
    const folder = writeConfig()
    for (const name of ['sources', 'topics', 'digests'] as const) {
      const starter = join(import.meta.dirname, `../../config/${name}.yaml`)
      writeFileSync(join(folder, `${name}.yaml`), readFileSync(starter))
    }
    expect(JSON.parse(JSON.stringify(keep(folder)))).toEqual(readKept(folder, build))
  })

  it.each(configFileNames)('no longer counts when %s.yaml changed by one character', (name) => {
    const folder = writeConfig()
    keep(folder)
    const file = join(folder, `${name}.yaml`)
    const before = readFileSync(file)
    appendFileSync(file, '#')
    expect(readKept(folder, build)).toBeUndefined()
    writeFileSync(file, before)
    expect(readKept(folder, build)).toBeDefined()
    rmSync(file)
    expect(readKept(folder, build)).toBeUndefined()
  })

  it('does not count for another program', () => {
    const folder = writeConfig()
    keep(folder)
    expect(readKept(folder, 'file:///program-2.js')).toBeUndefined()
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, -10)],
    ['changed', (text: string) => text.replace('https://a.example', 'https://c.example')],
    ['empty', () => ''],
  ])('does not count when it was %s', (_, spoil) => {
    const folder = writeConfig()
    keep(folder)
    writeFileSync(pathOf(folder), spoil(readFileSync(pathOf(folder), 'utf8')))
    expect(readKept(folder, build)).toBeUndefined()
  })
})

describe('nothing is kept', () => {
  it('before there is a folder for the database', () => {
    const folder = writeConfig()
    rmSync(join(folder, '../data'), { recursive: true })
    keep(folder)
    expect(existsSync(join(folder, '../data'))).toBe(false)
  })

  it('where presslark.yaml does not name the database on one plain line', () => {
    const folder = writeConfig({ presslark: 'database: "./data/presslark.db"\n' })
    keep(folder)
    expect(existsSync(pathOf(folder))).toBe(false)
  })

  it('of a configuration that names further files, which may go or change', () => {
    const digest = 'id: morning, name: M, watchlist: all, schedule: "0 7 * * *", channels: [{stdout: md}]'
    const folder = writeConfig({ digests: `digests: [{${digest}, template: own.ts}]\n` })
    writeFileSync(join(folder, 'own.ts'), 'export const render = () => ""\n')
    keep(folder)
    expect(existsSync(pathOf(folder))).toBe(false)
  })

  it('where it cannot be written, and nobody minds', () => {
    const folder = writeConfig()
    mkdirSync(join(pathOf(folder), 'in-the-way'), { recursive: true })
    keep(folder)
    expect(readKept(folder, build)).toBeUndefined()
  })
})
