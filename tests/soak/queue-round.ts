// A hundred thousand jobs through one queue of a Redis, as a thousand feeds bring in a day: what is left of them there.
import { createBullRunner } from '../../src/queue/index.ts'
import { fetchJob, numbered } from '../queue/jobs.ts'
import { startRedis, type TestRedis } from '../queue/redis.ts'

export type QueueSample = {
  readonly jobs: number // that ended so far
  readonly failed: number // that Redis keeps for inspection
  readonly keys: number
  readonly usedKiB: number // memory that Redis counts as its own
}

const batch = 2_000
const failsEvery = 50

async function sampleOf({ client }: TestRedis, jobs: number, failed: number): Promise<QueueSample> {
  const told = await client.info('memory')
  const usedKiB = Math.round(Number(/^used_memory:(\d+)/m.exec(told)?.[1]) / 1024)
  return { jobs, failed, keys: await client.dbsize(), usedKiB }
}

/** Every fiftieth job fails. A sample after each tenth of them. */
export async function fillQueue(count: number): Promise<readonly QueueSample[]> {
  const redis = await startRedis()
  const samples: QueueSample[] = []
  let ended = 0
  const fetch = async ({ id }: { readonly id: string }) => {
    if (Number(id.split('-').at(-1)) % failsEvery === 0) throw new Error('every fiftieth')
    return []
  }
  const runner = await createBullRunner({
    redisUrl: redis.url,
    handlers: { fetch },
    concurrency: { fetch: 50 },
    onEvent: () => void ended++,
  })
  try {
    for (let next = 0; next < count; next += batch) {
      await runner.enqueue(numbered(batch, fetchJob, `b${next}`))
      await runner.idle()
      const isTenth = Math.floor((next + batch) / (count / 10)) > samples.length
      if (isTenth) samples.push(await sampleOf(redis, ended, (await runner.depths()).fetch.failed))
    }
    return samples
  } finally {
    await runner.stop()
    await redis.close()
  }
}
