// What both runners promise, as one suite: `describeRunner` is called once for each of them.
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Job } from '../../src/model/job.ts'
import type { Concurrency, Handlers, JobEvent, Runner } from '../../src/queue/index.ts'
import { describeStopping } from './contract-stopping.ts'
import { deliverJob, digestJob, fetchedJob, fetchJob, ingestJob, numbered } from './jobs.ts'
import { until } from './until.ts'

export type RunnerOptions = {
  readonly handlers: Handlers
  readonly concurrency?: Concurrency
  readonly onEvent?: (event: JobEvent) => void
}
type CreateRunner = (options: RunnerOptions) => Promise<Runner>

const nothing = async () => []

/** A handler that does nothing but note the ids it was given. */
export function noteIds(ran: string[]) {
  return async ({ id }: Job) => {
    ran.push(id)
    return []
  }
}

export function describeRunner(title: string, create: CreateRunner): void {
  const open: Runner[] = []
  async function start(options: RunnerOptions): Promise<Runner> {
    const runner = await create(options)
    open.push(runner)
    return runner
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((runner) => runner.stop(100)))
  })

  describe(title, () => {
    describeOrder(start)
    describeDuplicates(start)
    describeFollowUps(start)
    describeFailures(start)
    describeStopping(start)
  })
}

function describeOrder(start: CreateRunner): void {
  test('runs the jobs of one name first in, first out, each exactly as it was given', async () => {
    const ran: Job[] = []
    const ingest = async (job: Job) => {
      ran.push(job)
      return []
    }
    const runner = await start({ handlers: { ingest } })
    const jobs = numbered(30, ingestJob)
    await runner.enqueue(jobs)
    await runner.idle()
    expect(ran).toEqual(jobs)
  })

  test('begins the jobs of the writer in their order when it has several in hand, whatever their size', async () => {
    const begun: string[] = []
    const inHand = { now: 0, most: 0 }
    const ingest = async ({ id }: Job) => {
      begun.push(id)
      inHand.most = Math.max(inHand.most, ++inHand.now)
      for (let turn = begun.length % 4; turn > 0; turn--)
        await new Promise((resolve) => setImmediate(resolve))
      inHand.now--
      return []
    }
    const runner = await start({ handlers: { ingest }, concurrency: { ingest: 8 } })
    const jobs = Array.from({ length: 120 }, (_, n) =>
      n % 7 === 0 ? fetchedJob(`n-${n}`, n % 3 === 0 ? 400_000 : 70_000) : ingestJob(`n-${n}`),
    )
    for (let from = 0; from < jobs.length; from += 10) await runner.enqueue(jobs.slice(from, from + 10))
    await runner.idle()
    expect(begun).toEqual(jobs.map(({ id }) => id))
    expect(inHand.most).toBeGreaterThan(1)
    expect(inHand.most).toBeLessThanOrEqual(8)
  })

  test('runs as many jobs of one name at a time as it may, and no more', async () => {
    const count = { now: 0, most: 0 }
    const fetch = async () => {
      count.most = Math.max(count.most, ++count.now)
      await pause(20)
      count.now--
      return []
    }
    const runner = await start({ handlers: { fetch }, concurrency: { fetch: 4 } })
    await runner.enqueue(numbered(20, fetchJob))
    await runner.idle()
    expect(count).toEqual({ now: 0, most: 4 })
  })

  test('says how many more jobs of a name may wait', async () => {
    const gate = Promise.withResolvers<void>()
    let started = false
    const digest = async () => {
      started = true
      await gate.promise
      return []
    }
    const runner = await start({ handlers: { digest } })
    expect(await runner.room('digest')).toBe(1_000)
    await runner.enqueue(numbered(41, digestJob))
    await until(() => started)
    expect(await runner.room('digest')).toBe(960) // one runs
    expect(await runner.room('fetch')).toBe(4_000)
    gate.resolve()
    await runner.idle()
    expect(await runner.room('digest')).toBe(1_000)
  })

  test('is idle at once when there is nothing to do', async () => {
    const runner = await start({ handlers: { fetch: nothing } })
    await runner.idle()
    await runner.enqueue([])
    await runner.idle()
  })

  test('ends each job with one event', async () => {
    const events: JobEvent[] = []
    const fetch = async () => [ingestJob('i'), deliverJob('d')]
    const runner = await start({
      handlers: { fetch, ingest: nothing, deliver: nothing },
      onEvent: (event) => events.push(event),
    })
    await runner.enqueue([fetchJob('f')])
    await runner.idle()
    expect(events.map(({ durationMs: _, ...rest }) => rest).sort(byId)).toEqual([
      { job: 'deliver', id: 'd', outcome: 'done', followUps: 0 },
      { job: 'fetch', id: 'f', outcome: 'done', followUps: 2 },
      { job: 'ingest', id: 'i', outcome: 'done', followUps: 0 },
    ])
    expect(events.every(({ durationMs }) => Number.isInteger(durationMs) && durationMs >= 0)).toBe(true)
  })
}

