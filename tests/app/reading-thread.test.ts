// Bodies are read in a second thread while there are many, and come out the same.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createReadingThread, type ReadingThreadOptions } from '../../src/app/reading-thread.ts'
import { type Body, readBody } from '../../src/fetch/index.ts'
import { analyseEntry } from '../../src/pipeline/entry-analysis.ts'
import { packAnalyses, unpackAnalyses } from '../../src/pipeline/packed-analyses.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { withoutMarkup } from '../../src/pipeline/without-markup.ts'

function open(options: ReadingThreadOptions) {
  const thread = createReadingThread(options)
  onTestFinished(() => thread.close())
  return thread
}

const folder = join(import.meta.dirname, '../../config/demo/feeds')
const bodies: readonly Body[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:xml|json|body)$/.test(name))
  .map((name) => ({
    bytes: readFileSync(join(folder, name)),
    url: `https://a.example/${name}`,
    fetchedAt: Date.UTC(2026, 0, 1),
    bytesMax: 1_000_000,
  }))

describe('the reading thread', () => {
  it('reads what this thread reads, without the markup', async () => {
    const { readBody: readThere, isRunning } = open({ cores: 2, bytesFrom: 0 })
    expect(bodies.length).toBeGreaterThan(5)
    for (const body of bodies) {
      const here = await readBody(body)
      const size = body.bytes.length
      const there = await readThere(body)
      expect(there.ok).toBe(here.ok)
      if (here.ok) expect(there).toEqual({ ok: true, feed: withoutMarkup(here.feed) })
      expect(body.bytes.length).toBe(size) // the caller still needs them
    }
    expect(isRunning()).toBe(true)
  })

  it('says what a body is that is no feed', async () => {
    const { readBody: readThere } = open({ cores: 2, bytesFrom: 0 })
    const page = {
      ...bodies[0],
      url: '',
      fetchedAt: 0,
      bytesMax: 100,
      bytes: Buffer.from('<html>no feed</html>'),
    }
    expect(await readThere(page)).toMatchObject({ ok: false, reason: 'not-a-feed' })
    expect(await readThere({ ...page, bytesMax: 3 })).toMatchObject({ ok: false, reason: 'too-large' })
  })

  it('finds in entries what this thread finds, by the topics it is given', async () => {
    const { analyst, isRunning } = open({ cores: 2, entriesFrom: 0 })
    expect(analyst.isBusy(1)).toBe(true)
    const topics = ['ferry', 'wheat'].map((id) => ({ id, name: id, any: [id] }))
    const articles = [
      { title: 'A ferry full of wheat' },
      { title: 'Nothing of it', summary: 'A wheat field' },
    ]
    for (const some of [topics, topics.slice(1)]) {
      const { watchlist } = compileWatchlist(some)
      expect(await analyst.analyse(articles, some)).toEqual(
        unpackAnalyses(packAnalyses(articles.map((one) => analyseEntry(one, watchlist)))),
      )
    }
    expect(isRunning()).toBe(true)
  })

  it('is not begun for a few small bodies, nor on one core, nor by a process that must know what it dies of', async () => {
    const [few, oneCore, wary] = [
      open({ cores: 2 }),
      open({ cores: 1, bytesFrom: 0, entriesFrom: 0 }),
      open({ cores: 2, bytesFrom: 0 }),
    ]
    wary.stayHere()
    for (const { readBody: read, analyst, isRunning } of [few, oneCore, wary]) {
      expect(analyst.isBusy(50)).toBe(false)
      for (const body of bodies) await read(body)
      expect(isRunning()).toBe(false)
    }
  })
})
