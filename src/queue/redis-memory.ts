// Is there room in Redis for more jobs? Taking a job needs memory too: once Redis is full, workers can take none, and the queue never drains.
import { QueueError } from './queue-error.ts'
import { answer, type RedisLink } from './redis-link.ts'

const fullFrom = 0.8
/** An answer holds for so many bytes that are added since, and for so long: asking costs as much as adding a small job. */
const bytesPerAnswer = 256 * 1024
const answerHoldsMs = 1_000

/** Returns the function to call with the bytes that are about to be added; it rejects with `backlog-full` when Redis has no room. */
export function createRedisMemory({ producer }: RedisLink): (bytes: number) => Promise<void> {
  let last = { atMs: Number.NEGATIVE_INFINITY, bytesSince: 0 }
  return async (bytes) => {
    last.bytesSince += bytes
    if (last.bytesSince < bytesPerAnswer && performance.now() - last.atMs < answerHoldsMs) return
    const memory = await answer(producer.info('memory'))
    const told = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(memory)?.[1] ?? 0)
    if (told('maxmemory') > 0 && told('used_memory') > fullFrom * told('maxmemory')) {
      last = { atMs: Number.NEGATIVE_INFINITY, bytesSince: 0 }
      throw new QueueError('backlog-full', 'more than 80 % of the memory of Redis is in use')
    }
    last = { atMs: performance.now(), bytesSince: 0 }
  }
}
