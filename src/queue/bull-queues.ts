// The producing side of BullMQ: one queue per job name, jobs added in bounded batches, ids in use left alone.
import type { Queue } from 'bullmq'
import type { Job, JobName } from '../model/job.ts'
import { packJob } from './payload.ts'
import { QueueError } from './queue-error.ts'
import { answer, type RedisLink } from './redis-link.ts'
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
  return {
    queues,
    add: async (jobs) => {
      for (const name of jobNames)
        await addOfOneName(
          link,
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

async function addOfOneName(
  link: RedisLink,
  queue: Queue,
  name: JobName,
  jobs: readonly Job[],
): Promise<void> {
  if (jobs.length === 0) return
  if ((await roomFor(link, queue, name)) === 0)
    throw new QueueError('backlog-full', `too many ${name} jobs wait already`)
  for (let from = 0; from < jobs.length; from += batchSize) {
    await mustHaveRoom(link)
    await addBatch(link, queue, jobs.slice(from, from + batchSize))
  }
}

async function roomFor(link: RedisLink, queue: Queue, name: JobName): Promise<number> {
  const waiting = await answer(link.producer.llen(queue.toKey('wait')))
  return Math.max(0, backlogMax[name] - waiting)
}

// Taking a job needs memory too: once Redis is full, workers can take none, and the queue never drains. So we stop before.
async function mustHaveRoom({ producer }: RedisLink): Promise<void> {
  const memory = await answer(producer.info('memory'))
  const bytes = (field: string) => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(memory)?.[1] ?? 0)
  if (bytes('maxmemory') > 0 && bytes('used_memory') > 0.8 * bytes('maxmemory'))
    throw new QueueError('backlog-full', 'more than 80 % of the memory of Redis is in use')
}

async function addBatch(link: RedisLink, queue: Queue, jobs: readonly Job[]): Promise<void> {
  const ids = jobs.map(({ id }) => transportId(id))
  await forgetFailures(link, queue, ids)
  const payloads = await Promise.all(jobs.map(packJob))
  const entries = payloads.map((data, index) => ({
    name: queue.name,
    data,
    opts: { jobId: ids[index] ?? '' },
  }))
  await answer(queue.addBulk(entries))
}

// BullMQ ignores an id for as long as it remembers the job, so a failed job must be forgotten before it can run again.
async function forgetFailures(link: RedisLink, queue: Queue, ids: readonly string[]): Promise<void> {
  const failedAt = await answer(link.producer.zmscore(queue.toKey('failed'), ...ids))
  const failed = ids.filter((_, index) => failedAt[index] != null)
  await answer(Promise.all(failed.map((id) => queue.remove(id))))
}

// One transaction over all queues: a job that moves from one to the next while we count is counted in one of them.
async function readDepths(link: RedisLink, queues: Queues): Promise<Depths> {
  const ask = link.producer.multi()
  for (const name of jobNames) {
    const key = (type: string) => queues[name].toKey(type)
    ask.llen(key('wait')).llen(key('paused')).zcard(key('delayed')).zcard(key('prioritized'))
    ask.llen(key('active')).zcard(key('failed'))
  }
  const counts = ((await answer(ask.exec())) ?? []).map(([error, count]) => {
    if (error) throw new QueueError('refused', `Redis refused: ${error.message}`)
    return Number(count)
  })
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
