// C34: a feed that kills whoever fetches it is left alone for longer and longer, with the reason; the others go on.
import { expect, test } from 'vitest'
import { afterDeaths, fetchJobs } from '../../src/jobs/index.ts'
import { deliverJob, digestJob } from '../queue/jobs.ts'
import { openDesk } from './desk.ts'

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
