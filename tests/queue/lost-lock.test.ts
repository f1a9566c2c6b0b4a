// C31: a worker that loses its lock goes on, and another does the same job at the same time. The archive must not show it.
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { JobOf } from '../../src/model/job.ts'
import { createBullRunner, type Handlers } from '../../src/queue/index.ts'
import { fetched, item, openDesk } from '../jobs/desk.ts'
import { startRedis } from './redis.ts'
import { until } from './until.ts'

const reports = Array.from({ length: 30 }, (_, n) =>
  item(`r${n}`, `Harvest report ${n} from valley ${n * 17}`, { summary: `wheat ${n * 31} tonnes` }),
)

test('a job whose worker lost its lock runs twice at the same time and is stored once (C31)', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const prefix = randomUUID()
  const once = openDesk()
  await once.ingest(1, fetched(1000, reports))
  const [desk, gate] = [openDesk(), Promise.withResolvers<void>()]
  const other = openDesk(desk.path)
  const begun: string[] = []
  const ended: string[] = []
  const start = async (name: string, run: typeof desk.run) => {
    const ingest = async (job: JobOf<'ingest'>) => {
      begun.push(name)
      await gate.promise
      await run(job)
      ended.push(name)
      return []
    }
    const handlers: Handlers = { ingest }
    const runner = await createBullRunner({
      redisUrl: redis.url,
      prefix,
      handlers,
      lockMs: 60_000,
      stalledCheckMs: 200,
    })
    onTestFinished(() => runner.stop(100))
    return runner
  }
  const first = await start('first', desk.run)
  await first.enqueue([{ name: 'ingest', id: 'twice', feedId: 1, outcome: fetched(1000, reports) }])
  await until(() => begun.length === 1)
  await start('second', other.run)
  await redis.client.del(`${prefix}:ingest:twice:lock`) // as when its holder was blocked for longer than the lock lasts
  await until(() => begun.length === 2)
  gate.resolve()
  await until(() => ended.length === 2)
  await first.idle()
  expect(begun).toEqual(['first', 'second'])
  expect(desk.store.stats(0)).toEqual(once.store.stats(0))
  expect(desk.store.feeds.find(1)?.validators).toEqual(once.store.feeds.find(1)?.validators)
})
