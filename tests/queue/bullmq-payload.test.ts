// What the runner does with jobs that are large, failed before, or no jobs at all.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Job, JobOf } from '../../src/model/job.ts'
import { type BullOptions, type BullRunner, createBullRunner, type JobEvent } from '../../src/queue/index.ts'
import { noteIds } from './contract.ts'
import { deliverJob, digestJob, fetchedJob, fetchJob, numbered } from './jobs.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { until } from './until.ts'

let redis: TestRedis
const runners: BullRunner[] = []
beforeAll(async () => {
  redis = await startRedis()
})
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop(100)))
})
afterAll(() => redis.close())

async function start(options: Omit<BullOptions, 'redisUrl'>): Promise<BullRunner> {
  const runner = await createBullRunner({
    redisUrl: redis.url,
    lockMs: 1_500,
    stalledCheckMs: 300,
    ...options,
  })
  runners.push(runner)
  return runner
}

describe('garbage in the queue', () => {
  test('is rejected, told, kept among the failed, and does not hold up the jobs behind it', async () => {
    const prefix = randomUUID()
    const queue = new Queue('fetch', { connection: redis.client, prefix })
    await queue.add('fetch', { hello: 'world' }, { jobId: 'no-envelope', attempts: 5 })
    await queue.add('fetch', { version: 2, job: fetchJob('f') }, { jobId: 'from-the-future' })
    await queue.add('fetch', { version: 1, job: { name: 'fetch', id: 'x' } }, { jobId: 'half-a-job' })
    await queue.add('fetch', { version: 1, job: deliverJob('d') }, { jobId: 'wrong-queue' })
    await queue.add('fetch', { version: 1, gzip: 'H4sIAAAA' }, { jobId: 'broken-gzip' })
    await queue.close()
    const events: JobEvent[] = []
    const ran: string[] = []
    const runner = await start({
      prefix,
      handlers: { fetch: noteIds(ran) },
      concurrency: { fetch: 1 },
      onEvent: (event) => events.push(event),
    })
    await runner.enqueue([fetchJob('good')])
    await runner.idle()
    expect(ran).toEqual(['good'])
    expect(events.map(({ id, error }) => [id, error])).toEqual([
      ['no-envelope', 'not a job: no envelope with a version and a job'],
      ['from-the-future', 'not a job: payload version 2 is unknown'],
      ['half-a-job', expect.stringMatching(/^not a job: feed: /)],
      ['wrong-queue', 'not a job: a deliver job in the fetch queue'],
      ['broken-gzip', expect.stringMatching(/unexpected end of file/)],
      ['good', undefined],
    ])
    expect(await runner.depths()).toMatchObject({ fetch: { waiting: 0, running: 0, failed: 5 } })
  })

  test('that is not even JSON, or an id without a job, ends among the failed as well', async () => {
    const prefix = randomUUID()
    const key = (name: string) => `${prefix}:deliver:${name}`
    await redis.client.hset(key('torn'), {
      name: 'deliver',
      data: '{"version":1,"job":',
      opts: '{"attempts":1}',
      timestamp: 1,
    })
    await redis.client.hset(key('torn-options'), { name: 'deliver', data: '{}', opts: '{', timestamp: 1 })
    await redis.client.rpush(key('wait'), 'torn', 'torn-options', 'nowhere')
    const ran: string[] = []
    const runner = await start({ prefix, handlers: { deliver: noteIds(ran) } })
    await runner.enqueue(numbered(3, deliverJob))
    await runner.idle()
    expect(ran.sort()).toEqual(['n-0', 'n-1', 'n-2'])
    expect(await runner.depths()).toMatchObject({ deliver: { waiting: 0, running: 0, failed: 3 } })
  })
})

describe('large jobs', () => {
  test('above 64 KB travel compressed and arrive unchanged', async () => {
    const prefix = randomUUID()
    const seen: Job[] = []
    const gate = Promise.withResolvers<void>()
    const ingest = async (job: JobOf<'ingest'>) => {
      seen.push(job)
      await gate.promise
      return []
    }
    const runner = await start({ prefix, handlers: { ingest } })
    const job = fetchedJob('large', 400_000)
    await runner.enqueue([job])
    await until(() => seen.length === 1)
    const bytes = await redis.client.hstrlen(`${prefix}:ingest:large`, 'data')
    gate.resolve()
    await runner.idle()
    expect(seen).toEqual([job])
    expect(bytes).toBeLessThan(0.8 * JSON.stringify(job).length)
  })

  test('above 64 MiB are refused, and as a follow-up fail their job at once', async () => {
    const events: JobEvent[] = []
    const huge = { ...digestJob('huge'), digestId: 'x'.repeat(65 * 1024 * 1024) }
    const runner = await start({
      prefix: randomUUID(),
      lockMs: 10_000, // 65 MiB hold the thread for longer than the short lock of the other tests
      handlers: { fetch: async () => [huge] },
      onEvent: (event) => events.push(event),
    })
    await expect(runner.enqueue([huge])).rejects.toMatchObject({ code: 'too-large' })
    await runner.enqueue([fetchJob('f')])
    await runner.idle()
    expect(events).toMatchObject([
      { id: 'f', outcome: 'failed', error: expect.stringMatching(/follow-ups.*huge/) },
    ])
  })
})

