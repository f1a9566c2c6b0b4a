// What carrying a job costs: handlers that do nothing, on the embedded runner and over Redis, in turns. CPU is that of our process and of
// redis-server together.
import { randomUUID } from 'node:crypto'
import type { Job } from '../src/model/job.ts'
import { createBullRunner, createEmbeddedRunner, type Handlers, type Runner } from '../src/queue/index.ts'
import { fetchedJob, fetchJob, ingestJob, numbered } from '../tests/queue/jobs.ts'
import { startRedis, type TestRedis } from '../tests/queue/redis.ts'

type Cost = { readonly wallMs: number; readonly cpuMs: number }
type Work = {
  readonly title: string
  readonly jobs: (count: number) => readonly Job[]
  readonly handlers: Handlers
  readonly jobsEach: number
}

const rounds = 5
const nothing = async () => []
/** As start.ts has it. */
const concurrency = { fetch: 20, ingest: 8 }

const works: readonly Work[] = [
  {
    title: 'a fetch job',
    jobs: (count) => numbered(count, fetchJob),
    handlers: { fetch: nothing },
    jobsEach: 1,
  },
  {
    title: 'an outcome, not modified',
    jobs: (count) => numbered(count, ingestJob),
    handlers: { ingest: nothing },
    jobsEach: 1,
  },
  {
    title: 'a fetch job and its outcome, not modified',
    jobs: (count) => numbered(count, fetchJob),
    handlers: { fetch: async ({ id }) => [ingestJob(`i-${id}`)], ingest: nothing },
    jobsEach: 2,
  },
  {
    title: 'a fetch job and its outcome of 20 kB',
    jobs: (count) => numbered(count, fetchJob),
    handlers: { fetch: async ({ id }) => [fetchedJob(`i-${id}`, 20_000)], ingest: nothing },
    jobsEach: 2,
  },
]

/** User and system time that redis-server has used, in milliseconds. */
async function redisCpuMs({ client }: TestRedis): Promise<number> {
  const info = await client.info('cpu')
  const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0)
  return (seconds('used_cpu_user') + seconds('used_cpu_sys')) * 1_000
}

async function costOf(redis: TestRedis, runner: Runner, jobs: readonly Job[]): Promise<Cost> {
  const redisBefore = await redisCpuMs(redis)
  const before = process.cpuUsage()
  const startedAt = performance.now()
  await runner.enqueue(jobs)
  await runner.idle()
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(before)
  await runner.stop()
  const redisMs = (await redisCpuMs(redis)) - redisBefore
  return { wallMs, cpuMs: (user + system) / 1_000 + redisMs }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function compare(
  redis: TestRedis,
  { title, jobs, handlers, jobsEach }: Work,
  count: number,
): Promise<void> {
  const create = {
    embedded: async () => createEmbeddedRunner({ handlers, concurrency }),
    bullmq: () => createBullRunner({ redisUrl: redis.url, prefix: randomUUID(), handlers, concurrency }),
  }
  const costs: Record<keyof typeof create, Cost[]> = { embedded: [], bullmq: [] }
  for (let round = 0; round <= rounds; round++)
    for (const name of ['embedded', 'bullmq'] as const) {
      const cost = await costOf(redis, await create[name](), jobs(count))
      if (round > 0) costs[name].push(cost) // the first round compiles
    }
  const each = (name: keyof typeof create, kind: keyof Cost) =>
    median(costs[name].map((cost) => cost[kind])) / count
  const rate = (name: keyof typeof create) => Math.round((1_000 * jobsEach) / each(name, 'wallMs'))
  const cells = [
    title,
    rate('embedded'),
    rate('bullmq'),
    each('embedded', 'wallMs').toFixed(3),
    each('bullmq', 'wallMs').toFixed(3),
    each('embedded', 'cpuMs').toFixed(3),
    each('bullmq', 'cpuMs').toFixed(3),
    `**${(each('bullmq', 'cpuMs') - each('embedded', 'cpuMs')).toFixed(3)}**`,
  ]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

/** Prints one row for each kind of work. */
export async function timeQueues(count: number): Promise<void> {
  const redis = await startRedis({ settings: ['--appendfsync', 'everysec'] }) // as docker-compose.yml has it
  try {
    process.stdout.write(`${count} times each; the handlers do nothing\n\n`)
    process.stdout.write(
      '| what | jobs/s embedded | over Redis | ms embedded | over Redis | CPU ms embedded | over Redis | CPU of the queue |\n',
    )
    process.stdout.write('|---|---|---|---|---|---|---|---|\n')
    for (const work of works) await compare(redis, work, count)
  } finally {
    await redis.close()
  }
}
