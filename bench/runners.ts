// Both runners side by side: what carrying a job costs, and whole desks of 1, 2 and 4 fetch processes over Redis beside the one process.
// JOBS=2000 FEEDS=200 ITEMS=50 node bench/runners.ts. CPU is that of our process and of redis-server together; rounds alternate.
import { randomUUID } from 'node:crypto'
import type { Job } from '../src/model/job.ts'
import { createBullRunner, createEmbeddedRunner, type Handlers, type Runner } from '../src/queue/index.ts'
import { fetchedJob, fetchJob, ingestJob, numbered } from '../tests/queue/jobs.ts'
import { startRedis, type TestRedis } from '../tests/queue/redis.ts'
import { timeStacks } from './stacks.ts'

const jobCount = Number(process.env['JOBS'] ?? 2_000)
const rounds = 3

type Cost = { readonly wallMs: number; readonly cpuMs: number }

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

/** Handlers that do nothing but hand an outcome on, as a fetch hands it to the writer. */
function handing(outcome: (id: string) => Job): Handlers {
  return { fetch: async ({ id }) => [outcome(id)], ingest: async () => [] }
}

async function compare(redis: TestRedis, title: string, outcome: (id: string) => Job): Promise<void> {
  const handlers = handing(outcome)
  const create = {
    embedded: async () => createEmbeddedRunner({ handlers }),
    bullmq: () => createBullRunner({ redisUrl: redis.url, prefix: randomUUID(), handlers }),
  }
  const costs: Record<keyof typeof create, Cost[]> = { embedded: [], bullmq: [] }
  for (let round = 0; round <= rounds; round++)
    for (const name of ['embedded', 'bullmq'] as const) {
      const cost = await costOf(redis, await create[name](), numbered(jobCount, fetchJob))
      if (round > 0) costs[name].push(cost) // the first round compiles
    }
  const perFetch = (name: keyof typeof create, kind: keyof Cost) =>
    median(costs[name].map((cost) => cost[kind])) / jobCount
  for (const name of ['embedded', 'bullmq'] as const) {
    const jobsPerSecond = Math.round(2_000 / perFetch(name, 'wallMs')) // a fetch and its ingest are two jobs
    process.stdout.write(
      `| ${title} | ${name} | ${jobsPerSecond} | ${perFetch(name, 'wallMs').toFixed(3)} | ${perFetch(name, 'cpuMs').toFixed(3)} |\n`,
    )
  }
  const overhead = perFetch('bullmq', 'cpuMs') - perFetch('embedded', 'cpuMs')
  process.stdout.write(`| ${title} | the queue's own share | | | **${overhead.toFixed(3)}** |\n`)
}

const redis = await startRedis({ settings: ['--appendfsync', 'everysec'] }) // as docker-compose.yml has it
try {
  process.stdout.write(
    `${jobCount} fetches that do nothing, each followed by the job that would store its outcome\n\n`,
  )
  process.stdout.write('| outcome | runner | jobs/s | ms/fetch | CPU ms/fetch |\n|---|---|---|---|---|\n')
  await compare(redis, 'not modified', (id) => ingestJob(`i-${id}`))
  await compare(redis, '20 kB of entries', (id) => fetchedJob(`i-${id}`, 20_000))
} finally {
  await redis.close()
}
await timeStacks()
