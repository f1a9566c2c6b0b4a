// presslark fetch --backfill on the command line.
import { afterEach, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { type LocalServer, listen, rss, writeDesk } from './local-desk.ts'

let local: LocalServer | undefined
afterEach(() => local?.close())

it('reads the older pages of a named feed and says what they brought (A60)', async () => {
  local = await listen((request, response) => {
    const isOld = request.url === '/old'
    const [id, title] = isOld ? ['old', 'Ferry sank in the storm'] : ['new', 'Harvest begins']
    const older = isOld ? '' : '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/old"/>'
    response.end(rss('Paged', [{ id, title }]).replace('<channel>', `<channel>${older}`))
  })
  const folder = writeDesk({
    sources: `sources:\n  - {id: paged, name: Paged, language: en, feeds: [{url: "${local.origin}/feed", allowPrivate: true}]}\n`,
  })
  const unnamed = await presslark(['fetch', '--backfill'], folder)
  expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('which feeds') })
  const { code, stderr } = await presslark(['fetch', 'paged', '--backfill', '--pages', '5'], folder)
  expect(stderr).toContain('paged: 1 older page, 2 items, 2 new articles; there are no older ones')
  expect(code).toBe(0)
  const { stdout } = await presslark(['search', 'storm', '--json'], folder)
  expect(JSON.parse(stdout)).toHaveLength(1)
}, 60_000)
