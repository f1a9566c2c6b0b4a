import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { writeDesk } from './local-desk.ts'

const noSources = 'sources: []\n'

describe('a mistake is told in one line with its remedy', () => {
  it('when there is no configuration', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'presslark-empty-'))
    const { code, stderr } = await presslark(['run', '--once'], empty)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^\S+config: there is no configuration here\n/)
    expect(stderr).toContain('presslark init')
  })

  it('when one of the four files is missing', async () => {
    const folder = writeDesk({ sources: noSources })
    rmSync(join(folder, 'config/topics.yaml'))
    const { code, stderr } = await presslark(['run', '--once'], folder)
    expect(code).toBe(2)
    expect(stderr).toBe(
      'config/topics.yaml: this file is missing\n    write a commented starter set with: presslark init\n',
    )
  })

  it('when a key is misspelt: file, line, path and the nearest key', async () => {
    const folder = writeDesk({
      sources: 'sources:\n  - id: a\n    name: A\n    langauge: en\n    url: https://a.example/feed\n',
    })
    const { code, stderr } = await presslark(['run', '--once'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('config/sources.yaml:4:5 sources[0].langauge: unknown key "langauge"')
    expect(stderr).toContain('did you mean "language"?')
  })

  it('when a topic has a mistake in its query', async () => {
    const folder = writeDesk({
      sources: noSources,
      topics:
        'watchlists: [{id: all, name: All, topics: all}]\ntopics:\n  - id: t\n    name: T\n    query: "(harvest OR"\n',
    })
    const { code, stderr } = await presslark(['topics', 'list'], folder)
    expect(code).toBe(2)
    expect(stderr).toMatch(/config\/topics.yaml:5:\d+ topics\[0\].query: /)
  })

  it('when a digest names what does not exist', async () => {
    const folder = writeDesk({
      sources: noSources,
      digests:
        'digests:\n  - {id: m, name: M, watchlist: al, schedule: "0 25 * * *", timeZone: Asia/Baghdat, channels: [{email: [nobody]}]}\n',
    })
    const { stderr } = await presslark(['run', '--once'], folder)
    expect(stderr).toContain('time zone of the IANA list')
    const zoned = writeDesk({
      sources: noSources,
      digests:
        'digests:\n  - {id: m, name: M, watchlist: al, schedule: "0 25 * * *", channels: [{email: [nobody]}]}\n',
    })
    const second = await presslark(['run', '--once'], zoned)
    expect(second.stderr).toContain('"25" is no hour')
    expect(second.stderr).toContain('there is no watchlist "al"')
    expect(second.stderr).toContain('did you mean "all"?')
    expect(second.stderr).toContain('e-mail needs the mail section')
    expect(second.stderr).toContain('"nobody" is not a mail address')
  })

  it.each([
    'file:///etc/passwd',
    'ftp://a.example/feed',
    'javascript:alert(1)',
    'https://a.example:22/feed',
    'https://user:secret@a.example/feed',
  ])('when a feed has the address %s', async (url) => {
    const folder = writeDesk({ sources: `sources:\n  - id: a\n    name: A\n    url: "${url}"\n` })
    const { code, stderr } = await presslark(['run', '--once'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('config/sources.yaml:4:10 sources[0].url: ')
    expect(stderr).not.toContain('secret')
  })

  it('when the database was written by a newer version', async () => {
    const folder = writeDesk({ presslark: 'database: ./p.db\n', sources: noSources })
    await presslark(['run', '--once'], folder)
    const db = new Database(join(folder, 'p.db'))
    db.pragma('user_version = 999')
    db.close()
    const { code, stderr } = await presslark(['run', '--once'], folder)
    expect(code).toBe(3)
    expect(stderr).toContain('written by a newer presslark')
  })

  it('when the database is no database, which is left as it is', async () => {
    const folder = writeDesk({ presslark: 'database: ./p.db\n', sources: noSources })
    writeFileSync(
      join(folder, 'p.db'),
      'a letter to my grandmother, and nothing else at all in this file'.repeat(40),
    )
    const { code, stderr } = await presslark(['run', '--once'], folder)
    expect(code).toBe(3)
    expect(stderr).toContain('is not a SQLite database')
    expect(stderr).toContain('restore a backup')
  })

  it('when a command, an option or a name is mistyped', async () => {
    const folder = writeDesk({ sources: noSources })
    expect(await presslark(['serch', 'x'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean search?'),
    })
    expect(await presslark(['search', '--sinc', '7d', 'x'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(Did you mean --since?)\n(try presslark search --help)'),
    })
    expect(await presslark(['help', 'sources', 'ad'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown command 'ad'\n(Did you mean add?)"),
    })
    expect(await presslark(['digest', 'mornin'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "morning"?'),
    })
    expect(await presslark(['fetch', 'nobody'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no source or feed "nobody"'),
    })
    expect(await presslark(['digest', '--as-of', 'soon'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a time'),
    })
  })

  it('when nothing was ever fetched', async () => {
    const folder = writeDesk({ sources: noSources })
    const { code, stderr } = await presslark(['search', 'harvest'], folder)
    expect(code).toBe(1)
    expect(stderr).toContain('run `presslark run --once` first')
  })
})

describe('presslark init', () => {
  it('writes a commented starter set that loads without a mistake, and never over one that is there', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'presslark-init-'))
    expect(await presslark(['init', 'desk'], empty)).toMatchObject({ code: 0 })
    expect(existsSync(join(empty, 'desk/config/schema/topics.schema.json'))).toBe(true)
    const listed = await presslark(['--config', 'desk/config', 'sources', 'export'], empty)
    expect(listed.code).toBe(0)
    expect(listed.stdout).toContain('https://shafaq.com/rss/en')
    expect(await presslark(['init', 'desk'], empty)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already'),
    })
  })
})
