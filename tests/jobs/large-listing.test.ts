// A feed of several megabytes travels in parts: what its publisher takes out is noticed all the same, whichever runner carries it.
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createBullRunner, createEmbeddedRunner, type Handlers, type Runner } from '../../src/queue/index.ts'
import { closeAll, serve } from '../fetch/server.ts'
import { anyRedis } from '../queue/redis.ts'
import { hourMs, openWebDesk, sourceOf, start } from './web-desk.ts'

const entryBytes = 60_000
const entriesListed = 90

/** Entry `n`, published in minute `n`: few words, so that keeping it is quick. */
const entry = (n: number) => `<item><guid>g${n}</guid><title>Harbour log ${n * 7919}</title>
  <pubDate>${new Date(start - hourMs * 24 + n * 60_000).toUTCString()}</pubDate>
  <description>${`${'x'.repeat(999)} `.repeat(entryBytes / 1_000)}</description></item>`

const feedOf = (ids: readonly number[]) =>
  `<rss version="2.0"><channel><title>Logs</title>${ids.map(entry).join('')}</channel></rss>`

let redis: Awaited<ReturnType<typeof anyRedis>>
beforeAll(async () => {
  redis = await anyRedis()
})
afterAll(() => redis.close())
afterEach(closeAll)

const runners = {
  embedded: async (handlers: Handlers) => createEmbeddedRunner({ handlers }),
  BullMQ: (handlers: Handlers) =>
    createBullRunner({ handlers, redisUrl: redis.url, prefix: `test-${randomUUID()}` }),
} as const satisfies Record<string, (handlers: Handlers) => Promise<Runner>>

/** Guids of entries that count as withdrawn. */
function withdrawnFrom(path: string): unknown {
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db.prepare('select item_key from sighting where withdrawn_at is not null').pluck().all()
}

const newestFirst = Array.from({ length: entriesListed }, (_, index) => entriesListed - index)

describe.each(Object.entries(runners))('over the %s runner', (_, createRunner) => {
  it('an entry that leaves the oldest part of a large feed is withdrawn, and no other', async () => {
    let listed = newestFirst
    const { origin } = await serve((_request, response) =>
      response.setHeader('content-type', 'application/rss+xml').end(feedOf(listed)),
    )
    const desk = openWebDesk([sourceOf('logs', `${origin}/rss.xml`)])
    const parts: number[] = []
    const ingest: typeof desk.ingest = async (job) => {
      parts.push(job.part?.index ?? 0)
      return desk.ingest(job)
    }
    const runner = await createRunner({ ...desk.handlers, ingest })
    onTestFinished(() => runner.stop())
    const round = async (at: number) => {
      await runner.enqueue(desk.due(at))
      await runner.idle()
    }

    await round(start)
    listed = [entriesListed + 1, ...newestFirst.filter((n) => n !== 5)]
    await round(start + 24 * hourMs)
    expect(parts).toEqual([1, 2, 3, 1, 2, 3])
    expect(desk.store.stats(0)).toMatchObject({ articles: entriesListed + 1 })
    expect(withdrawnFrom(desk.path)).toEqual(['g5'])
  })
})
