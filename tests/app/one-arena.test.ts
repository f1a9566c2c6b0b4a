// Which commands begin anew with the settings of the C library that keep a long process small.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isNewDesk } from '../../src/app/new-desk.ts'
import { programFile } from '../program-file.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'presslark-arena-'))
  mkdirSync(join(root, 'config'))
  writeFileSync(join(root, 'config/presslark.yaml'), 'database: ./press.db\n')
  for (const name of ['sources', 'topics', 'digests'])
    writeFileSync(join(root, `config/${name}.yaml`), `${name === 'topics' ? 'watchlists' : name}: []\n`)
  writeFileSync(
    join(root, 'tell.mjs'),
    "process.stderr.write(`begins ${process.pid} ${process.env.MALLOC_ARENA_MAX ?? 'anyhow'}\\n`)\n",
  )
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** With how many heaps the process of a command began, each time that it did. */
function beginnings(command: readonly string[], set: Readonly<Record<string, string>> = {}) {
  const { MALLOC_ARENA_MAX: _, ...others } = process.env
  const env = { ...others, PRESSLARK_CONFIG: join(root, 'config'), ...set }
  const args = ['--import', join(root, 'tell.mjs'), programFile('src/app/cli'), ...command]
  const { stderr, pid } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  return [...stderr.matchAll(/^begins (\d+) (.*)$/gm)].map(([, own, arenas]) => {
    expect(Number(own)).toBe(pid)
    return arenas
  })
}

describe.runIf(process.platform === 'linux' && process.execve !== undefined)('with one heap begins', () => {
  test('the first round of a desk', () => expect(beginnings(['fetch'])).toEqual(['anyhow', '1']))
  test('a service, before it looks at anything', () =>
    expect(beginnings(['run', '--clock', 'now'])).toEqual(['anyhow', '1'])) // which ends it with a mistake
  test('nothing where somebody chose', () =>
    expect(beginnings(['fetch'], { MALLOC_ARENA_MAX: '4' })).toEqual(['4']))
  test('no short command', () => expect(beginnings(['search', 'oil'])).toEqual(['anyhow']))
})

test('a desk is new until its database holds articles', () => {
  const folder = join(root, 'config')
  rmSync(join(root, 'press.db'), { force: true })
  expect(isNewDesk(folder)).toBe(true)
  writeFileSync(join(root, 'press.db'), new Uint8Array(300_000))
  expect(isNewDesk(folder)).toBe(true)
  writeFileSync(join(root, 'press.db'), new Uint8Array(5_000_000))
  expect(isNewDesk(folder)).toBe(false)
  expect(isNewDesk(join(root, 'nowhere'))).toBe(false)
})
