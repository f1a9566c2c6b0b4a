// What the doctor finds, each with the way to mend it: disk, database, permissions, Redis, clock.
import { chmodSync, closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Config, loadConfig } from '../../src/app/config.ts'
import { checkDatabase, judgeSpace } from '../../src/app/doctor-database.ts'
import { checkPermissions } from '../../src/app/doctor-permissions.ts'
import { openRoom } from '../../src/app/start.ts'
import { startRedis } from '../queue/redis.ts'
import { presslark } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const now = Date.now()
const sources = 'sources:\n  - {id: good, name: Good, feeds: [{url: "https://good.example/feed"}]}\n'

/** A desk with its database, as the doctor sees it. */
async function deskWithDatabase(
  files: { readonly presslark?: string; readonly sources?: string } = {},
): Promise<Config> {
  const folder = writeDesk({ sources, ...files })
  const room = await openRoom({ config: join(folder, 'config') })
  room.store.close()
  for (const name of ['presslark', 'sources']) chmodSync(join(folder, 'config', `${name}.yaml`), 0o644)
  return loadConfig(join(folder, 'config'))
}

/** Root may do everything, so the test looks as nobody; anybody else looks as himself. */
function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  try {
    return work()
  } finally {
    process.seteuid?.(0)
  }
}

const wrong = (findings: readonly { readonly ok: boolean; readonly detail: string }[]): readonly string[] =>
  findings.filter(({ ok }) => !ok).map(({ detail }) => detail)

describe('the disk', () => {
  const mebibyte = 1024 * 1024
  const space = (freeMebibytes: number, ffree = 1000) => ({
    bavail: freeMebibytes * 256,
    bsize: 4096,
    files: 5000,
    ffree,
  })

  it('is full when the write-ahead log has no room', () => {
    expect(judgeSpace('/data', space(99), 0)).toEqual({
      check: 'disk',
      ok: false,
      detail: expect.stringMatching(/^99 MB free in \/data; free some.*what is stored is safe/),
    })
  })

  it('is full when no file can be added to it', () => {
    expect(judgeSpace('/data', space(5000, 0), 0)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('no inode left; delete small files'),
    })
  })

  it('without inodes to count is judged by its space', () => {
    expect(judgeSpace('/data', { ...space(5000, 0), files: 0 }, 0)).toMatchObject({ ok: true })
  })

  it('with less room than the database has is warned of: no backup fits', () => {
    expect(judgeSpace('/data', space(500), 600 * mebibyte)).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^warning: .* no room for a backup/),
    })
    expect(judgeSpace('/data', space(700), 600 * mebibyte).detail).not.toContain('warning')
  })
})

describe('the database', () => {
  it('that is sound is said to be, with its disk', async () => {
    const findings = checkDatabase(await deskWithDatabase(), now)
    expect(findings.map(({ check }) => check)).toEqual(['database', 'disk'])
    expect(wrong(findings)).toEqual([])
  })

  it('that another program holds is named with what to do', async () => {
    const config = await deskWithDatabase()
    const holder = new Database(config.settings.databasePath)
    onTestFinished(() => void holder.close())
    holder.exec('begin immediate')
    expect(wrong(checkDatabase(config, now))).toEqual([
      `${config.settings.databasePath} is locked by another program (close it and try again)`,
    ])
  }, 20_000)

  it('with a damaged page is refused with the way back', async () => {
    const config = await deskWithDatabase()
    const path = config.settings.databasePath
    const file = openSync(path, 'r+')
    for (let at = 4096; at < statSync(path).size; at += 4096)
      writeSync(file, Buffer.alloc(2048, 0xa5), 0, 2048, at)
    closeSync(file)
    expect(wrong(checkDatabase(config, now))).toEqual([
      expect.stringMatching(/is damaged.*restore a backup \(see docs\/ops\/backup\.md\)/),
    ])
  })

  it('that knows of times still to come tells that a clock is wrong', async () => {
    const config = await deskWithDatabase()
    const db = new Database(config.settings.databasePath)
    db.prepare('update feed set last_attempt_at = ?').run(now + 3_600_000)
    db.close()
    expect(wrong(checkDatabase(config, now))).toEqual([expect.stringContaining('still to come')])
    expect(wrong(checkDatabase(config, now + 3_600_000))).toEqual([])
  })
})

