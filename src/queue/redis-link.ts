// The two connections to Redis that a process shares: one that fails at once for producers, one that waits for workers.
import type { Redis, RedisOptions } from 'ioredis'
import { atMost } from './at-most.ts'
import { errorLine } from './error-line.ts'
import { QueueError } from './queue-error.ts'

/** How long any one answer of Redis may take before the caller is told that it is unreachable, in milliseconds. */
const answerWithinMs = 4_000

export type RedisLink = {
  /** Rejects commands at once while the connection is down. */
  readonly producer: Redis
  /** Holds commands back until the connection is up again, as BullMQ wants it for workers. */
  readonly worker: Redis
  /** Resolves when Redis answered for the first time and is set up as we need it; rejects when it is set up otherwise. */
  readonly checked: Promise<void>
  /** Why Redis is not there, as far as it is known. */
  readonly absent: () => QueueError
  readonly close: () => void
}

const shared = {
  connectTimeout: 3_000,
  retryStrategy: (times) => Math.min(times * 200, 2_000),
} as const satisfies RedisOptions

/** Connects in the background; `redisUrl` is redis://, rediss://, and never appears in a message. */
export async function createRedisLink(
  redisUrl: string,
  onError: (error: unknown) => void,
): Promise<RedisLink> {
  mustBeRedisUrl(redisUrl)
  const { Redis } = await import('ioredis')
  const producer = new Redis(redisUrl, { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  const worker = new Redis(redisUrl, { ...shared, maxRetriesPerRequest: null })
  let lastError = ''
  producer.on('error', (error) => {
    lastError = `: ${errorLine(error)}`
    onError(error)
  })
  worker.on('error', onError)
  const copies = keepCopies(worker, onError)
  const checked = firstContact(producer)
  checked.catch(() => undefined) // everybody who needs the link awaits it again
  return {
    producer,
    worker,
    checked,
    absent: () => new QueueError('unreachable', `Redis is unreachable${lastError}`),
    close: () => {
      for (const client of [producer, worker, ...copies]) client.disconnect()
    },
  }
}

// BullMQ makes itself a blocking copy of the connection for each worker, stops listening to its errors when it closes,
// and waits for Redis to say goodbye. We keep the copies, so that a Redis that is away leaves no connection behind.
function keepCopies(redis: Redis, onError: (error: unknown) => void): readonly Redis[] {
  const copies: Redis[] = []
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = (options) => {
    const copy = duplicate(options)
    copy.on('error', onError)
    copies.push(copy)
    return copy
  }
  return copies
}

/** The answer of Redis, or a `QueueError` after four seconds at the latest. */
export async function answer<T>(promise: Promise<T>): Promise<T> {
  const reply = await atMost(answerWithinMs, promise).catch(refuse)
  if (reply === 'late')
    throw new QueueError('unreachable', `Redis did not answer within ${answerWithinMs / 1_000} s`)
  return reply
}

/** Throws what went wrong as a `QueueError`: Redis said no, or it did not answer. */
export function refuse(error: unknown): never {
  if (error instanceof QueueError) throw error
  const line = errorLine(error)
  if (/^(OOM|NOAUTH|NOPERM|WRONGPASS|READONLY|MISCONF)\b/.test(line))
    throw new QueueError('refused', `Redis refused: ${line}`)
  throw new QueueError('unreachable', `Redis is unreachable: ${line}`)
}

function mustBeRedisUrl(redisUrl: string): void {
  if (/^rediss?:$/.test(URL.parse(redisUrl)?.protocol ?? '')) return
  throw new QueueError('refused', 'the Redis address must look like redis://host:6379 or rediss://host:6379')
}

// A Redis that went away between "ready" and its answer is asked again when it is back.
async function firstContact(redis: Redis): Promise<void> {
  for (;;) {
    if (redis.status !== 'ready') await new Promise<void>((resolve) => redis.once('ready', () => resolve()))
    const memory = await redis.info('memory').catch(() => undefined)
    if (memory !== undefined) return mustNotEvict(memory)
  }
}

/** INFO and not CONFIG GET, which hosted services forbid. A server that names no policy is taken at its word. */
function mustNotEvict(memory: string): void {
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction'
  if (policy === 'noeviction') return
  throw new QueueError(
    'refused',
    `Redis would throw jobs away when its memory is full: set "maxmemory-policy noeviction" (it is ${policy})`,
  )
}
