import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { ended, presslark, start } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000 && !condition(); waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

/** So many articles are committed; 0 while the file is still being made. */
function articlesIn(file: string): number {
  const db = new Database(file, { readonly: true })
  try {
    return Number(db.prepare('select count(*) from article').pluck().get())
  } catch {
    return 0
  } finally {
    db.close()
  }
}

describe('the service', () => {
  let local: LocalServer | undefined
  afterEach(() => local?.close())

  it('polls at start, refuses a second one on the same file, and stops cleanly on SIGTERM (C37, C39)', async () => {
    local = await listen((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(rss('Good', [{ id: 'a', title: 'Harvest' }])),
    )
    const folder = writeDesk({ sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}` })
    const service = start(['run'], folder)
    const end = ended(service)
    let log = ''
    service.stderr?.on('data', (text: string) => {
      log += text
    })
    await until(() => log.includes('"ingested"'))
    const second = await presslark(['run', '--once'], folder)
    expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining('runs on this database') })
    const now = await presslark(['fetch'], folder)
    expect(now.stderr).toContain('the running presslark')
    service.kill('SIGTERM')
    expect(await end).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('stopped; everything fetched is stored'),
    })
    expect(log).toContain('"new":1')
    const after = await presslark(['stats', '--json'], folder)
    expect(JSON.parse(after.stdout)).toMatchObject({ articles: 1 })
  }, 60_000)

  it('succeeds one that was killed at once, because its process has ended (C39)', async () => {
    const folder = writeDesk({ sources: 'sources: []\n' })
    const killed = start(['run'], folder)
    const end = ended(killed)
    let log = ''
    killed.stderr?.on('data', (text: string) => {
      log += text
    })
    await until(() => log.includes('presslark runs'))
    killed.kill('SIGKILL')
    await end
    expect(await presslark(['run', '--once'], folder)).toMatchObject({ code: 0 })
  }, 60_000)

  it('ends with the reason when something goes wrong that nobody awaits (C40)', async () => {
    const stray = `data:text/javascript,setTimeout(() => void Promise.reject(new Error('a stray promise')), 300)`
    const folder = writeDesk({ sources: 'sources: []\n' })
    const service = start(['run'], folder, { NODE_OPTIONS: `--import="${stray}"` })
    expect(await ended(service)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('a stray promise'),
    })
  }, 60_000)

  it('keeps the old configuration when an edit is broken, and takes a good one', async () => {
    const { watchConfig } = await import('../../src/app/watch-config.ts')
    const { openRoom } = await import('../../src/app/start.ts')
    const { writeFileSync } = await import('node:fs')
    const folder = writeDesk({ sources: 'sources: []\n' })
    const room = await openRoom({ config: `${folder}/config` })
    const said: string[] = []
    const say = (_: object, message: string): void => void said.push(message)
    const reload = watchConfig(room, { debug: say, info: say, warn: say, error: say })
    writeFileSync(
      `${folder}/config/topics.yaml`,
      'watchlists: [{id: all, name: All, topics: all}]\ntopics: [{id: x, name: X, anny: [y]}]\n',
    )
    await reload()
    expect(room.desk().topics.map((topic) => topic.id)).toEqual(['harvest', 'bridge'])
    writeFileSync(
      `${folder}/config/topics.yaml`,
      'watchlists: [{id: all, name: All, topics: all}]\ntopics: [{id: wheat, name: Wheat, any: [wheat]}]\n',
    )
    await reload()
    expect(room.desk().topics.map((topic) => topic.id)).toEqual(['wheat'])
    expect(said).toEqual([
      'the changed configuration has mistakes; the old one stays in force',
      'configuration read again',
    ])
    room.store.close()
  })

  it('takes an edit at a later look when the database could not take it at once', async () => {
    const { watchConfig } = await import('../../src/app/watch-config.ts')
    const { openRoom } = await import('../../src/app/start.ts')
    const { writeFileSync } = await import('node:fs')
    const folder = writeDesk({ sources: 'sources: []\n' })
    const room = await openRoom({ config: `${folder}/config` })
    const db = new Database(join(folder, 'data/presslark.db'))
    db.exec(
      "create trigger full before insert on topic_rule begin select raise(abort, 'no room for this'); end",
    )
    const nothing = (): undefined => undefined
    const reload = watchConfig(room, { debug: nothing, info: nothing, warn: nothing, error: nothing })
    writeFileSync(
      `${folder}/config/topics.yaml`,
      'watchlists: [{id: all, name: All, topics: all}]\ntopics: [{id: wheat, name: Wheat, any: [wheat]}]\n',
    )
    await expect(reload()).rejects.toThrow('no room for this')
    expect(room.desk().topics.map((topic) => topic.id)).toEqual(['harvest', 'bridge'])
    db.exec('drop trigger full')
    db.close()
    await reload()
    expect(room.desk().topics.map((topic) => topic.id)).toEqual(['wheat'])
    room.store.close()
  })
})

describe('a round in the foreground', () => {
  it('says so and ends with 1 when what was fetched cannot be stored, and stores it when it can', async () => {
    const feed = rss('Good', [{ id: 'a', title: 'Harvest' }])
    const local = await listen((_, response) =>
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed),
    )
    const folder = writeDesk({ sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}` })
    await presslark(['sources', 'list'], folder) // makes the database
    const db = new Database(join(folder, 'data/presslark.db'))
    db.exec("create trigger full before insert on fetch begin select raise(abort, 'no room for this'); end")
    const failed = await presslark(['run', '--once'], folder)
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('ingest: no room for this') })
    db.exec('drop trigger full')
    db.close()
    expect(await presslark(['fetch'], folder)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 new article'),
    })
    await local.close()
  }, 60_000)

  it('stops on Ctrl-C within seconds, says what was kept, and has kept it', async () => {
    const feed = rss('Good', [{ id: 'a', title: 'Harvest' }])
    const local = await listen((_, response) =>
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed),
    )
    const silent = await listen(() => undefined)
    const folder = writeDesk({
      presslark: 'http: {timeout: 60s}\n',
      sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}${sourceLine('slow', `${silent.origin}/slow`)}`,
    })
    const round = start(['run', '--once'], folder)
    const end = ended(round)
    const file = join(folder, 'data/presslark.db')
    await until(() => existsSync(`${file}-wal`) && articlesIn(file) === 1)
    round.kill('SIGINT')
    expect(await end).toMatchObject({ code: 130, stderr: expect.stringContaining('Interrupted: what') })
    const { stdout } = await presslark(['stats', '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject({ articles: 1 })
    await local.close()
    await silent.close()
  }, 60_000)
})