describe('permissions (B42)', () => {
  it('are fine on a fresh desk', async () => {
    expect(wrong(checkPermissions(await deskWithDatabase()))).toEqual([])
  })

  it('name a folder that cannot be written', async () => {
    const config = await deskWithDatabase()
    const place = join(config.folder, '..', 'sealed')
    mkdirSync(place, { mode: 0o555 })
    chmodSync(join(config.folder, '..'), 0o755)
    const sealed = { ...config, settings: { ...config.settings, editionsFolder: join(place, 'editions') } }
    expect(asNobody(() => wrong(checkPermissions(sealed)))).toContainEqual(
      expect.stringMatching(/sealed\/editions cannot be written; give it to this user/),
    )
  })

  it('name a database, an .env file and a password in the configuration that others may read', async () => {
    const config = await deskWithDatabase({
      presslark: 'queue: redis://:hidden@127.0.0.1:6379\n',
      sources:
        'sources:\n  - id: good\n    name: Good\n    feeds:\n      - url: https://good.example/feed\n        headers: {Authorization: "Bearer hidden"}\n',
    })
    const env = join(config.folder, '..', '.env')
    writeFileSync(env, 'A=1\n')
    chmodSync(env, 0o644)
    chmodSync(config.settings.databasePath, 0o640)
    const found = wrong(checkPermissions(config))
    expect(found.map((line) => line.replace(/^.*chmod 600 .*\//, ''))).toEqual([
      'presslark.db',
      '.env',
      'presslark.yaml',
      'sources.yaml',
    ])
    expect(found.join()).not.toContain('hidden')
    for (const name of ['presslark', 'sources']) chmodSync(join(config.folder, `${name}.yaml`), 0o600)
    expect(wrong(checkPermissions(config))).toHaveLength(2)
  })

  it('do not mind headers that name a variable, nor what is commented out', async () => {
    const config = await deskWithDatabase({
      sources:
        'sources:\n  # headers: {Cookie: "old"}\n  - id: good\n    name: "Cookie: a paper"\n    feeds:\n      - url: https://good.example/feed\n        headers: {Authorization: "Bearer ${NAME}"}\n',
    })
    chmodSync(join(config.folder, 'presslark.yaml'), 0o644)
    expect(wrong(checkPermissions(config)).filter((line) => line.includes('presslark.yaml'))).toEqual([])
  })
})

it('an evicting Redis and a wrong clock are told with their remedies, by doctor and by commands that need that Redis', async () => {
  const redis = await startRedis({ settings: ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'] })
  onTestFinished(() => redis.close())
  const local: LocalServer = await listen((_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', date: 'Thu, 23 Jan 2020 10:00:00 GMT' })
      .end(rss('Good', [])),
  )
  onTestFinished(() => local.close())
  const folder = writeDesk({
    presslark: 'http: {timeout: 30s}\n',
    sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}`,
  })
  const { stdout, code } = await presslark(['doctor'], folder, { PRESSLARK_REDIS_URL: redis.url })
  expect(stdout).toMatch(/^BAD {2}redis +.*allkeys-lru.*redis-cli config set maxmemory-policy noeviction$/m)
  expect(stdout).toMatch(
    /^BAD {2}clock +differs by \d+ s from 127\.0\.0\.1:\d+; set this machine's clock \(NTP\)$/m,
  )
  expect(code).toBe(1)
  const queue = await presslark(['queue', 'list'], folder, { PRESSLARK_REDIS_URL: redis.url })
  expect(queue.stderr).toContain('redis-cli config set maxmemory-policy noeviction')
}, 30_000)
