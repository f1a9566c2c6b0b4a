import { spawnSync } from 'node:child_process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Job } from '../../src/model/job.ts'
import { createEmbeddedRunner, type JobEvent } from '../../src/queue/index.ts'
import { describeRunner, noteIds } from './contract.ts'
import { deliverJob, digestJob, fetchJob, heavyJob, ingestJob, numbered } from './jobs.ts'

describeRunner('the embedded runner keeps the contract', async (options) => createEmbeddedRunner(options))

describe('the embedded runner', () => {
  test('runs every id once, in the order of its first appearance, whatever is enqueued', async () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(ids, async (given) => {
        const ran: string[] = []
        const runner = createEmbeddedRunner({ handlers: { ingest: noteIds(ran) } })
        await runner.enqueue(given.map(ingestJob))
        await runner.idle()
        expect(ran).toEqual([...new Set(given)])
      }),
      { numRuns: 100 },
    )
  })

  test('reports a job that no handler of the process can run', async () => {
    const events: JobEvent[] = []
    const runner = createEmbeddedRunner({ handlers: {}, onEvent: (event) => events.push(event) })
    await runner.enqueue([deliverJob('d')])
    await runner.idle()
    expect(events).toMatchObject([
      { outcome: 'failed', error: 'no handler for deliver jobs in this process' },
    ])
  })

  test('loads neither BullMQ nor ioredis (C27)', () => {
    const door = new URL('../../src/queue/index.ts', import.meta.url).href
    const script = `
      const { createEmbeddedRunner } = await import(${JSON.stringify(door)})
      createEmbeddedRunner({ handlers: {} })
      console.log(Object.keys(require('node:module')._cache).join())
    `
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=commonjs', '-e', `(async () => {${script}})()`],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(stdout).not.toMatch(/bullmq|ioredis/)
  })

  test('lets timers run between handlers that hold the thread', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const ingest = async () => {
      const end = performance.now() + 2
      while (performance.now() < end);
      return []
    }
    const runner = createEmbeddedRunner({ handlers: { ingest } })
    await runner.enqueue(numbered(40, ingestJob))
    await runner.idle()
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(10)
  })

  test.each([
    ['read feeds', 16, (id: string) => heavyJob(id, 100)],
    ['outcomes without a feed', 256, ingestJob],
  ])('fetches no further while %s wait for the writer: %i', async (_, most, outcomeOf) => {
    const gate = Promise.withResolvers<void>()
    let fetched = 0
    const runner = createEmbeddedRunner({
      handlers: {
        fetch: async ({ id }) => {
          fetched++
          return [outcomeOf(id)]
        },
        ingest: () => gate.promise.then(() => []),
      },
      concurrency: { fetch: 1 },
    })
    await runner.enqueue(numbered(400, fetchJob))
    while (fetched < most) await new Promise(setImmediate)
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(fetched).toBe(most) // one is being written, the others wait
    gate.resolve()
    await runner.idle()
    expect(fetched).toBe(400)
  })

  test('runs fewer fetches the more bytes wait for the writer', async () => {
    const gate = Promise.withResolvers<void>()
    let mostAtOnce = 0
    let atOnce = 0
    let fetched = 0
    const runner = createEmbeddedRunner({
      handlers: {
        fetch: async ({ id }) => {
          mostAtOnce = Math.max(mostAtOnce, ++atOnce)
          await new Promise(setImmediate)
          atOnce--
          fetched++
          return [heavyJob(id, 1_000_000)]
        },
        ingest: () => gate.promise.then(() => []),
      },
      concurrency: { fetch: 3 },
    })
    await runner.enqueue(numbered(40, fetchJob))
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(mostAtOnce).toBe(3)
    expect(fetched).toBeLessThanOrEqual(6) // four million bytes, and what ran meanwhile
    gate.resolve()
    await runner.idle()
    expect(fetched).toBe(40)
  })

  test('keeps no job that it has done', async () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const done: WeakRef<Job>[] = []
    const ingest = async (job: Job) => {
      done.push(new WeakRef(job))
      return []
    }
    const runner = createEmbeddedRunner({ handlers: { ingest } })
    await runner.enqueue(numbered(50, ingestJob))
    await runner.idle()
    await new Promise(setImmediate)
    collect()
    expect(done.filter((job) => job.deref() !== undefined)).toEqual([])
    expect(await runner.depths()).toMatchObject({ ingest: { waiting: 0, running: 0 } })
  })

  test('refuses jobs while the backlog of their name is full', async () => {
    const gate = Promise.withResolvers<void>()
    const runner = createEmbeddedRunner({ handlers: { digest: () => gate.promise.then(() => []) } })
    await runner.enqueue(numbered(1_001, digestJob)) // one runs, 1,000 wait
    await expect(runner.enqueue([digestJob('one more')])).rejects.toMatchObject({ code: 'backlog-full' })
    await runner.enqueue([fetchJob('other names go on')])
    gate.resolve()
    await runner.idle()
  })
})
