import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

describe('the package as npm would publish it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-pack-'))
  const run = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [join(folder, 'package/dist/src/app/cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    })

  beforeAll(() => {
    execFileSync('npm', ['pack', '--pack-destination', folder, '--loglevel', 'error'], {
      cwd: root,
      stdio: 'ignore',
    })
    const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    execFileSync('tar', ['-xzf', archive], { cwd: folder })
    symlinkSync(join(root, 'node_modules'), join(folder, 'package/node_modules')) // what npm install would bring
  }, 120_000)

  it('runs as plain JavaScript and knows its version', () => {
    expect(run('--version').trim()).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('brings its configuration, its schemas, its migrations and its demo', () => {
    run('init', 'desk')
    expect(readdirSync(join(folder, 'desk/config')).toSorted()).toEqual([
      'digests.yaml',
      'presslark.yaml',
      'schema',
      'sources.yaml',
      'topics.yaml',
    ])
    expect(run('demo', '--out', 'demo')).toContain('10 of 10 sources heard')
  })

  it('holds no test, no benchmark and no source in TypeScript', () => {
    const listed = execFileSync(
      'tar',
      ['-tzf', readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''],
      { cwd: folder, encoding: 'utf8' },
    ).split('\n')
    expect(listed.filter((name) => /\.ts$|\/tests\/|\/bench\//.test(name))).toEqual([])
  })
})
