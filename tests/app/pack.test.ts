import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

  it('keeps a checked copy of the configuration, which no change of a file outlives', () => {
    run('init', 'kept')
    const [config, copy] = [join(folder, 'kept/config'), join(folder, 'kept/data/presslark.db-config')]
    const topics = readFileSync(join(config, 'topics.yaml'), 'utf8')
    const attempt = () =>
      run('topics', 'test', 'sadr', '--text', 'Moqtada al-Sadr called for a march', '--config', config)
    writeFileSync(join(config, 'sources.yaml'), 'sources: []\n')
    run('fetch', '--config', config)
    expect(existsSync(copy)).toBe(true)
    const first = attempt()
    expect(first).toContain('sadr')
    writeFileSync(join(config, 'topics.yaml'), topics.replace(/id: sadr\b/, 'id: sadr, anny: [x]'))
    const program = join(folder, 'package/dist/src/app/cli.js')
    const refused = spawnSync(process.execPath, [program, 'stats', '--config', config], { encoding: 'utf8' })
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('config/topics.yaml:')])
    writeFileSync(join(config, 'topics.yaml'), topics)
    expect(attempt()).toBe(first)
  })

  it('brings the licence of every package whose code it holds', () => {
    const licenses = readdirSync(join(folder, 'package/dist/licenses'))
    expect(licenses).toEqual(expect.arrayContaining(['undici.txt', 'yaml.txt', 'zod.txt', 'parse5.txt']))
    for (const file of licenses)
      expect(readFileSync(join(folder, 'package/dist/licenses', file), 'utf8')).toMatch(/copyright/i)
  })

  it('asks for the one version of better-sqlite3 whose JavaScript it holds: the native part of another may not fit', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'))
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/better-sqlite3/package.json'), 'utf8'),
    )
    expect(manifest).toMatchObject({ dependencies: { 'better-sqlite3': version } })
    const loaded = readdirSync(join(folder, 'package/dist/chunks')).filter((name) => name.endsWith('.js'))
    const code = loaded
      .map((name) => readFileSync(join(folder, 'package/dist/chunks', name), 'utf8'))
      .join('')
    expect(code).not.toMatch(/from "better-sqlite3"/)
  })

  it('opens a better-sqlite3 that was compiled on the spot, as that finds itself', () => {
    run('demo', '--out', 'demo')
    const here = join(folder, 'compiled')
    const [from, to] = ['node_modules/better-sqlite3', join(here, 'node_modules/better-sqlite3')]
    cpSync(join(folder, 'package/dist'), join(here, 'dist'), { recursive: true })
    for (const part of ['package.json', 'lib'])
      cpSync(join(root, from, part), join(to, part), { recursive: true })
    mkdirSync(join(to, 'build/Release'), { recursive: true })
    const ready = `prebuilds/${process.platform}-${process.arch}.node`
    cpSync(join(root, from, ready), join(to, 'build/Release/better_sqlite3.node'))
    const program = join(here, 'dist/src/app/cli.js')
    const env = { ...process.env, PRESSLARK_CONFIG: join(folder, 'demo/config') }
    const found = spawnSync(process.execPath, [program, 'search', 'Soleimani'], { env, encoding: 'utf8' })
    expect([found.status, found.stderr, found.stdout]).toEqual([0, '', expect.stringMatching(/\d+ articles/)])
  })

  it('has all that a plain search needs in one file, and tells of a mistake as ever', () => {
    expect(readFileSync(join(folder, 'package/dist/chunks/plain-search.js'), 'utf8')).not.toMatch(/^import /m)
    const program = join(folder, 'package/dist/src/app/cli.js')
    const search = (...args: readonly string[]) =>
      spawnSync(process.execPath, [program, 'search', ...args], { cwd: folder, encoding: 'utf8' })
    const [nowhere, refused] = [search('oil'), search('oil', '--colour')]
    expect([nowhere.status, nowhere.stderr]).toEqual([
      2,
      expect.stringContaining('there is no configuration here'),
    ])
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining("unknown option '--colour'"),
    ])
  })

  /** The chunks that a thread begins with, and all that these load. */
  function loadedBy(entry: string): readonly string[] {
    const chunks = join(folder, 'package/dist/chunks')
    const loaded = new Set([entry])
    for (const name of loaded)
      for (const [, other = ''] of readFileSync(join(chunks, name), 'utf8').matchAll(
        /^import .*?"(?:\.\/)?([^"]+)";$/gm,
      ))
        if (other.endsWith('.js')) loaded.add(other)
    return [...loaded]
  }

  it('loads no database and no command line into the second thread, which only reads', () => {
    const loaded = loadedBy('reading-thread-entry.js')
    expect(loaded.filter((name) => /^builtins-/.test(name))).toHaveLength(1)
    expect(loaded.filter((name) => /^(?:words|archive|command-line)-/.test(name))).toEqual([])
  })

  it('loads no way to the web into the third thread, which only decides', () => {
    const loaded = loadedBy('deciding-thread-entry.js')
    expect(loaded.filter((name) => /^archive-/.test(name))).toHaveLength(1)
    expect(loaded.filter((name) => /^(?:guard|dist|digest|deliver|start)-/.test(name))).toEqual([])
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
