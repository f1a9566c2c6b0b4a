import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, presslark } from './command-line.ts'
import { type LocalServer, listen, rss, writeDesk } from './local-desk.ts'

const planted = {
  header: 'planted-header-secret',
  token: 'planted-token-in-a-query',
  smtp: 'planted-smtp-password',
  redis: 'planted-redis-password',
}

describe('secrets', () => {
  let local: LocalServer
  let folder: string
  const ended: Ended[] = []
  const seenHeaders: (string | undefined)[] = []
  const env = { FEED_KEY: planted.header, PRESSLARK_SMTP_PASSWORD: planted.smtp }

  beforeAll(async () => {
    local = await listen((request, response) => {
      seenHeaders.push(request.headers.authorization)
      if (request.url?.startsWith('/private'))
        response.writeHead(401, { 'www-authenticate': `Basic realm="${planted.header}"` }).end()
      else
        response
          .writeHead(200, { 'content-type': 'application/rss+xml' })
          .end(rss('Good', [{ id: 'a', title: 'Harvest' }]))
    })
    const feed = (id: string, path: string): string =>
      `  - {id: ${id}, name: ${id}, feeds: [{url: "${local.origin}/${path}?token=${planted.token}", allowPrivate: true, headers: {Authorization: "Bearer \${FEED_KEY}"}}]}\n`
    folder = writeDesk({
      presslark:
        'http: {timeout: 10s}\nlog: {level: debug}\nmail: {host: 127.0.0.1, port: 1, secure: none, user: someone, from: press@desk.example}\n',
      sources: `sources:\n${feed('good', 'feed')}${feed('private', 'private')}`,
      digests:
        'digests:\n  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [ana@desk.example]}]}\n',
    })
    for (const args of [
      ['run', '--once'],
      ['sources', 'list'],
      ['sources', 'check'],
      ['sources', 'export'],
      ['doctor'],
      ['digest', '--format', 'json'],
      ['digest', '--format', 'html', '--dry-run'],
      ['stats', '--json'],
    ]) {
      ended.push(await presslark(args, folder, env))
    }
    ended.push(
      await presslark(['doctor'], folder, {
        ...env,
        PRESSLARK_REDIS_URL: `redis://:${planted.redis}@127.0.0.1:1/0`,
      }),
    )
  }, 120_000)
  afterAll(() => local.close())

  it('go to the publisher that asked for them', () => {
    expect(seenHeaders).toContain(`Bearer ${planted.header}`)
  })

  it('never appear in what any command prints', () => {
    const printed = ended.map(({ stdout, stderr }) => stdout + stderr).join('\n')
    expect(printed).toContain('401')
    for (const secret of Object.values(planted)) expect(printed).not.toContain(secret)
  })

  it('are in no file beside the configuration; the address of a feed stands in the database, its header does not', () => {
    const files = readdirSync(join(folder, 'data'), { recursive: true, encoding: 'utf8' })
    const bytes = files.map((file) => readFileSync(join(folder, 'data', file)).toString('latin1')).join('')
    expect(bytes).toContain(planted.token) // it is part of the address that we poll
    for (const secret of [planted.header, planted.smtp, planted.redis]) expect(bytes).not.toContain(secret)
  })

  it('that are missing are asked for by name', async () => {
    const { stderr } = await presslark(['sources', 'check'], folder)
    expect(stderr).toContain('the variable FEED_KEY is not set')
  })
})
