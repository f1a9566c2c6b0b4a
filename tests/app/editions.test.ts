import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../src/app/config.ts'
import { ConfigError } from '../../src/app/config-error.ts'
import { exitCodes } from '../../src/app/exit.ts'
import { issuedEdition } from '../../src/app/issued-edition.ts'
import { createHandlers, createOutside, createRunner, digestDeps, openRoom } from '../../src/app/start.ts'
import { fetchJobs, issueEdition, previewEdition } from '../../src/jobs/index.ts'
import { openStore } from '../../src/store/index.ts'
import { presslark } from './command-line.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const start = Date.parse('2026-11-20T05:00:00Z')
const hourMs = 3_600_000

describe('what was issued', () => {
  let local: LocalServer
  let folder = ''
  let titles = ['Harvest begins in Basra']

  beforeAll(async () => {
    local = await listen((_, response) => {
      const items = titles.map((title) => ({ id: title.slice(0, 9), title }))
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss('Good', items))
    })
    folder = writeDesk({ sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}` })
    let clock = start
    const now = () => clock
    const room = await openRoom({ config: `${folder}/config`, now: clock })
    const outside = createOutside(room, { perHostGapMs: 0 })
    const runner = await createRunner(room.config, await createHandlers(room, outside, {}, { now }), {})
    const [digest] = room.desk().digests
    if (!digest) throw new Error('the desk has a digest')
    for (const added of [[], ['A new bridge over the Shatt al-Arab opens']]) {
      titles = [...added, ...titles]
      await runner.enqueue(fetchJobs(room.store, clock))
      await runner.idle()
      clock += 2 * hourMs
      issueEdition(digestDeps(room, now), digest, clock)
    }
    await runner.stop()
    await outside.fetcher.close()
    room.store.close()
  }, 60_000)
  afterAll(() => local.close())

  test('is listed with the newest first', async () => {
    const { stdout } = await presslark(['editions', 'list', 'morning'], folder)
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^morning\/2 +2026-11-20 07:00 UTC +2026-11-20 09:00 UTC /),
      expect.stringMatching(/^morning\/1 /),
    ])
  })

  test('is shown again as it was', async () => {
    const { stdout } = await presslark(['editions', 'show', 'morning/1', '--format', 'text'], folder)
    expect(stdout).toContain('Harvest begins in Basra')
    expect(stdout).not.toContain('bridge')
  })

  test('differs by what came and what is no longer told', async () => {
    const { stdout } = await presslark(['editions', 'diff', 'morning/1', 'morning/2'], folder)
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        '  bridge: 0 -> 1 articles (+1)',
        '+ A new bridge over the Shatt al-Arab opens (outlets: 1)',
        '- Harvest begins in Basra (outlets: 1)',
      ]),
    )
  })

  test.each([
    ['morning/99', exitCodes.failed, 'there is no edition morning/99'],
    ['yesterday', exitCodes.usage, 'names no edition'],
  ])('%s is refused with a hint', (name, exitCode, message) => {
    const store = openStore(join(folder, 'data', 'presslark.db'))
    onTestFinished(() => store.close())
    expect(() => issuedEdition(store, name)).toThrow(
      expect.objectContaining({ exitCode, message: expect.stringContaining(message) }),
    )
  })

  test('is delivered when its turn comes, and what failed is tried again only on request', async () => {
    const listed = await presslark(['deliveries', 'list', '--open', '--json'], folder)
    const rows = JSON.parse(listed.stdout) as { id: number; state: string }[] // what the command prints
    expect(rows.map(({ state }) => state)).toEqual(['pending', 'pending'])
    expect(await presslark(['deliveries', 'retry', String(rows[0]?.id)], folder)).toMatchObject({ code: 0 })
    expect(await presslark(['deliveries', 'retry', '9999'], folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not tried again: 9999'),
    })
  })

  test('a preview is written to a file and stores nothing', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'presslark-preview-')), 'p.html')
    const { stdout } = await presslark(['digest', 'morning', '--preview', '--out', file], folder)
    expect(stdout).toBe(`${file}\n`)
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/)
    const store = openStore(join(folder, 'data', 'presslark.db'))
    onTestFinished(() => store.close())
    expect(store.editions.list(undefined, 10)).toHaveLength(2)
  })
})

describe('the look of a digest', () => {
  const digest = (more: string) =>
    `digests:\n  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{stdout: text}], ${more}}\n`
  const desk = (more: string) =>
    writeDesk({
      sources: `sources:\n${sourceLine('good', 'http://127.0.0.1:8999/feed')}`,
      digests: digest(more),
    })
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  async function previewed(folder: string) {
    const room = await openRoom({ config: join(folder, 'config'), now: start })
    onTestFinished(() => room.store.close())
    const [own] = room.desk().digests
    if (!own) throw new Error('the desk has a digest')
    return previewEdition(
      digestDeps(room, () => start),
      own,
      start,
    ).bodies
  }

  test('has colours, a logo, an intro and a footer, in the page itself', async () => {
    const folder = desk(
      'colours: {accent: "#7a1f1f"}, logo: {file: logo.png, description: "Desk <1>"}, intro: "**Mind** [the desk](https://desk.example/)", footer: "- one\\n- two"',
    )
    writeFileSync(join(folder, 'config', 'logo.png'), pixel)
    const { html, md } = await previewed(folder)
    expect(html).toContain(
      `<img src="data:image/png;base64,${pixel.toString('base64')}" alt="Desk &lt;1&gt;"`,
    )
    expect(html).toContain('border-top:2px solid #7a1f1f')
    expect(html).toMatch(/<b>Mind<\/b> <a href="https:\/\/desk\.example\/"[^>]*><bdi>the desk<\/bdi><\/a>/)
    expect(html).toMatch(/<li>one<\/li>\s*<li>two<\/li>/)
    expect(md).toContain('**Mind** [the desk](https://desk.example/)')
  })

  test.each([
    ['colours: {link: "#d0d0d0"}', 'link is hard to read on the background: contrast 1.5'],
    ['logo: {file: ../../secret.png, description: x}', 'the logo lies outside the configuration folder'],
    ['logo: {file: none.png, description: x}', 'there is no logo'],
    ['logo: {file: digests.yaml, description: x}', 'the logo is no PNG, JPEG or GIF'],
    ['template: none.ts', 'there is no template'],
  ])('%s is refused where it stands', async (more, message) => {
    const folder = join(desk(more), 'config')
    const refusal = expect(loadConfig(folder)).rejects
    await refusal.toThrow(ConfigError)
    await refusal.toThrow('config/digests.yaml:2:')
    await refusal.toThrow(message)
  })

  test('is what a template makes of it; one that fails is told of, and the built-in page goes out', async () => {
    const folder = desk('template: own.ts')
    const template = join(folder, 'config', 'own.ts')
    writeFileSync(
      template,
      'export const render = (edition: { name: string }, kit: any) => kit.html`<!doctype html><title>${edition.name} ${"<>"}</title>${kit.sanitise("<b onclick=x>b</b>")}`.html',
    )
    expect((await previewed(folder)).html.trim()).toBe(
      '<!doctype html><title>Morning &lt;&gt;</title><b>b</b>',
    )
    const broken = join(folder, 'config', 'broken.ts')
    writeFileSync(broken, 'export const render = () => { throw new Error("broken by hand") }')
    const config = join(folder, 'config', 'digests.yaml')
    writeFileSync(config, readFileSync(config, 'utf8').replace('own.ts', 'broken.ts'))
    await expect(previewed(folder)).rejects.toThrow('broken by hand')
    const room = await openRoom({ config: `${folder}/config`, now: start })
    const told: string[] = []
    const [own] = room.desk().digests
    if (!own) throw new Error('the desk has a digest')
    const { bodies } = issueEdition(
      digestDeps(
        room,
        () => start,
        (problem) => told.push(problem),
      ),
      own,
      start + hourMs,
    )
    room.store.close()
    expect(bodies.html).toContain('<h1')
    expect(told.join('\n')).toMatch(/broken\.ts of digest morning failed.*broken by hand/)
  })
})
