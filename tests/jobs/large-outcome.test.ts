// A09 over a queue: a fetch of many megabytes travels in bounded parts, and its validators count only when all of them are stored.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFetchHandler } from '../../src/jobs/index.ts'
import { splitOutcome } from '../../src/jobs/split-outcome.ts'
import type { Item } from '../../src/model/item.ts'
import type { Job, JobOf } from '../../src/model/job.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import { packJob } from '../../src/queue/payload.ts'
import { fetched, item, openDesk } from './desk.ts'

const words = ['ferry', 'museum', 'harvest', 'bridge', 'school', 'tunnel', 'market', 'orchard', 'library']

/** So many reports of so many bytes each, newest first. */
function reports(count: number, bytes: number): readonly Item[] {
  return Array.from({ length: count }, (_, index) => {
    const text = words.map((word, place) => `${word}${(index * (place + 7)) % 991}`).join(' ')
    return item(`r${index}`, `${words[index % 9]} ${index} ${text.slice(0, 40)}`, {
      summary: text,
      text: `${text} ${`${'x'.repeat(999)} `.repeat(bytes / 1_000)}`, // few words, so that it is quick
    })
  })
}

const outcomeOf = (items: readonly Item[]): Fetched => ({ ...fetched(1000, items), bytes: 16 * 1024 * 1024 })

async function jobsOf(outcome: Fetched): Promise<readonly JobOf<'ingest'>[]> {
  const handler = createFetchHandler({
    fetcher: { fetchFeed: async () => outcome },
    now: () => 1000,
    expand: (text) => text,
  })
  const feed = { feedId: 1, settings: { url: 'https://a.example/feed' }, validators: {} }
  const jobs: readonly Job[] = await handler({ name: 'fetch', id: 'fetch-1', feed })
  return jobs.filter((job): job is JobOf<'ingest'> => job.name === 'ingest')
}

describe('an outcome', () => {
  it('is cut into parts that together say what it said, the oldest entries and no validators first', () => {
    const size = fc.integer({ min: 1, max: 3_000 })
    fc.assert(
      fc.property(
        fc.array(size, { maxLength: 30 }),
        fc.integer({ min: 500, max: 5_000 }),
        (sizes, bytesMax) => {
          const whole = outcomeOf(sizes.map((bytes, index) => item(`g${index}`, 'x'.repeat(bytes))))
          const parts = splitOutcome(whole, bytesMax)
          expect(parts.toReversed().flatMap(({ feed }) => feed.items)).toEqual(whole.feed.items)
          expect(parts.at(-1)).toEqual({ ...whole, feed: parts.at(-1)?.feed })
          for (const part of parts.slice(0, -1)) expect(part.validators).toEqual({})
          for (const { feed } of parts)
            if (feed.items.length > 1)
              expect(
                feed.items.reduce((sum, one) => sum + JSON.stringify(one).length, 0),
              ).toBeLessThanOrEqual(bytesMax)
        },
      ),
    )
  })

  it('of sixteen megabytes travels in parts of four at most, compressed', async () => {
    const jobs = await jobsOf(outcomeOf(reports(160, 100_000)))
    expect(jobs.map(({ id }) => id)).toEqual([1, 2, 3, 4].map((part) => `ingest-1-1000-${part}`))
    for (const job of jobs) {
      expect(Buffer.byteLength(JSON.stringify(job))).toBeLessThan(4.2 * 1024 * 1024)
      expect((await packJob(job)).data).toHaveProperty('gzip')
    }
  })

  it('of ordinary size stays one job', async () => {
    expect(await jobsOf(fetched(1000, reports(20, 100)))).toMatchObject([{ id: 'ingest-1-1000' }])
  })
})

/** The jobs of a fetch in three parts, small ones for the sake of speed. */
function threeJobs(outcome: Fetched): readonly JobOf<'ingest'>[] {
  const parts = splitOutcome(outcome, Math.ceil(JSON.stringify(outcome.feed.items).length / 2.5))
  return parts.map((one, index) => ({
    name: 'ingest',
    id: `ingest-1-${index}`,
    feedId: 1,
    outcome: one,
    part: { index: index + 1, of: parts.length },
  }))
}

describe('storing the parts of one fetch', () => {
  const items = reports(36, 2_000)

  it('comes to the same archive, schedule and event as storing it whole', async () => {
    const outcome = outcomeOf(items)
    const whole = openDesk()
    const event = await whole.ingest(1, outcome)
    const parts = openDesk()
    const events: unknown[] = []
    for (const job of threeJobs(outcome)) events.push(await parts.run(job))
    expect(events.slice(0, -1)).toEqual([undefined, undefined])
    expect(events.at(-1)).toEqual({ ...event, outcome: expect.anything() })
    expect(parts.store.stats(0)).toEqual(whole.store.stats(0))
    expect(parts.store.feeds.find(1)).toEqual(whole.store.feeds.find(1))
  })

  it('saves no validators while a part is missing, and stores all when it is fetched again (A09)', async () => {
    const [first, second, third] = threeJobs(outcomeOf(items))
    if (!first || !second || !third) throw new Error('expected three parts')
    const { store, run } = openDesk()
    await run(first)
    await expect(run(third)).rejects.toThrow('part 3 of 3 of a large fetch came without those before it')
    expect(store.feeds.find(1)?.validators).toEqual({})
    for (const job of [first, second, second, third, third]) await run(job) // repeated, as after a lost lock
    expect(store.feeds.find(1)?.validators).toEqual({ etag: '"1000"' })
    expect(store.stats(0)).toMatchObject({ articles: 36, sightings: 36 })
  })

  it('refuses the rest after a restart in between', async () => {
    const [first, second] = threeJobs(outcomeOf(items))
    if (!first || !second) throw new Error('expected parts')
    const before = openDesk()
    await before.run(first)
    before.store.close()
    const after = openDesk(before.path)
    await expect(after.run(second)).rejects.toThrow('the feed is fetched again')
  })
})
