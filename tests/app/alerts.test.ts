// Alerts and feeds of ours through the real program: a feed server, two rounds, a file and a webhook that receive.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, presslark } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const wheat = {
  id: 'a',
  title: 'Harvest begins early in the valley',
  text: 'Farmers brought in the first wheat.',
}
const dockers = {
  id: 'b',
  title: 'Dockers refuse to load the harvest',
  text: 'The port stands still since Tuesday.',
}

/** Without dates: what has none is news when it is seen. */
function feed(items: readonly (typeof wheat)[]): string {
  return rss('Good', items).replaceAll(/<pubDate>[^<]*<\/pubDate>/g, '')
}

describe('a desk with an alert and a folder for feeds', () => {
  let local: LocalServer
  let folder: string
  let second: Ended
  const posted: unknown[] = []
  const shown: (typeof wheat)[] = [wheat]

  beforeAll(async () => {
    local = await listen((request, response) => {
      if (request.method !== 'POST') {
        response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(shown))
        return
      }
      let body = ''
      request.on('data', (part: Buffer) => {
        body += part.toString('utf8')
      })
      request.on('end', () => {
        posted.push(JSON.parse(body))
        response.writeHead(204).end()
      })
    })
    folder = writeDesk({
      presslark: 'feeds: ./feeds\nhttp: {timeout: 10s, allowPrivate: true}\n',
      sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}`,
      digests: `digests:
  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{file: "m.md", format: md}]}
alerts:
  - id: flash
    name: Harvest flash
    topics: [harvest]
    channels: [{file: "{digest}-{number}.md", format: md}, {webhook: "${local.origin}/hook"}]
`,
    })
    await presslark(['run', '--once'], folder)
    shown.unshift(dockers)
    await presslark(['fetch', '--force'], folder)
    second = await presslark(['run', '--once'], folder)
  }, 60_000)
  afterAll(() => local.close())

  it('tells the new story at once, and nothing of what the feed held at first', () => {
    expect(second.code).toBe(0)
    const told = readFileSync(join(folder, 'editions/flash-1.md'), 'utf8')
    expect(told).toContain('Dockers refuse to load the **harvest**')
    expect(told).not.toContain('Harvest begins early')
    expect(readdirSync(join(folder, 'editions'))).toEqual(['flash-1.md'])
  })

  it('tells programs that it is an alert', () => {
    expect(posted).toMatchObject([
      { type: 'alert', digestId: 'flash', edition: { alert: { kind: 'immediate' } } },
    ])
  })

  it('lists the alert with its last issue', async () => {
    const { stdout } = await presslark(['alerts', 'list', '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 'flash', state: 'cooling down', lastAlertAt: expect.any(String) },
    ])
  })

  it('names the nearest alert when one is misspelled', async () => {
    const { code, stderr } = await presslark(['alerts', 'test', 'flush'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('did you mean "flash"?')
  })

  it('writes the feeds of its topics and digests', () => {
    expect(readdirSync(join(folder, 'feeds')).toSorted()).toEqual(
      ['digest-morning', 'topic-bridge', 'topic-harvest'].flatMap((name) => [`${name}.atom`, `${name}.json`]),
    )
    const topic: unknown = JSON.parse(readFileSync(join(folder, 'feeds/topic-harvest.json'), 'utf8'))
    expect(topic).toMatchObject({
      title: 'Harvest',
      items: [{ title: dockers.title }, { title: wheat.title }],
    })
  })

  it('prints one of them, or says which there are', async () => {
    const { stdout } = await presslark(['feed', 'harvest'], folder)
    expect(stdout).toContain('<title>Dockers refuse to load the harvest</title>')
    const wrong = await presslark(['feed', 'harvets'], folder)
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "harvest"?') })
  })
})