function describeDuplicates(start: CreateRunner): void {
  test('drops a job whose id is waiting or running (C26, C36)', async () => {
    const gate = Promise.withResolvers<void>()
    const ran: string[] = []
    const ingest = async ({ id }: Job) => {
      ran.push(id)
      await gate.promise
      return []
    }
    const runner = await start({ handlers: { ingest } })
    await runner.enqueue([ingestJob('a'), ingestJob('b'), ingestJob('b')])
    await until(() => ran.length === 1)
    await runner.enqueue([ingestJob('a'), ingestJob('b')])
    gate.resolve()
    await runner.idle()
    expect(ran).toEqual(['a', 'b'])
  })

  test('takes an id again once its job has ended, well or badly', async () => {
    const ran: string[] = []
    const ingest = async ({ id }: Job) => {
      ran.push(id)
      if (id === 'bad') throw new Error('no')
      return []
    }
    const runner = await start({ handlers: { ingest } })
    for (const round of [1, 2]) {
      await runner.enqueue([ingestJob('good'), ingestJob('bad')])
      await runner.idle()
      expect(ran).toHaveLength(2 * round)
    }
  })

  test('keeps jobs of different names with the same id apart', async () => {
    const ran: string[] = []
    const note = async ({ name }: Job) => {
      ran.push(name)
      return []
    }
    const runner = await start({ handlers: { fetch: note, deliver: note } })
    await runner.enqueue([fetchJob('same'), deliverJob('same')])
    await runner.idle()
    expect(ran.sort()).toEqual(['deliver', 'fetch'])
  })
}

function describeFollowUps(start: CreateRunner): void {
  test('runs what a handler returns, and is idle only after the last of it', async () => {
    const ran: string[] = []
    const then = (next: readonly Job[]) => async (job: Job) => {
      await pause(15)
      ran.push(job.name)
      return next
    }
    const runner = await start({
      handlers: {
        fetch: then([ingestJob('i')]),
        ingest: then([digestJob('g')]),
        digest: then([deliverJob('d')]),
        deliver: then([]),
      },
    })
    await runner.enqueue([fetchJob('f')])
    await runner.idle()
    expect(ran).toEqual(['fetch', 'ingest', 'digest', 'deliver'])
  })

  test('runs 10,000 jobs that one handler returns, each once', async () => {
    const ran = new Map<string, number>()
    const runner = await start({
      handlers: {
        fetch: async () => numbered(10_000, deliverJob),
        deliver: async ({ id }) => {
          ran.set(id, (ran.get(id) ?? 0) + 1)
          return []
        },
      },
      concurrency: { deliver: 50 },
    })
    await runner.enqueue([fetchJob('many')])
    await runner.idle()
    expect(ran.size).toBe(10_000)
    expect(Math.max(...ran.values())).toBe(1)
  })
}

function describeFailures(start: CreateRunner): void {
  test('reports a handler that throws, and goes on with the others', async () => {
    const events: JobEvent[] = []
    const fetch = async ({ id }: Job) => {
      if (id === 'n-1') throw new Error('the disk\nis full')
      return []
    }
    const runner = await start({ handlers: { fetch }, onEvent: (event) => events.push(event) })
    await runner.enqueue(numbered(3, fetchJob))
    await runner.idle()
    expect(events.filter(({ outcome }) => outcome === 'failed').map(({ id, error }) => [id, error])).toEqual([
      ['n-1', 'the disk is full'],
    ])
    expect(events).toHaveLength(3)
  })

  test('survives handlers that throw before their first await, or throw what is no error', async () => {
    const events: JobEvent[] = []
    const runner = await start({
      handlers: {
        fetch: () => {
          throw new Error('at once')
        },
        ingest: async () => {
          throw 'a string'
        },
      },
      onEvent: (event) => events.push(event),
    })
    await runner.enqueue([fetchJob('f'), ingestJob('i')])
    await runner.idle()
    expect(events.map(({ error }) => error).sort()).toEqual(['a string', 'at once'])
  })

  test('survives an observer that throws', async () => {
    const warning = new Promise<Error>((resolve) => process.once('warning', resolve))
    const ran: string[] = []
    const runner = await start({
      handlers: { fetch: noteIds(ran) },
      onEvent: () => {
        throw new Error('observer')
      },
    })
    await runner.enqueue([fetchJob('a')])
    await runner.idle()
    await runner.enqueue([fetchJob('b')])
    await runner.idle()
    expect(ran).toEqual(['a', 'b'])
    expect((await warning).message).toContain('observer')
  })
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
