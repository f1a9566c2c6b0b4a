// Jobs whose stored text is not even JSON. BullMQ throws on them before any handler, job after job and without an end.
import type { Redis } from 'ioredis'

/**
 * Replaces unreadable fields of the job hash at `key`, so that the next worker can read the job, find it wrong and put it
 * among the failed. The beginning of the old text stays for whoever looks into it.
 */
export async function mendUnreadable(redis: Redis, key: string): Promise<void> {
  const [data, options] = await redis.hmget(key, 'data', 'opts')
  if (data != null && !isJson(data))
    await redis.hset(key, 'data', JSON.stringify({ unreadable: data.slice(0, 1_000) }))
  if (options != null && !isJson(options)) await redis.hset(key, 'opts', '{"attempts":1}')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
