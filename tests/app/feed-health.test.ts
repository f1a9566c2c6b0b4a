// What people are told of feeds: by sources list, doctor, sources check, and once by run --once.

import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, presslark } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const body = (name: string) =>
  rss(name, [{ id: name, title: `Harvest begins near ${name}`, text: 'Farmers brought in the first wheat.' }])

/** Lets the clocks of a desk go on by a day and a bit: whatever was remembered lies so much farther back, and feeds are due. */
function aDayLater(folder: string): void {
  const db = new Database(join(folder, 'data', 'presslark.db'))
  const columns = ['last_attempt_at', 'last_success_at', 'last_new_at', 'failing_since', 'moved_since']
  db.exec(`update feed set next_fetch_at = 0, ${columns.map((name) => `${name} = ${name} - 90000000`).join(', ')};
    update fetch set at = at - 90000000;
    delete from host_pause;`)
  db.close()
}

describe('after a day', () => {
  const servers: Record<string, LocalServer> = {} // one each: a host is asked once a second
  let folder: string
  let rounds: readonly Ended[]

  beforeAll(async () => {
    const answer: RequestListener = (request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end()
      else if (request.url === '/twice')
        response.writeHead(301, { location: `${servers['fine']?.origin}/fine` }).end()
      else if (request.url === '/broken') response.writeHead(500).end()
      else if (request.url === '/sloppy') response.end(body('sloppy').replace('</channel>', '</b></channel>'))
      else response.end(body(request.url?.slice(1) ?? ''))
    }
    const names = ['old', 'twice', 'fine', 'broken', 'sloppy']
    for (const name of names) servers[name] = await listen(answer)
    const lines = names.map((name) => sourceLine(name, `${servers[name]?.origin}/${name}`))
    folder = writeDesk({
      presslark: 'http: {concurrency: 5}\n',
      sources: `sources:\n${lines.join('')}`,
    })
    const first = await presslark(['run', '--once'], folder)
    aDayLater(folder)
    const second = await presslark(['run', '--once'], folder)
    aDayLater(folder)
    rounds = [first, second, await presslark(['run', '--once'], folder)]
  }, 60_000)
  afterAll(async () => {
    for (const server of Object.values(servers)) await server.close()
  })

  it.each([
    ['a feed that failed all day', /Outlet broken .* is failing since .*: HTTP 500/],
    ['a feed that moved', /Outlet old .* is moved to .*\/new: update sources\.yaml/],
    [
      'a feed that moved to where another lives',
      /Outlet twice .* is duplicate of .*\/fine, .*only that one is polled/,
    ],
  ])('run --once tells %s in one line, once', (_, line) => {
    expect(rounds.map(({ stderr }) => line.test(stderr))).toEqual([false, true, false])
  })

  it('run --once says when the next feed is due, and means one that is polled', async () => {
    const { stderr } = await presslark(['run', '--once'], folder)
    const [, at = ''] = /the next one is at (\S+ \S+) UTC/.exec(stderr) ?? []
    expect(Date.parse(`${at}Z`)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('fetch says why it did not ask a feed that was named', async () => {
    const { stderr, code } = await presslark(['fetch', 'twice'], folder)
    expect(stderr).toMatch(/Outlet twice .* was not asked: moved to where .*\/fine lives/)
    expect(code).toBe(0)
  })

  it('sources list shows the health of each', async () => {
    const { stdout } = await presslark(['sources', 'list', '--json'], folder)
    const states = JSON.parse(stdout).map((row: { source: string; state: string }) => [row.source, row.state])
    expect(Object.fromEntries(states)).toEqual({
      old: 'moved',
      twice: 'duplicate',
      fine: 'ok',
      broken: 'failing',
      sloppy: 'ok',
    })
  })

  it('doctor warns of those that need looking after, and is not alarmed', async () => {
    const { stdout, code } = await presslark(['doctor'], folder)
    expect(stdout).toMatch(/ok {3}feeds +warning: Outlet old .*is moved to .*update sources\.yaml/)
    expect(stdout).toMatch(/ok {3}feeds +warning: Outlet broken .*is failing since/)
    expect(stdout).not.toMatch(/feeds .*Outlet (fine|sloppy)/)
    expect(code).toBe(0)
  })

  it('sources check shows where a feed breaks the rules, and reads it all the same', async () => {
    const { stdout } = await presslark(['sources', 'check', 'sloppy', 'fine', '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject([
      { source: 'fine', state: 'ok' },
      { source: 'sloppy', state: 'ok', strict: expect.stringMatching(/^line 1, column \d+: /) },
    ])
    const shown = await presslark(['sources', 'check', 'sloppy', 'fine'], folder)
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/sloppy .*line 1, column \d+/)
    expect(shown.stdout).toMatch(/fine .*valid/)
  })
})
