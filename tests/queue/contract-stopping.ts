// The part of the runners' contract that is about stopping.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Job } from '../../src/model/job.ts'
import type { Handlers, JobEvent, Runner } from '../../src/queue/index.ts'
import { fetchJob, ingestJob, numbered } from './jobs.ts'
import { until } from './until.ts'

type Start = (options: {
  readonly handlers: Handlers
  readonly onEvent?: (event: JobEvent) => void
}) => Promise<Runner>

export function describeStopping(start: Start): void {
  test('stop lets what runs finish, takes nothing new, and refuses further jobs', async () => {
    const events: string[] = []
    const started: string[] = []
    const ingest = async ({ id }: Job) => {
      started.push(id)
      await pause(150)
      return []
    }
    const runner = await start({ handlers: { ingest }, onEvent: ({ id }) => events.push(id) })
    await runner.enqueue(numbered(5, ingestJob))
    await until(() => started.length === 1)
    await runner.stop()
    await pause(200)
    expect({ started, events }).toEqual({ started: ['n-0'], events: ['n-0'] })
    await expect(runner.enqueue([ingestJob('late')])).rejects.toMatchObject({ code: 'stopped' })
  })

  test('stop gives up waiting when its grace is over', async () => {
    const gate = Promise.withResolvers<void>()
    const running = Promise.withResolvers<void>()
    const fetch = async () => {
      running.resolve()
      await gate.promise
      return []
    }
    const runner = await start({ handlers: { fetch } })
    await runner.enqueue([fetchJob('endless')])
    await running.promise
    const order: string[] = []
    const withinGrace = pause(100).then(() => order.push('within its grace'))
    await runner.stop(200)
    order.push('stopped')
    gate.resolve()
    await withinGrace
    expect(order).toEqual(['within its grace', 'stopped'])
  })

  test('stop may be called twice', async () => {
    const runner = await start({ handlers: { fetch: async () => [] } })
    await Promise.all([runner.stop(), runner.stop()])
    await runner.stop()
  })
}
