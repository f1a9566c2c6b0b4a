// Does a Redis answer, and is it set up as we need it? For `presslark doctor`.
import { QueueError } from './queue-error.ts'
import { answer, createRedisLink } from './redis-link.ts'

/** Undefined when all is well, else one line without the address. */
export async function probeRedis(redisUrl: string): Promise<string | undefined> {
  try {
    const link = await createRedisLink(redisUrl, () => undefined)
    try {
      await answer(link.checked)
      return undefined
    } finally {
      link.close()
    }
  } catch (error) {
    if (error instanceof QueueError) return error.message
    throw error
  }
}
