// Bodies are read in a second thread while there are many, and come out the same.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createReadingThread, type ReadingThreadOptions } from '../../src/app/reading-thread.ts'
import { type Body, readBody } from '../../src/fetch/index.ts'
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

  it('begins when much has come, of which the first body of a feed counts four times', async () => {
    const body = {
      url: 'https://a.example/feed',
      fetchedAt: 0,
      bytesMax: 1_000,
      bytes: Buffer.alloc(100, 'x'),
    }
    const { readBody: readThere, isRunning } = open({ cores: 2, bytesFrom: 400 })
    for (const _ of [1, 2, 3]) await readThere({ ...body, isFirst: false })
    expect(isRunning()).toBe(false)
    const { readBody: readFirst, isRunning: isRunningForFirst } = open({ cores: 2, bytesFrom: 400 })
    await readFirst({ ...body, isFirst: true })
    expect(isRunningForFirst()).toBe(true)
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

  it('is not begun for a few small bodies, nor on one core, nor by a process that must know what it dies of', async () => {
    const [few, oneCore, wary] = [
      open({ cores: 2 }),
      open({ cores: 1, bytesFrom: 0 }),
      open({ cores: 2, bytesFrom: 0 }),
    ]
    wary.stayHere()
    for (const { readBody: read, isRunning } of [few, oneCore, wary]) {
      for (const body of bodies) await read(body)
      expect(isRunning()).toBe(false)
    }
  })
})
