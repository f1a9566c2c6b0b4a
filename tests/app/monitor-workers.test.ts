// Workers as processes of their own: each has its pages on its own port, and says so when Redis goes away.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { freePort, startRedis, type TestRedis } from '../queue/redis.ts'
import { until } from '../queue/until.ts'
import { ended, start } from './command-line.ts'
import { writeDesk } from './local-desk.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())

const pauseMs = 100 // two programs are starting: leave them the processor

/** Starts `presslark worker NAME`; `ask` answers 0 while nobody listens. */
async function startWorker(name: string, folder: string) {
  const port = await freePort()
  const env = { PRESSLARK_REDIS_URL: redis.url, PRESSLARK_METRICS: String(port) }
  const worker = start(['worker', name], folder, env)
  const end = ended(worker)
  onTestFinished(() => void worker.kill('SIGKILL'))
  const ask = async (path: string): Promise<{ readonly status: number; readonly text: string }> => {
    await pause(pauseMs)
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    return { status: answer?.status ?? 0, text: (await answer?.text()) ?? '' }
  }
  return { worker, end, ask }
}

it('tell what they do, and that they are not ready while Redis is away', async () => {
  const folder = writeDesk({
    sources: 'sources:\n  - {id: good, name: Good, feeds: [{url: "https://good.invalid/feed"}]}\n',
  })
  const [scheduler, fetcher] = await Promise.all(
    ['scheduler', 'fetch'].map((name) => startWorker(name, folder)),
  )
  if (scheduler === undefined || fetcher === undefined) throw new Error('two were started')
  const bothSay = (status: number) => async (): Promise<boolean> => {
    const pages = await Promise.all([scheduler.ask('/readyz'), fetcher.ask('/readyz')])
    return pages.every((page) => page.status === status)
  }
  await until(bothSay(200))
  expect((await scheduler.ask('/metrics')).text).toMatch(/^presslark_feeds\{state="never-fetched"\} 1$/m)
  expect((await fetcher.ask('/metrics')).text).toMatch(/^presslark_info\{worker="fetch",version="\S+"\} 1$/m)
  expect((await fetcher.ask('/metrics')).text).not.toContain('presslark_feeds{')

  await redis.kill()
  await until(bothSay(503))
  expect((await fetcher.ask('/readyz')).text).toBe('{"ready":false,"parts":{"queue":"failed"}}\n')
  expect((await fetcher.ask('/healthz')).status).toBe(200)

  for (const { worker } of [scheduler, fetcher]) worker.kill('SIGTERM')
  expect((await Promise.all([scheduler.end, fetcher.end])).map(({ code }) => code)).toEqual([0, 0])
}, 90_000)
