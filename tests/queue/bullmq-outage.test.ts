// What a desk lives through when Redis goes away, comes back empty, or does not answer.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, type TestContext, test } from 'vitest'
import type { Job } from '../../src/model/job.ts'
import {
  type BullOptions,
  type BullRunner,
  createBullRunner,
  type JobEvent,
  probeRedis,
  type Trouble,
} from '../../src/queue/index.ts'
import { noteIds } from './contract.ts'
import { fetchedJob, fetchJob, ingestJob, numbered } from './jobs.ts'
import { freePort, startRedis, type TestRedis } from './redis.ts'
import { startStubbornWorker } from './stubborn-process.ts'
import { until } from './until.ts'

/** Starts servers and runners that end with the test; the tests run at the same time, so nothing is shared. */
function desk({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  async function server(options: Parameters<typeof startRedis>[0] = {}): Promise<TestRedis> {
    const redis = await startRedis(options)
    onTestFinished(() => redis.close())
    return redis
  }
  async function start(options: BullOptions): Promise<BullRunner> {
    const runner = await createBullRunner({ lockMs: 2_000, stalledCheckMs: 500, ...options })
    onTestFinished(() => runner.stop(100))
    return runner
  }
  return { server, start }
}

// What hangs ends these tests by their own limit; none of them looks at a clock.

/** How often Redis has answered with an error of this kind. */
async function errorsOf({ client }: TestRedis, kind: string): Promise<number> {
  const told = await client.info('errorstats')
  return Number(new RegExp(`errorstat_${kind}:count=(\\d+)`).exec(told)?.[1] ?? 0)
}

describe.concurrent('the BullMQ runner in an outage', () => {
  test('a Redis that is killed and comes back loses no job, and work goes on by itself (C28, C40)', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const ran: string[] = []
    const fetch = async ({ id }: Job) => {
      ran.push(id)
      await pause(10)
      return [ingestJob(`after-${id}`)]
    }
    const written: string[] = []
    const troubles: Trouble[] = []
    const runner = await start({
      redisUrl: redis.url,
      handlers: { fetch, ingest: noteIds(written) },
      concurrency: { fetch: 4 },
      onTrouble: (trouble) => troubles.push(trouble),
    })
    await runner.enqueue(numbered(200, fetchJob))
    await until(() => ran.length >= 50)
    await redis.kill()
    await until(() => troubles.length > 0)
    const before = ran.length
    await redis.start()
    await until(() => ran.length > before + 4) // more than what was in hand
    await runner.idle()
    expect(new Set(ran).size).toBe(200)
    expect(new Set(written).size).toBe(200)
  })

  test('a Redis that is emptied in the middle stops nothing that comes after', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const gate = Promise.withResolvers<void>()
    const ran: string[] = []
    const fetch = async ({ id }: Job) => {
      ran.push(id)
      await gate.promise
      return []
    }
    const runner = await start({ redisUrl: redis.url, handlers: { fetch }, concurrency: { fetch: 2 } })
    await runner.enqueue(numbered(5, fetchJob, 'before'))
    await until(() => ran.length === 2)
    await redis.client.flushall()
    gate.resolve()
    await runner.enqueue(numbered(5, fetchJob, 'after'))
    await runner.idle()
    expect(ran.filter((id) => id.startsWith('after')).sort()).toEqual(
      numbered(5, fetchJob, 'after').map(({ id }) => id),
    )
    expect(await runner.depths()).toMatchObject({ fetch: { waiting: 0, running: 0 } })
  })

  test('a Redis that was never there is reported once, refuses jobs, and is used when it comes (C28)', async (context) => {
    const { server, start } = desk(context)
    const port = await freePort()
    const troubles: Trouble[] = []
    const ran: string[] = []
    const creation = start({
      redisUrl: `redis://:open-sesame@127.0.0.1:${port}`,
      handlers: { fetch: noteIds(ran) },
      onTrouble: (trouble) => troubles.push(trouble),
    })
    const runner = await creation
    const refusal = runner.enqueue([fetchJob('f')])
    await expect(refusal).rejects.toMatchObject({ name: 'QueueError', code: 'unreachable' })
    expect(troubles).toHaveLength(1)
    expect(JSON.stringify(troubles) + String(await refusal.catch(String))).not.toContain('open-sesame')

    await server({ port, password: 'open-sesame' })
    await runner.enqueue([fetchJob('f')])
    await runner.idle()
    expect(ran).toEqual(['f'])
  })

  test('a Redis that goes down later refuses jobs at once and takes them when it is back', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const runner = await start({ redisUrl: redis.url, handlers: {} })
    await runner.enqueue([fetchJob('a')])
    await redis.kill()
    const refusal = runner.enqueue([fetchJob('b')])
    await expect(refusal).rejects.toMatchObject({ code: 'unreachable' })
    await redis.start()
    await until(() =>
      runner.enqueue([fetchJob('b')]).then(
        () => true,
        () => false,
      ),
    )
    expect(await runner.depths()).toMatchObject({ fetch: { waiting: 2 } })
  })

  test('a Redis that hangs makes enqueue reject while it still hangs', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const runner = await start({ redisUrl: redis.url, handlers: {} })
    redis.signal('SIGSTOP')
    await expect(runner.enqueue([fetchJob('f')])).rejects.toMatchObject({
      code: 'unreachable',
      message: 'Redis did not answer within 4 s',
    })
    redis.signal('SIGCONT')
    await until(() =>
      runner.enqueue([fetchJob('g')]).then(
        () => true,
        () => false,
      ),
    )
  })

  test('a Redis that is full refuses jobs, complains once, and goes on when there is room (C32)', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const troubles: Trouble[] = []
    const ran: string[] = []
    const runner = await start({
      redisUrl: redis.url,
      handlers: { fetch: noteIds(ran) },
      onTrouble: (trouble) => troubles.push(trouble),
    })
    await redis.client.config('SET', 'maxmemory', '1')
    await expect(runner.enqueue([fetchJob('f')])).rejects.toMatchObject({ code: 'backlog-full' })
    await until(async () => (await errorsOf(redis, 'OOM')) >= 3)
    expect(troubles.length).toBeLessThanOrEqual(2) // one from each origin
    await redis.client.config('SET', 'maxmemory', '0')
    await runner.enqueue([fetchJob('g')])
    await runner.idle()
    expect(ran).toEqual(['g'])
  })

  test('a Redis whose memory runs out keeps room for the workers, who drain it', async (context) => {
    const { server, start } = desk(context)
    const redis = await server({ settings: ['--maxmemory', '4mb'] })
    const producer = await start({ redisUrl: redis.url, handlers: {} })
    const jobs = numbered(100, (id) => fetchedJob(id, 50_000))
    let taken = 0
    const full = async () => {
      for (; ; taken++) await producer.enqueue(jobs.slice(taken, taken + 1))
    }
    await expect(full()).rejects.toMatchObject({ code: 'backlog-full' })
    const ran: string[] = []
    const worker = await start({ redisUrl: redis.url, handlers: { ingest: noteIds(ran) } })
    await worker.idle()
    expect(taken).toBeGreaterThan(20)
    expect(ran).toHaveLength(taken)
    await producer.enqueue(jobs.slice(taken))
  })

  test('a job whose workers are killed twice runs to its end in the third (C30)', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const ran: string[] = []
    const producer = await start({ redisUrl: redis.url, handlers: {} })
    await producer.enqueue([fetchJob('unlucky')])
    for (let life = 1; life <= 2; life++) await killWorkerInTheMiddle(redis.url, context)
    const survivor = await start({ redisUrl: redis.url, handlers: { fetch: noteIds(ran) } })
    await survivor.idle()
    expect(ran).toEqual(['unlucky'])
    expect(await survivor.depths()).toMatchObject({ fetch: { waiting: 0, running: 0, failed: 0 } })
  })

  test('a job that kills every worker is given up in the end, told, and followed by what it means (C34)', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const producer = await start({ redisUrl: redis.url, handlers: {} })
    await producer.enqueue([fetchJob('https://poison.example/')])
    const [key = ''] = await redis.client.keys('presslark:fetch:sha256-*')
    await redis.client.hset(key, 'defa', 'job stalled more than allowable limit') // as BullMQ notes it after too many deaths
    const events: JobEvent[] = []
    const worker = await start({
      redisUrl: redis.url,
      handlers: { fetch: noteIds([]) },
      onEvent: (event) => events.push(event),
      afterDeaths: ({ name, id }) => [ingestJob(`after-${name}-${id}`)],
    })
    await until(() => events.length > 0)
    expect(events).toMatchObject([
      {
        job: 'fetch',
        id: 'https://poison.example/',
        outcome: 'failed',
        error: 'job stalled more than allowable limit',
      },
    ])
    await until(async () => (await worker.depths()).ingest.waiting === 1)
    expect(await worker.depths()).toMatchObject({ fetch: { failed: 1 } })
  })

  test('a probe tells in one line what is wrong with a Redis, and nothing when all is well', async (context) => {
    const { server } = desk(context)
    const [good, evicting, nowhere] = [
      await server({ password: 'open-sesame' }),
      await server({ settings: ['--maxmemory-policy', 'allkeys-lru'] }),
      `redis://:open-barley@127.0.0.1:${await freePort()}`,
    ]
    expect(await probeRedis(good.url)).toBeUndefined()
    expect(await probeRedis(evicting.url)).toMatch(/noeviction/)
    expect(await probeRedis(nowhere)).toMatch(/^Redis is unreachable: connect ECONNREFUSED [\d.:]+$/)
    expect(await probeRedis('localhost')).toMatch(/redis:\/\/host:6379/)
  })

  test('a wrong password is named as the cause, and not shown', async (context) => {
    const { server, start } = desk(context)
    const redis = await server({ password: 'open-sesame' })
    const runner = await start({ redisUrl: redis.url.replace('open-sesame', 'open-barley'), handlers: {} })
    const refusal = await runner.enqueue([fetchJob('f')]).catch(String)
    expect(refusal).toMatch(/^QueueError: Redis is unreachable: WRONGPASS/)
    expect(refusal).not.toContain('open-barley')
  })

  test('a runner with nothing to do stops at once, with Redis and without', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const troubles: Trouble[] = []
    const options = { redisUrl: redis.url, handlers: { fetch: noteIds([]) } }
    const early = await start(options)
    const late = await start({ ...options, onTrouble: (trouble) => troubles.push(trouble) })
    await early.stop(600_000) // nothing runs, so its grace is not waited for
    await redis.kill()
    await until(() => troubles.length > 0)
    await late.stop(600_000)
  })

  test('a worker that is asked to stop ends by itself, even when its job does not and Redis is gone (C38)', async (context) => {
    const { server, start } = desk(context)
    const redis = await server()
    const producer = await start({ redisUrl: redis.url, handlers: {} })
    await producer.enqueue([fetchJob('endless')])
    const worker = await startStubbornWorker(redis.url, context)
    await redis.kill()
    worker.kill('SIGTERM')
    expect(await once(worker, 'exit')).toEqual([0, null])
  })

  test('a Redis that may evict jobs is refused with one line (C33)', async (context) => {
    const { server } = desk(context)
    const redis = await server({ settings: ['--maxmemory-policy', 'allkeys-lru'] })
    const refusal = createBullRunner({ redisUrl: redis.url, handlers: {} })
    await expect(refusal).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^[^\n]*maxmemory-policy noeviction[^\n]*allkeys-lru[^\n]*$/),
    })
  })

  test('an address that is none is refused without being repeated', async () => {
    const refusal = createBullRunner({ redisUrl: 'http://user:open-sesame@host', handlers: {} })
    await expect(refusal).rejects.toMatchObject({ code: 'refused' })
    await expect(refusal).rejects.not.toThrow(/open-sesame/)
  })
})

async function killWorkerInTheMiddle(url: string, context: TestContext): Promise<void> {
  const worker = await startStubbornWorker(url, context)
  worker.kill('SIGKILL')
  await once(worker, 'exit')
}
