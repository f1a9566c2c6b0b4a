import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { createBullRunner } from '../../src/queue/index.ts'
import { describeRunner } from './contract.ts'
import { anyRedis } from './redis.ts'

let redis: Awaited<ReturnType<typeof anyRedis>>
beforeAll(async () => {
  redis = await anyRedis()
})
afterAll(() => redis.close())

// A prefix of its own for each runner keeps the tests apart, on a Redis that others use as well.
describeRunner('the BullMQ runner keeps the contract', (options) =>
  createBullRunner({ ...options, redisUrl: redis.url, prefix: `test-${randomUUID()}` }),
)
