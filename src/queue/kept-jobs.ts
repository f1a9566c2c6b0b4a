// Jobs as Redis keeps them, for a person who looks into a queue: what runs, what failed and why, once more or never again.
import type { Queue } from 'bullmq'
import type { JobName } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import { atMost } from './at-most.ts'
import { createBullQueues } from './bull-queues.ts'
import { errorLine } from './error-line.ts'
import { answer, createRedisLink, type RedisLink } from './redis-link.ts'
import { type Depths, jobNames } from './runner.ts'

/** `id` is that of the transport: the job's own where BullMQ takes it. `at` is when it began to run, or failed. */
export type KeptJob = {
  readonly job: JobName
  readonly id: string
  readonly state: 'running' | 'failed'
  readonly at?: Instant
  readonly reason?: string
}

export type KeptJobs = {
  readonly depths: () => Promise<Depths>
  /** Up to fifty of each job name and state, the newest first. No payload: it may hold a whole feed. */
  readonly list: () => Promise<readonly KeptJob[]>
  /** Puts a failed job back in line; false when no job with this id failed. */
  readonly retry: (id: string) => Promise<boolean>
  /** Forgets a failed job; false when no job with this id failed. */
  readonly drop: (id: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

const listedMax = 50
const firstContactWithinMs = 4_000

/** Rejects with a QueueError when Redis does not answer within four seconds. */
export async function openKeptJobs(redisUrl: string, prefix = 'presslark'): Promise<KeptJobs> {
  const link = await createRedisLink(redisUrl, () => undefined)
  const met = await atMost(firstContactWithinMs, link.checked).catch((error: unknown) => {
    link.close()
    throw error
  })
  if (met === 'late') {
    link.close()
    throw link.absent()
  }
  const { depths, queues, close } = await createBullQueues(link, prefix, () => undefined) // each command tells its own
  const named = jobNames.map((name) => ({ name, queue: queues[name] }))
  const failedIn = (id: string): Promise<readonly Queue[]> => queuesWhereFailed(link, named, id)
  return {
    depths,
    list: async () => (await Promise.all(named.map((one) => listOne(link, one)))).flat(),
    retry: async (id) => {
      const found = await failedIn(id)
      for (const queue of found) await answer(putBack(queue, id))
      return found.length > 0
    },
    drop: async (id) => {
      const found = await failedIn(id)
      for (const queue of found) await answer(queue.remove(id))
      return found.length > 0
    },
    close: async () => {
      await close()
      link.close()
    },
  }
}

type NamedQueue = { readonly name: JobName; readonly queue: Queue }

async function queuesWhereFailed(
  { producer }: RedisLink,
  queues: readonly NamedQueue[],
  id: string,
): Promise<readonly Queue[]> {
  const scores = await answer(
    Promise.all(queues.map(({ queue }) => producer.zscore(queue.toKey('failed'), id))),
  )
  return queues.filter((_, index) => scores[index] != null).map(({ queue }) => queue)
}

async function putBack(queue: Queue, id: string): Promise<void> {
  const job = await queue.getJob(id)
  await job?.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
}

async function listOne({ producer }: RedisLink, { name, queue }: NamedQueue): Promise<readonly KeptJob[]> {
  const [running, failed] = await answer(
    Promise.all([
      producer.lrange(queue.toKey('active'), 0, listedMax - 1),
      producer.zrevrange(queue.toKey('failed'), 0, listedMax - 1),
    ]),
  )
  const read = async (id: string, state: KeptJob['state'], timeField: string): Promise<KeptJob> => {
    const [at, reason] = await answer(producer.hmget(queue.toKey(id), timeField, 'failedReason'))
    return {
      job: name,
      id,
      state,
      ...(at == null ? {} : { at: Number(at) }),
      ...(reason == null || state === 'running' ? {} : { reason: errorLine(reason) }),
    }
  }
  return Promise.all([
    ...running.map((id) => read(id, 'running', 'processedOn')),
    ...failed.map((id) => read(id, 'failed', 'finishedOn')),
  ])
}
