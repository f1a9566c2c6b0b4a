import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBullRunner, createEmbeddedRunner, type Handlers, type Runner } from '../../src/queue/index.ts'
import { fetchJob, numbered } from './jobs.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { until } from './until.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())

type Options = { readonly handlers: Handlers; readonly concurrency: { readonly fetch: number } }
const runners: readonly (readonly [string, (options: Options) => Promise<Runner>, number])[] = [
  ['embedded', async (options) => createEmbeddedRunner(options), 0],
  ['BullMQ', (options) => createBullRunner({ ...options, redisUrl: redis.url }), 1],
]

test.each(runners)('%s tells how many jobs wait, run and failed', async (_, create, failed) => {
  const doors: (() => void)[] = []
  const fetch = async () => {
    await new Promise<void>((open) => doors.push(open))
    if (doors.length === 1) throw new Error('the first one fails')
    return []
  }
  const runner = await create({ handlers: { fetch }, concurrency: { fetch: 1 } })
  await runner.enqueue(numbered(3, fetchJob))
  await until(() => doors.length === 1)
  expect((await runner.depths()).fetch).toEqual({ waiting: 2, running: 1, failed: 0 })
  doors[0]?.()
  await until(() => doors.length === 2)
  expect((await runner.depths()).fetch).toEqual({ waiting: 1, running: 1, failed })
  const rest = setInterval(() => doors.at(-1)?.(), 5)
  await runner.idle()
  clearInterval(rest)
  expect(await runner.depths()).toMatchObject({ fetch: { waiting: 0, running: 0, failed } })
  await runner.stop(100)
})
