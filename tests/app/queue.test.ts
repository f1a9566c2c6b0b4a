// presslark queue: what waits and failed for either runner, once more, or never again.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropJobs, retryJobs } from '../../src/app/commands/queue-change.ts'
import { openRoom } from '../../src/app/start.ts'
import { openWorkDesk } from '../../src/app/work-desk.ts'
import { createBullRunner } from '../../src/queue/index.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { startRedis, type TestRedis } from '../queue/redis.ts'
import { until } from '../queue/until.ts'
import { hourMs } from '../store/archive.ts'
import { freeze, issued } from '../store/issue.ts'
import { presslark } from './command-line.ts'
import { writeDesk } from './local-desk.ts'

const sources = 'sources:\n  - {id: good, name: Good, feeds: [{url: "https://good.example/feed"}]}\n'

type Listed = {
  readonly transport: string
  readonly counts: readonly object[]
  readonly items: readonly { readonly id: string; readonly state: string; readonly reason?: string }[]
}

/** A desk whose delivery 1 was given up an hour ago and whose delivery 2 waits for another try. */
async function troubledDesk(): Promise<{ readonly folder: string; readonly store: () => Store }> {
  const folder = writeDesk({ sources })
  const room = await openRoom({ config: `${folder}/config` })
  room.store.close() // its database is made
  const store = (): Store => openStore(join(folder, 'data/presslark.db'))
  const open = store()
  const now = Date.now()
  freeze(open, issued(1, now - hourMs, open.stories.create(now)), 1, now - hourMs)
  for (const id of [1, 2]) {
    const row = open.deliveries.claim(id, now - hourMs, 1000)
    if (row === undefined) throw new Error('it was not due')
    const detail = id === 1 ? '550 no such mailbox' : '451 come back later'
    open.deliveries.settle(row, { kind: id === 1 ? 'permanent' : 'temporary', detail }, now)
  }
  open.close()
  return { folder, store }
}

describe('with the embedded runner', () => {
  it('lists feeds that are due and deliveries with their reasons, and names no reader', async () => {
    const { folder } = await troubledDesk()
    const { stdout } = await presslark(['queue'], folder)
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'job      waiting  running  failed',
      'fetch    1        0        0',
      'deliver  1        0        1',
    ])
    expect(stdout).toMatch(/Failed\n.*\ndeliver-1 +.* morning no\. 1 by email +550 no such mailbox/)
    expect(stdout).toMatch(/another try\n.*\ndeliver-2 +.* morning no\. 1 by file +451 come back later/)
    expect(stdout).not.toContain('a@press.example')
  }, 30_000)

  it('retries a delivery that was given up, gives up one that waits, and says what it does not know', async () => {
    const { folder, store } = await troubledDesk()
    const retried = await presslark(['queue', 'retry', 'deliver-1', 'deliver-9', 'fetch-1'], folder)
    expect(retried).toMatchObject({ code: 1, stdout: 'Tried again: 1\n' })
    expect(retried.stderr).toContain('"deliver-9"')
    expect(retried.stderr).toContain('"fetch-1"')
    const desk = await openWorkDesk(`${folder}/config`)
    expect(await desk.drop('deliver-2')).toBe(true)
    await desk.close()
    const open = store()
    expect(open.deliveries.find(1)).toMatchObject({ state: 'pending', attempts: 0 })
    expect(open.deliveries.due(Date.now(), 10)).toEqual([1])
    expect(open.deliveries.find(2)).toMatchObject({ state: 'failed', detail: 'given up by hand' })
    open.close()
  }, 30_000)

  it('never retries what is being sent at this moment', async () => {
    const { folder, store } = await troubledDesk()
    const open = store()
    open.deliveries.retry(1, Date.now())
    open.deliveries.claim(1, Date.now(), hourMs)
    open.close()
    const desk = await openWorkDesk(`${folder}/config`)
    expect([await desk.retry('deliver-1'), await desk.drop('deliver-1')]).toEqual([false, false])
    await desk.close()
    const after = store()
    expect(after.deliveries.find(1)).toMatchObject({ state: 'sending' })
    after.close()
  }, 30_000)

  it('wants ids or --all', async () => {
    const folder = writeDesk({ sources })
    const config = `${folder}/config`
    await expect(retryJobs({ config }, [])).rejects.toMatchObject({ exitCode: 2 })
    await expect(dropJobs({ config, all: true }, ['a'])).rejects.toMatchObject({ exitCode: 2 })
    expect(await retryJobs({ config, all: true }, [])).toBe(0)
  }, 30_000)
})

describe('over Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.close())

  it('lists jobs that failed with their reason, retries one, and forgets the others', async () => {
    const { folder } = await troubledDesk()
    const env = { PRESSLARK_REDIS_URL: redis.url }
    const tried: string[] = []
    const runner = await createBullRunner({
      redisUrl: redis.url,
      handlers: {
        digest: async ({ id }) => {
          tried.push(id)
          if (tried.length <= 3) throw new Error(`no room for ${id}`)
          return []
        },
      },
    })
    const ids = ['digest-a', 'digest-b', 'digest-c:with-a-colon']
    await runner.enqueue(
      ids.map((id) => ({ name: 'digest', id, digestId: 'morning', until: '2027-01-15T06:00:00Z' })),
    )
    await until(async () => (await runner.depths()).digest.failed === 3)

    const listed: Listed = JSON.parse((await presslark(['queue', 'list', '--json'], folder, env)).stdout)
    expect(listed.transport).toBe('redis')
    expect(listed.counts).toContainEqual({ job: 'digest', waiting: 0, running: 0, failed: 3 })
    const failed = listed.items.filter(({ state }) => state === 'failed')
    expect(failed).toContainEqual(
      expect.objectContaining({ id: 'digest-a', job: 'digest', reason: 'no room for digest-a' }),
    )
    expect(failed).toContainEqual(expect.objectContaining({ id: 'deliver-1', reason: '550 no such mailbox' }))
    expect(failed).toHaveLength(4)

    expect(await presslark(['queue', 'retry', 'digest-a'], folder, env)).toMatchObject({ code: 0 })
    await until(() => tried.length === 4)
    expect(tried[3]).toBe('digest-a')
    await until(async () => (await runner.depths()).digest.failed === 2)
    expect(await presslark(['queue', 'drop', '--all'], folder, env)).toMatchObject({
      stdout: 'Dropped: 2\n',
      stderr: expect.stringContaining('"deliver-1"'), // was given up already
    })
    expect((await runner.depths()).digest).toEqual({ waiting: 0, running: 0, failed: 0 })
    expect(tried).toHaveLength(4)
    await runner.stop(100)
  }, 60_000)

  it('says within seconds that Redis is away, without its password', async () => {
    const folder = writeDesk({ sources })
    const env = { PRESSLARK_REDIS_URL: 'redis://:hidden@127.0.0.1:1/0' }
    const { code, stderr } = await presslark(['queue'], folder, env)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Redis is unreachable') })
    expect(stderr).not.toContain('hidden')
  }, 30_000)
})