describe('what BullMQ keeps', () => {
  test('is nothing of a job that went well, and the failed ones until they run again (C35)', async () => {
    const prefix = randomUUID()
    const ids = ['1234', 'https://a.example/rss?x=1', '0', 'fetch-7-1800000000']
    let healthy = false
    const ran: string[] = []
    const fetch = async ({ id }: Job) => {
      if (!healthy) throw new Error('ill')
      ran.push(id)
      return []
    }
    const runner = await start({ prefix, handlers: { fetch } })
    await runner.enqueue(ids.map(fetchJob))
    await runner.idle()
    expect(await runner.depths()).toMatchObject({ fetch: { failed: 4 } })
    healthy = true
    await runner.enqueue(ids.map(fetchJob))
    await runner.idle()
    expect(ran.sort()).toEqual([...ids].sort())
    expect(await runner.depths()).toMatchObject({ fetch: { failed: 0 } })
    const left = await redis.client.keys(`${prefix}:fetch:*`)
    expect(left.filter((key) => ids.some((id) => key.endsWith(id)))).toEqual([])
  })

  test('are two hundred failed ones of each name at most, the newest (C35)', async () => {
    const prefix = randomUUID()
    const fail = async () => Promise.reject(new Error('ill'))
    const runner = await start({ prefix, handlers: { fetch: fail }, concurrency: { fetch: 1 } })
    await runner.enqueue(numbered(230, fetchJob))
    await runner.idle()
    expect(await runner.depths()).toMatchObject({ fetch: { waiting: 0, running: 0, failed: 200 } })
    const jobs = await redis.client.keys(`${prefix}:fetch:n-*`)
    expect(jobs).toHaveLength(200)
    expect(jobs).toContain(`${prefix}:fetch:n-229`)
  })

  test('is bounded: a backlog that is full is refused, and depths tells how deep it is (C35)', async () => {
    const prefix = randomUUID()
    const runner = await start({ prefix, handlers: {} })
    await runner.enqueue(numbered(1_000, digestJob))
    await expect(runner.enqueue([digestJob('one-more')])).rejects.toMatchObject({ code: 'backlog-full' })
    expect(await runner.depths()).toEqual({
      fetch: { waiting: 0, running: 0, failed: 0 },
      ingest: { waiting: 0, running: 0, failed: 0 },
      digest: { waiting: 1_000, running: 0, failed: 0 },
      deliver: { waiting: 0, running: 0, failed: 0 },
    })
  })

  test('a full backlog holds follow-ups back until there is room', async () => {
    const prefix = randomUUID()
    const events: JobEvent[] = []
    const fetcher = await start({
      prefix,
      handlers: { fetch: async () => [digestJob('follow-up')] },
      onEvent: (event) => events.push(event),
    })
    await fetcher.enqueue(numbered(1_000, digestJob))
    await fetcher.enqueue([fetchJob('f')])
    await pause(300)
    expect(events).toEqual([])
    const ran: string[] = []
    const digester = await start({ prefix, handlers: { digest: noteIds(ran) }, concurrency: { digest: 50 } })
    await fetcher.idle()
    await digester.idle()
    expect(events).toMatchObject([{ id: 'f', outcome: 'done', followUps: 1 }])
    expect(ran).toContain('follow-up')
  })
})

test('a runner works only on the queues it is named', async () => {
  const ran: string[] = []
  const runner = await start({
    prefix: randomUUID(),
    names: ['fetch'],
    handlers: { fetch: noteIds(ran), deliver: noteIds(ran) },
  })
  await runner.enqueue([fetchJob('f'), deliverJob('d')])
  await runner.idle()
  expect(ran).toEqual(['f'])
  expect(await runner.depths()).toMatchObject({ deliver: { waiting: 1 } })
})
