import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, presslark } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const goodFeed = rss('Good', [
  { id: 'a', title: 'Harvest begins early in the valley', text: 'Farmers brought in the first wheat.' },
  { id: 'b', title: 'New bridge opens', text: 'The river has a second crossing.' },
  { id: 'c', title: 'بدء موسم الحصاد', text: 'بدأ المزارعون جمع القمح.' },
])

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a round of the daily program over feeds of which most misbehave', () => {
  let local: LocalServer
  let folder: string
  let first: Ended

  beforeAll(async () => {
    local = await listen((request, response) => {
      const etag = '"one"'
      switch (request.url) {
        case '/good':
          if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
          else response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(goodFeed)
          return
        case '/page':
          return void response
            .writeHead(200, { 'content-type': 'text/html' })
            .end('<!doctype html><title>Log in</title><p>Portal')
        case '/empty':
          return void response.writeHead(200).end()
        case '/garbage':
          return void response
            .writeHead(200, { 'content-type': 'application/rss+xml' })
            .end(Buffer.from([0, 1, 2, 255, 254, 60, 60, 60]))
        case '/gone':
          return void response.writeHead(410).end()
        default:
          return void response.writeHead(404).end()
      }
    })
    const lines = ['good', 'page', 'empty', 'garbage', 'gone', 'missing'].map((name) =>
      sourceLine(name, `${local.origin}/${name}`),
    )
    const dead = sourceLine('dead', `http://127.0.0.1:${await closedPort()}/feed`)
    folder = writeDesk({ sources: `sources:\n${lines.join('')}${dead}` })
    first = await presslark(['run', '--once'], folder)
  }, 60_000)
  afterAll(() => local.close())

  it('goes on past every bad feed and keeps what the good one said', () => {
    expect(first.stderr).toContain('1 of 7 feeds heard (0 unchanged), 3 new articles')
  })

  it.each([
    ['page', /Outlet page .*: not a feed but an HTML page/],
    ['empty', /Outlet empty .*: .*empty/],
    ['garbage', /Outlet garbage .*: not a feed but /],
    ['gone', /Outlet gone .*: gone for good/],
    ['missing', /Outlet missing .*: .*404/],
    ['dead', /Outlet dead .*: .*(refused|connect)/i],
  ])('says of the feed "%s" what was wrong with it', (_, reason) => {
    expect(first.stderr).toMatch(reason)
  })

  it('ends with 1 and says where to look, since most were not heard', () => {
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('presslark: 6 of 7 feeds were not heard\n    presslark doctor says')
  })

  it('does not ask again before it is due, and says when that is (A26)', async () => {
    const second = await presslark(['run', '--once'], folder)
    expect(second.stderr).toContain('No feed is due; the next one is at 20')
  })

  it('asks conditionally when told to ask now, and never again a feed that is gone (A13, A40)', async () => {
    const { stdout, code } = await presslark(['fetch', '--json'], folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ feeds: 6, unchanged: 1, new: 0, duplicates: 0 })
  })

  it('finds an article by a word of any script', async () => {
    const english = await presslark(['search', 'HARVEST', '--json'], folder)
    const arabic = await presslark(['search', 'حصاد', '--json'], folder)
    expect(JSON.parse(english.stdout)).toMatchObject([{ title: 'Harvest begins early in the valley' }])
    expect(JSON.parse(arabic.stdout)).toMatchObject([{ title: 'بدء موسم الحصاد' }])
  })

  it('previews an edition without marking anything as seen, and then issues it once', async () => {
    const preview = await presslark(['digest', 'morning', '--dry-run'], folder)
    expect(preview.stdout).toContain('Harvest begins early in the valley')
    const until = new Date().toISOString()
    const issued = await presslark(['digest', 'morning', '--as-of', until], folder)
    const again = await presslark(['digest', 'morning', '--as-of', until], folder)
    expect(again.stdout).toBe(issued.stdout)
    expect(issued.stdout).toContain('Edition 1')
    const next = await presslark(['digest', 'morning', '--dry-run'], folder)
    expect(next.stdout).not.toContain('Harvest begins early')
  })

  it('lists feeds with their state', async () => {
    const { stdout } = await presslark(['sources', 'list', '--json'], folder)
    const states = Object.fromEntries(
      JSON.parse(stdout).map((row: { source: string; state: string }) => [row.source, row.state]),
    )
    expect(states).toMatchObject({ good: 'ok', gone: 'gone', page: 'failing', dead: 'failing' })
  })

  it('backs up while it may, refuses to overwrite, and the copy serves as a database', async () => {
    const copy = join(folder, 'copy.db')
    expect(await presslark(['backup', copy], folder)).toMatchObject({ code: 0 })
    expect(statSync(copy).mode & 0o077).toBe(0)
    expect(await presslark(['backup', copy], folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('never overwrites'),
    })
    const restored = writeDesk({
      presslark: `database: ${JSON.stringify(copy)}\n`,
      sources: readFileSync(join(folder, 'config/sources.yaml'), 'utf8'),
    })
    const { stdout } = await presslark(['stats', '--json'], restored)
    expect(JSON.parse(stdout)).toMatchObject({ articles: 3, editions: 1 })
  })

  it('tells the doctor what is right, line by line', async () => {
    const { stdout } = await presslark(['doctor'], folder)
    for (const line of [
      'ok   node',
      'ok   configuration',
      'ok   database',
      'ok   permissions',
      'ok   redis',
      'ok   network',
    ])
      expect(stdout).toContain(line)
  })

  it('says in one line that an output path cannot be written', async () => {
    writeFileSync(join(folder, 'blocked'), '')
    const { code, stderr } = await presslark(
      ['digest', '--dry-run', '--out', join(folder, 'blocked', 'x.md')],
      folder,
    )
    expect(code).toBe(1)
    expect(stderr).toContain('blocked')
    expect(stderr).not.toContain('    at ')
  })
})
