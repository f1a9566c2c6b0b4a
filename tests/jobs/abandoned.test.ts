// C34: a feed that kills whoever fetches it is left alone for longer and longer, with the reason; the others go on.
import { describe, expect, test } from 'vitest'
import { afterDeaths, afterLastDeath, fetchJobs } from '../../src/jobs/index.ts'
import type { Job } from '../../src/model/job.ts'
import { deliverJob, digestJob } from '../queue/jobs.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const hourMs = 3_600_000
const start = Date.UTC(2027, 0, 4)

test('a fetch that killed all its fetchers counts as a failure of its feed, whose waits double (C34)', async () => {
  const { store, run } = openDesk()
  const waits: number[] = []
  for (let now = start, deaths = 0; deaths < 5; deaths++) {
    const jobs = fetchJobs(store, now)
    expect(jobs.length).toBe(deaths === 0 ? 3 : 1) // the two others stay claimed
    const [job] = jobs
    for (const next of job === undefined ? [] : afterDeaths(job, now))
      if (next.name === 'ingest') await run(next)
    const feed = store.feeds.find(1)
    expect(feed).toMatchObject({ failures: deaths + 1, lastDetail: expect.stringContaining('died') })
    const dueAt = feed?.nextFetchAt ?? 0
    waits.push(dueAt - now)
    for (const other of [2, 3]) store.feeds.postpone(other, dueAt + 1)
    now = dueAt
  }
  expect(waits[0]).toBeGreaterThanOrEqual(hourMs / 2)
  expect(store.feeds.find(1)?.validators).toEqual({})
})

test('nothing follows other jobs that were given up', () => {
  expect([deliverJob('d'), digestJob('g')].flatMap((job) => afterDeaths(job, start))).toEqual([])
})

test('storing that killed its writers counts as a failure of the feed too; a failure that killed them is left', async () => {
  const { store, run } = openDesk()
  fetchJobs(store, start)
  const job = { name: 'ingest', id: 'i', feedId: 1, outcome: fetched(start, [item('g', 'Harvest')]) } as const
  const [failure] = afterDeaths(job, start)
  if (failure?.name !== 'ingest') throw new Error('a failure is stored')
  await run(failure)
  expect(store.feeds.find(1)).toMatchObject({ failures: 1, lastDetail: expect.stringContaining('died') })
  expect(afterDeaths(failure, start)).toEqual([])
})

describe('without a queue server, a feed', () => {
  /** A process that claims every feed and dies with the first one in hand, and the start of the next. */
  function die({ store }: TestDesk, now: number): readonly Job[] {
    store.feeds.makeDue([1])
    fetchJobs(store, now)
    store.feeds.takeInHand(2)
    store.feeds.takeInHand(1)
    return afterLastDeath(store, now).jobs
  }

  test('that was in hand at two deaths in a row has failed, and is due later (C34)', async () => {
    const desk = openDesk()
    expect(die(desk, start)).toEqual([])
    const [failure] = die(desk, start + hourMs)
    expect(failure).toMatchObject({ feedId: 1, outcome: { kind: 'failed', reason: 'crashed' } })
    expect(fetchJobs(desk.store, start + hourMs).map(({ id }) => id)).not.toContain('fetch-1')
    if (failure?.name === 'ingest') await desk.run(failure)
    expect(desk.store.feeds.find(1)).toMatchObject({ failures: 1 })
  })

  test('that brought something between two deaths has not', async () => {
    const desk = openDesk()
    die(desk, start)
    await desk.ingest(1, fetched(start + 1, []))
    expect(die(desk, start + hourMs)).toEqual([])
    expect(die(desk, start + 2 * hourMs)).toHaveLength(1)
  })

  test('whose fetch was written down before the death is none of its causes, nor is one that was let go', async () => {
    const desk = openDesk()
    for (const now of [start, start + hourMs]) {
      fetchJobs(desk.store, now)
      desk.store.feeds.takeInHand(1)
      await desk.ingest(1, fetched(now, []))
      expect(afterLastDeath(desk.store, now)).toEqual({ jobs: [], isWary: false, hasDied: true })
    }
    for (const now of [start + 5 * hourMs, start + 6 * hourMs]) {
      desk.store.feeds.makeDue([1])
      fetchJobs(desk.store, now)
      desk.store.feeds.takeInHand(1)
      desk.store.feeds.letGo()
      expect(afterLastDeath(desk.store, now)).toEqual({ jobs: [], isWary: false, hasDied: false })
    }
  })

  test('that was in hand at a first death makes the next process wary, so that a second names the right one', () => {
    const { store } = openDesk()
    fetchJobs(store, start)
    store.feeds.takeInHand(1)
    expect(afterLastDeath(store, start)).toEqual({ jobs: [], isWary: true, hasDied: true })
    expect(afterLastDeath(store, start + 1)).toEqual({ jobs: [], isWary: false, hasDied: false })
  })
})
