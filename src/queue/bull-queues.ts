// The producing side of BullMQ: one queue per job name, jobs added in bounded batches, ids in use left alone.
import type { Queue } from 'bullmq'
import type { ChainableCommander } from 'ioredis'
import type { Job, JobName } from '../model/job.ts'
import { packJob } from './payload.ts'
import { QueueError } from './queue-error.ts'
import { answer, type RedisLink, refuse } from './redis-link.ts'
import { createRedisMemory } from './redis-memory.ts'
import { backlogMax, type Depth, type Depths, jobNames } from './runner.ts'
import { transportId } from './transport-id.ts'

export type BullQueues = {
  readonly queues: Queues
  readonly add: (jobs: readonly Job[]) => Promise<void>
  readonly room: (name: JobName) => Promise<number>
  readonly depths: () => Promise<Depths>
  readonly close: () => Promise<void>
}

type Queues = Readonly<Record<JobName, Queue>>

const batchSize = 500

// Attempts and their pauses are kept in SQLite; a job that failed stays a week for whoever looks into it, but only the
// last 200 of each name, since an outcome may hold a whole feed.
const jobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { count: 200, age: 7 * 24 * 3_600 },
  stackTraceLimit: 1,
}

/** `link` must have been checked: a BullMQ queue that meets a dead Redis first never recovers. */
export async function createBullQueues(
  link: RedisLink,
  prefix: string,
  onError: (error: unknown) => void,
): Promise<BullQueues> {
  const { Queue } = await import('bullmq')
  const open = (name: JobName) => {
    const queue = new Queue(name, {
      connection: link.producer,
      prefix,
      skipWaitingForReady: true,
      defaultJobOptions: jobOptions,
      streams: { events: { maxLen: 1_000 } }, // nobody reads the events of BullMQ here
    })
    queue.on('error', onError)
    return queue
  }
  const queues: Queues = {
    fetch: open('fetch'),
    ingest: open('ingest'),
    digest: open('digest'),
    deliver: open('deliver'),
  }
  const adding = { link, mustHaveRoom: createRedisMemory(link) }
  return {
    queues,
    add: async (jobs) => {
      for (const name of jobNames)
        await addOfOneName(
          adding,
          queues[name],
          name,
          jobs.filter((job) => job.name === name),
        )
    },
    room: (name) => roomFor(link, queues[name], name),
    depths: () => readDepths(link, queues),
    close: async () => {
      await Promise.all(jobNames.map((name) => queues[name].close()))
    },
  }
}

type Adding = { readonly link: RedisLink; readonly mustHaveRoom: (bytes: number) => Promise<void> }

async function addOfOneName(
  adding: Adding,
  queue: Queue,
  name: JobName,
  jobs: readonly Job[],
): Promise<void> {
  for (let from = 0; from < jobs.length; from += batchSize) {
    const batch = jobs.slice(from, from + batchSize)
    const ids = batch.map(({ id }) => transportId(id))
    const { waiting, failed } = await lookAt(adding.link, queue, ids)
    if (from === 0 && waiting >= backlogMax[name])
      throw new QueueError('backlog-full', `too many ${name} jobs wait already`)
    await answer(Promise.all(failed.map((id) => queue.remove(id))))
    await addBatch(adding, queue, batch, ids)
  }
}

/**
 * How many jobs wait, and which of these failed before: BullMQ ignores an id for as long as it remembers the job, so a failed one must
 * be forgotten before it can run again. One question, because each costs as much as adding a job.
 */
async function lookAt(
  { producer }: RedisLink,
  queue: Queue,
  ids: readonly string[],
): Promise<{ readonly waiting: number; readonly failed: readonly string[] }> {
  const ask = producer
    .pipeline()
    .llen(queue.toKey('wait'))
    .zmscore(queue.toKey('failed'), ...ids)
  const [waiting, failedAt] = await answers(ask)
  const scores: readonly unknown[] = Array.isArray(failedAt) ? failedAt : []
  return { waiting: Number(waiting), failed: ids.filter((_, index) => scores[index] != null) }
}

async function roomFor(link: RedisLink, queue: Queue, name: JobName): Promise<number> {
  const waiting = await answer(link.producer.llen(queue.toKey('wait')))
  return Math.max(0, backlogMax[name] - waiting)
}

async function addBatch(
  { mustHaveRoom }: Adding,
  queue: Queue,
  jobs: readonly Job[],
  ids: readonly string[],
): Promise<void> {
  const payloads = await Promise.all(jobs.map(packJob))
  await mustHaveRoom(payloads.reduce((sum, payload) => sum + payload.bytes, 0))
  const entries = payloads.map(({ data }, index) => ({
    name: queue.name,
    data,
    opts: { jobId: ids[index] ?? '' },
  }))
  const [only] = entries
  const added =
    only !== undefined && entries.length === 1 // needs no transaction
      ? queue.add(only.name, only.data, only.opts)
      : queue.addBulk(entries)
  await answer<unknown>(added)
}

/** What Redis answers to several questions at once; throws when it refuses one of them. */
async function answers(ask: ChainableCommander): Promise<readonly unknown[]> {
  return ((await answer(ask.exec())) ?? []).map(([error, told]) => {
    if (error) refuse(error)
    return told
  })
}

// One transaction over all queues: a job that moves from one to the next while we count is counted in one of them.
async function readDepths(link: RedisLink, queues: Queues): Promise<Depths> {
  const ask = link.producer.multi()
  for (const name of jobNames) {
    const key = (type: string) => queues[name].toKey(type)
    ask.llen(key('wait')).llen(key('paused')).zcard(key('delayed')).zcard(key('prioritized'))
    ask.llen(key('active')).zcard(key('failed'))
  }
  const counts = (await answers(ask)).map(Number)
  const depth = (name: JobName): Depth => {
    const [wait = 0, paused = 0, delayed = 0, prioritized = 0, running = 0, failed = 0] = counts.slice(
      6 * jobNames.indexOf(name),
    )
    return { waiting: wait + paused + delayed + prioritized, running, failed }
  }
  return {
    fetch: depth('fetch'),
    ingest: depth('ingest'),
    digest: depth('digest'),
    deliver: depth('deliver'),
  }
}
