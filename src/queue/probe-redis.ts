// Does a Redis answer, and is it set up as we need it? For `presslark doctor`.
import { atMost } from './at-most.ts'
import { QueueError } from './queue-error.ts'
import { createRedisLink } from './redis-link.ts'

const probeWithinMs = 4_000

/** Undefined when all is well, else one line that says what is wrong, without the address. Takes four seconds at most. */
export async function probeRedis(redisUrl: string): Promise<string | undefined> {
  try {
    const link = await createRedisLink(redisUrl, () => undefined)
    const checked = await atMost(probeWithinMs, link.checked).finally(link.close)
    return checked === 'late' ? link.absent().message : undefined
  } catch (error) {
    if (error instanceof QueueError) return error.message
    throw error
  }
}
