// A recorded day can be played again offline: the same archive, the same edition, no secret in the files.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, presslark } from './command-line.ts'
import { type LocalServer, listen, rss, writeDesk } from './local-desk.ts'

const body = (name: string) =>
  rss(name, [
    { id: 'a', title: 'Harvest begins early in the valley', text: 'Farmers brought in the first wheat.' },
    { id: name, title: `New bridge opens near ${name}`, text: 'The river has a second crossing.' },
  ])

const fair = rss('one', [
  { id: 'fair', title: 'Summer fair draws a record crowd', text: 'Sixty thousand came to see the kites.' },
])

/** Every row of every table, in the order of the tables. */
function contentOf(path: string): unknown {
  const db = new Database(path, { readonly: true })
  const names = db
    .prepare("select name from sqlite_schema where type = 'table' order by name")
    .pluck()
    .all() as string[] // names are text
  const content = names.map((name) => [name, db.prepare(`select * from "${name}"`).all()])
  db.close()
  return content
}

describe('a recording', () => {
  let local: LocalServer
  let folder: string
  let recording: string
  let recorded: Ended
  let again: Ended
  let replays: readonly { readonly ended: Ended; readonly content: unknown }[]

  beforeAll(async () => {
    let later = false
    local = await listen((request, response) => {
      if (request.url === '/moved') return void response.writeHead(302, { location: '/two' }).end()
      if (request.url === '/missing') return void response.writeHead(404).end('no such page')
      response
        .writeHead(200, { 'set-cookie': 'session=s3cret', etag: '"1"' })
        .end(later ? fair : body(request.url ?? ''))
    })
    const feed = (id: string) =>
      `  - {id: ${id}, name: Outlet ${id}, language: en, feeds: [{url: "${local.origin}/${id}", allowPrivate: true, headers: {X-Key: "\${FEED_KEY}", Authorization: "Bearer s3cret", Cookie: "id=s3cret"}}]}\n`
    folder = writeDesk({ sources: `sources:\n${['one', 'moved', 'missing'].map(feed).join('')}` })
    recording = join(folder, 'recording')
    recorded = await presslark(['fetch', '--record', recording], folder, { FEED_KEY: 's3cret' })
    later = true
    again = await presslark(['fetch', 'one', '--record', recording], folder, { FEED_KEY: 's3cret' })
    await local.close()
    const runs = []
    for (let turn = 0; turn < 2; turn++) {
      const args = ['run', '--replay', recording, '--clock', '2020-01-24T05:00:00Z']
      const ended = await presslark(args, folder)
      runs.push({ ended, content: contentOf(`${recording}.db`) })
    }
    replays = runs
  }, 60_000)
  afterAll(() => local.close())

  it('is made by a fetch that tells what it tells otherwise', () => {
    expect(recorded).toMatchObject({ code: 0, stderr: expect.stringContaining('2 of 3 feeds heard') })
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 1 feeds heard') })
    expect(readdirSync(recording).filter((file) => file.endsWith('.json'))).toHaveLength(5)
  })

  it('holds no secret, and only its owner can read it', () => {
    for (const file of readdirSync(recording)) {
      expect(statSync(join(recording, file)).mode & 0o077).toBe(0)
      expect(readFileSync(join(recording, file), 'latin1')).not.toContain('s3cret')
    }
  })

  it('plays twice with the same end, the same edition and the same archive, without network or secrets', () => {
    const [first, second] = replays
    expect(first?.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('3 of 4 polls heard') })
    expect(first?.ended.stdout).toContain('Harvest begins early in the valley')
    expect(second?.ended).toEqual(first?.ended)
    expect(second?.content).toEqual(first?.content)
  })

  it('plays every poll that was recorded, each as long before the last as it was', () => {
    const [first] = replays
    const tables = new Map(first?.content as [string, Record<string, unknown>[]][]) // what contentOf returns
    const titles = tables.get('article')?.map(({ title }) => title)
    expect(titles).toContain('New bridge opens near /one')
    expect(titles).toContain('Summer fair draws a record crowd')
    const times = tables.get('fetch')?.map(({ at }) => Number(at)) ?? []
    expect(times).toHaveLength(4)
    expect(times.at(-1)).toBe(Date.UTC(2020, 0, 24, 5))
    expect(times[0]).toBeLessThan(Date.UTC(2020, 0, 24, 5))
  })

  it('leaves the archive of the desk alone', async () => {
    const { stdout } = await presslark(['stats', '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject({ editions: 0, articles: 4 })
  })

  it('says what is wrong in one line', async () => {
    const noClock = await presslark(['run', '--replay', recording], folder)
    expect(noClock).toMatchObject({ code: 2, stderr: expect.stringContaining('--replay needs --clock') })
    const missing = await presslark(['run', '--replay', 'nowhere', '--clock', '2020-01-24'], folder)
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no recording nowhere'),
    })
    mkdirSync(join(folder, 'broken'))
    writeFileSync(join(folder, 'broken', '1.json'), '{')
    const broken = await presslark(['run', '--replay', 'broken', '--clock', '2020-01-24'], folder)
    expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('broken is no recording') })
  })
})
