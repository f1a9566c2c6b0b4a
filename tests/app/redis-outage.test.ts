// What a whole desk makes of a Redis that loses everything: after one lease every feed that was due is fetched again.
import { describe, expect, type TestContext, test } from 'vitest'
import { enqueueDue } from '../../src/app/daily.ts'
import { createHandlers, createOutside, openRoom } from '../../src/app/start.ts'
import { createBullRunner, type Runner, type Trouble } from '../../src/queue/index.ts'
import { startRedis, type TestRedis } from '../queue/redis.ts'
import { until } from '../queue/until.ts'
import { presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const leaseMs = 5 * 60_000
const feedCount = 6
const patienceMs = 120_000 // five servers and ten runners start; seconds alone, far more on a machine that is busy

/** A scheduler over a Redis, and workers that begin when they are told to; the clock is the test's. */
async function openDesk(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  settings: readonly string[] = [],
) {
  const redis: TestRedis = await startRedis({ settings })
  onTestFinished(() => redis.close())
  const asked: string[] = []
  const press = await listen(({ url = '' }, response) => {
    asked.push(url)
    response.end(rss(url, [{ id: url, title: `Harvest of${url}` }]))
  })
  onTestFinished(() => press.close())
  const lines = Array.from({ length: feedCount }, (_, n) => sourceLine(`s${n}`, `${press.origin}/${n}`))
  const room = await openRoom({ config: `${writeDesk({ sources: `sources:\n${lines.join('')}` })}/config` })
  const outside = createOutside(room, { perHostGapMs: 0 })
  const clock = { now: Date.now() }
  const troubles: Trouble[] = []
  const start = async (handlers: Parameters<typeof createBullRunner>[0]['handlers']): Promise<Runner> => {
    const runner = await createBullRunner({
      redisUrl: redis.url,
      handlers,
      lockMs: 2_000,
      stalledCheckMs: 500,
      onTrouble: (trouble) => troubles.push(trouble),
    })
    onTestFinished(() => runner.stop(100))
    return runner
  }
  const scheduler = await start({})
  onTestFinished(async () => {
    await outside.fetcher.close()
    room.store.close()
  })
  return {
    redis,
    asked,
    troubles,
    scheduler,
    claimed: (): number => room.store.feeds.list().filter((feed) => feed.nextFetchAt === 0).length,
    stored: (): number => room.store.stats(0).articles,
    /** How many fetches wait after a tick. */
    tick: async (laterMs = 0): Promise<number> => {
      clock.now += laterMs
      await enqueueDue(room, scheduler, clock.now)
      return 4_000 - (await scheduler.room('fetch'))
    },
    work: async () => start(await createHandlers(room, outside, {}, { now: () => clock.now })),
  }
}

describe.concurrent('a desk whose Redis', { timeout: patienceMs }, () => {
  test('is emptied fetches every feed that was due, one lease later (C29)', async (context) => {
    const { redis, tick, work, stored } = await openDesk(context)
    expect(await tick()).toBe(feedCount)
    await redis.client.flushall()
    expect(await tick()).toBe(0) // the feeds are claimed: SQLite does not know yet that their jobs are gone
    expect(await tick(leaseMs)).toBe(feedCount)
    await (await work()).idle()
    expect(stored()).toBe(feedCount)
  })

  test('is killed and kept nothing on disk does so too, and is waited for meanwhile (C28, C29)', async (context) => {
    const { redis, tick, work, stored, troubles } = await openDesk(context, ['--appendonly', 'no'])
    await tick()
    const runner = await work()
    await runner.stop()
    await redis.kill()
    await expect(tick(leaseMs)).rejects.toMatchObject({ code: 'unreachable' })
    await redis.start()
    await until(() =>
      tick(leaseMs).then(
        () => true,
        () => false,
      ),
    )
    await (await work()).idle()
    expect(stored()).toBe(feedCount)
    expect(troubles.filter(({ from }) => from === 'redis').length).toBeLessThanOrEqual(2) // one of each runner
  })

  test('cannot be reached has no feed claimed in vain: they are due when it is back', async (context) => {
    const { redis, tick, work, stored, claimed } = await openDesk(context)
    await redis.kill()
    await expect(tick()).rejects.toMatchObject({ code: 'unreachable' })
    expect(claimed()).toBe(feedCount)
    await redis.start()
    await until(() =>
      tick().then(
        (waiting) => waiting === feedCount,
        () => false,
      ),
    ) // and not only a lease later
    await (await work()).idle()
    expect(stored()).toBe(feedCount)
  })

  test('keeps its jobs on disk goes on with them after a crash', async (context) => {
    const { redis, tick, work, stored, scheduler } = await openDesk(context)
    await tick()
    await redis.kill()
    await redis.start()
    await until(() =>
      scheduler.room('fetch').then(
        (room) => room === 4_000 - feedCount,
        () => false,
      ),
    )
    await (await work()).idle()
    expect(stored()).toBe(feedCount)
  })

  test('stands still for seconds goes on where it was, and is complained of once (C28, C32)', async (context) => {
    const { redis, tick, work, stored, asked, troubles } = await openDesk(context)
    const runner = await work()
    redis.signal('SIGSTOP')
    await expect(tick()).rejects.toMatchObject({ code: 'unreachable' })
    redis.signal('SIGCONT')
    await until(() =>
      tick().then(
        () => true,
        () => false,
      ),
    )
    await runner.idle()
    expect(stored()).toBe(feedCount)
    expect(new Set(asked).size).toBe(feedCount)
    expect(troubles.length).toBeLessThanOrEqual(4) // two runners, two origins
  })
})

describe.concurrent('one round whose Redis is not there', { timeout: patienceMs }, () => {
  const line = sourceLine('a', 'http://127.0.0.1:9999/feed')
  test.for([
    ['with a feed that is due', `sources:\n${line}`],
    ['with nothing to do', 'sources: []\n'],
  ] as const)('ends %s, and names it and what to do', async ([, sources], { expect: expectHere }) => {
    const gone = { PRESSLARK_REDIS_URL: 'redis://127.0.0.1:1' }
    const { code, stderr } = await presslark(['run', '--once'], writeDesk({ sources }), gone)
    expectHere(code).toBe(1)
    expectHere(stderr).toContain(
      'presslark: Redis is unreachable: connect ECONNREFUSED 127.0.0.1:1\n    start Redis',
    )
  })
})
