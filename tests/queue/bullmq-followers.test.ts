// The writer over Redis has several outcomes in hand, in the order of the queue, and stores small ones together.
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Job, JobOf } from '../../src/model/job.ts'
import { type BullOptions, type BullRunner, createBullRunner, type JobEvent } from '../../src/queue/index.ts'
import { fetched, item, openDesk, type TestDesk } from '../jobs/desk.ts'
import { ingestJob, numbered } from './jobs.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { until } from './until.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())

type Started = { readonly runner: BullRunner; readonly key: (rest: string) => string }

/** Enqueues the jobs before anybody works, so that they all wait when the writer comes. */
async function startWith(jobs: readonly Job[], options: Partial<BullOptions>): Promise<Started> {
  const prefix = randomUUID()
  const base = { redisUrl: redis.url, prefix, lockMs: 2_000, stalledCheckMs: 300, concurrency: { ingest: 8 } }
  const producer = await createBullRunner({ ...base, handlers: {} })
  await producer.enqueue(jobs)
  await producer.stop()
  const key = (rest: string): string => `${prefix}:ingest:${rest}`
  if (options.handlers === undefined) throw new Error('a writer has a handler')
  const runner = await createBullRunner({ ...base, ...options, handlers: options.handlers })
  onTestFinished(() => runner.stop(100))
  return { runner, key }
}

/** Outcomes of the three feeds in turn. */
function outcomes(count: number): readonly JobOf<'ingest'>[] {
  return Array.from({ length: count }, (_, n) => ({
    name: 'ingest',
    id: `outcome-${n}`,
    feedId: 1 + (n % 3),
    outcome: fetched(1_000 + n, [item(`g${n}`, `Report ${n}`, { url: `https://a.example/${n}` })]),
  }))
}

function countTransactions({ store }: TestDesk): () => number {
  const { transaction } = store
  let count = 0
  Object.assign(store, {
    transaction: <T>(work: () => T): T => {
      count++
      return transaction(work)
    },
  })
  return () => count
}

const ingestWith =
  ({ run }: TestDesk) =>
  async (job: JobOf<'ingest'>) => {
    await run(job)
    return []
  }

describe('outcomes that wait in Redis', () => {
  test('are stored together, each feed in order, and end in one transaction for three feeds', async () => {
    const desk = openDesk()
    const transactions = countTransactions(desk)
    const { runner } = await startWith(outcomes(9), { handlers: { ingest: ingestWith(desk) } })
    await runner.idle()
    expect(desk.store.stats(0)).toMatchObject({ articles: 9 })
    expect([1, 2, 3].map((id) => desk.store.feeds.find(id)?.validators.etag)).toEqual([
      '"1006"',
      '"1007"',
      '"1008"',
    ])
    expect(transactions()).toBe(4) // the first alone; then 2 3 1, 2 3 1 and 2 3
  })

  test('are stored without the one that fails, which is kept among the failed with its reason', async () => {
    const desk = openDesk()
    new Database(desk.path).exec(
      "create trigger refuse before insert on sighting when new.item_key = 'g4' begin select raise(abort, 'not this one'); end",
    )
    const events: JobEvent[] = []
    const { runner, key } = await startWith(outcomes(9), {
      handlers: { ingest: ingestWith(desk) },
      onEvent: (event) => events.push(event),
    })
    await runner.idle()
    expect(desk.store.stats(0)).toMatchObject({ articles: 8 })
    expect(events.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toEqual(['outcome-4'])
    expect(await redis.client.zrange(key('failed'), '0', '-1')).toEqual(['outcome-4'])
    expect(await redis.client.hget(key('outcome-4'), 'failedReason')).toContain('not this one')
    expect(await runner.depths()).toMatchObject({ ingest: { waiting: 0, running: 0, failed: 1 } })
  })
})

/** A handler that stops at a gate, and what it was given so far. */
function gated() {
  const gate = Promise.withResolvers<void>()
  const begun: string[] = []
  const ingest = async ({ id }: Job) => {
    begun.push(id)
    if (id !== 'n-0') await gate.promise // the first is handed over alone
    return []
  }
  return { begun, open: gate.resolve, handlers: { ingest } }
}

describe('jobs in the hand of the writer', () => {
  test('are at most as many as it may have, and all of them finish when it stops', async () => {
    const { begun, open, handlers } = gated()
    const { runner, key } = await startWith(numbered(12, ingestJob), { handlers })
    await until(() => begun.length === 9)
    const stopping = runner.stop()
    open()
    await stopping
    expect(begun).toEqual(numbered(9, ingestJob).map(({ id }) => id))
    expect(await redis.client.llen(key('active'))).toBe(0)
    expect(await redis.client.lrange(key('wait'), 0, -1)).toEqual(['n-11', 'n-10', 'n-9'])
  })

  test('keep their locks for as long as they run', async () => {
    const { begun, open, handlers } = gated()
    const { runner, key } = await startWith(numbered(3, ingestJob), { handlers, lockMs: 800 })
    await until(() => begun.length === 3)
    const left = () => redis.client.pttl(key('n-2:lock'))
    let [before, now] = [await left(), await left()]
    await until(async () => {
      before = now
      now = await left()
      return now > before // it was renewed
    })
    open()
    await runner.idle()
    expect(begun).toEqual(['n-0', 'n-1', 'n-2'])
  })

  test('that lose their lock are done again, and the others end once', async () => {
    const { begun, open, handlers } = gated()
    const { runner, key } = await startWith(numbered(4, ingestJob), { handlers, lockMs: 60_000 })
    await until(() => begun.length === 4)
    await redis.client.del(key('n-2:lock')) // as when the thread was held up for longer than it lasts
    await until(async () => (await redis.client.lrange(key('wait'), 0, -1)).includes('n-2'))
    open()
    await runner.idle()
    expect(begun).toEqual(['n-0', 'n-1', 'n-2', 'n-3', 'n-2'])
  })

  test('are alone when they may have killed their process before, with those behind them where they were (C34)', async () => {
    const suspects = new Set(['n-3', 'n-6'])
    const inHand = new Map<string, readonly string[]>()
    const running = new Set<string>()
    const ingest = async ({ id }: Job) => {
      running.add(id)
      await new Promise((resolve) => setImmediate(resolve)) // who comes with it has begun
      for (const one of running) inHand.set(one, [...(inHand.get(one) ?? []), ...running])
      await new Promise((resolve) => setImmediate(resolve))
      running.delete(id)
      return []
    }
    const gate = Promise.withResolvers<void>()
    const { runner, key } = await startWith(numbered(9, ingestJob), {
      handlers: {
        ingest: async (job) => {
          if (job.id === 'n-0') await gate.promise
          return ingest(job)
        },
      },
    })
    for (const id of suspects) await redis.client.hset(key(id), 'stc', 1) // as BullMQ counts the deaths of its workers
    gate.resolve()
    await runner.idle()
    expect([...inHand.keys()]).toEqual(numbered(9, ingestJob).map(({ id }) => id))
    for (const id of suspects) expect(new Set(inHand.get(id))).toEqual(new Set([id]))
    expect(new Set(inHand.get('n-1'))).toEqual(new Set(['n-1', 'n-2']))
  })
})
