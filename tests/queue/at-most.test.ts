import { expect, onTestFinished, test } from 'vitest'
import { atMost } from '../../src/queue/at-most.ts'
import { startRedis } from './redis.ts'

test('an answer that arrived while our own thread was held up is not late', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const answer = atMost(20, redis.client.ping())
  await new Promise(setImmediate) // the question leaves
  const heldUntil = performance.now() + 200
  while (performance.now() < heldUntil);
  expect(await answer).toBe('PONG')
})

test('an answer that never comes is late', async () => {
  expect(await atMost(20, new Promise(() => undefined))).toBe('late')
})
