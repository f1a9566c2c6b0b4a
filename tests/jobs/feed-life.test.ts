// Feeds that overflow, flood, fall silent or lie, lived through over days; one event says what is wrong, once.
import { describe, expect, it } from 'vitest'
import { fetchJobs, type Ingested } from '../../src/jobs/index.ts'
import type { Item } from '../../src/model/item.ts'
import type { Failed, NotModified } from '../../src/model/outcome.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const start = Date.UTC(2027, 0, 4)

const words = [
  'ferry',
  'museum',
  'harvest',
  'bridge',
  'school',
  'tunnel',
  'market',
  'orchard',
  'library',
  'dam',
]

/** So many entries nobody has seen, numbered from `first`. */
function news(count: number, first: number): readonly Item[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index
    return item(`n${number}`, `${words[number % 10]} report ${number} of the ${words[(number * 7) % 10]}`)
  })
}

function notModified(at: number): NotModified {
  const attempt = { at, durationMs: 1, url: 'https://a.example/feed', pace: {}, validators: { etag: '"1"' } }
  return { ...attempt, kind: 'not-modified', because: 'status-304' }
}

function timeout(at: number): Failed {
  const attempt = { at, durationMs: 1, url: 'https://a.example/feed', pace: {} }
  return { ...attempt, kind: 'failed', reason: 'timeout', detail: 'no answer in 30 s' }
}

/** A desk whose feed 1 brought five entries a day for ten days, until `start`. */
async function steadyDesk(): Promise<TestDesk> {
  const desk = openDesk()
  for (let day = 10; day >= 0; day--) await desk.ingest(1, fetched(start - day * dayMs, news(5, day * 5)))
  return desk
}

const troubles = (events: readonly (Ingested | undefined)[]) =>
  events.flatMap((event) => event?.trouble ?? [])

describe('one event says', () => {
  it('that a feed fell silent, a day after its last news', async () => {
    const { ingest } = await steadyDesk()
    const events = []
    for (let hour = 1; hour <= 60; hour++) events.push(await ingest(1, notModified(start + hour * hourMs)))
    expect(troubles(events)).toEqual([{ state: 'silent', usual: 5, since: start }])
    expect(events.findIndex((event) => event?.trouble !== undefined) + 1).toBe(24)
  })

  it('that a feed died, when it failed for a day, and again when it died anew', async () => {
    const { ingest } = await steadyDesk()
    const events = []
    for (let hour = 1; hour <= 40; hour++) events.push(await ingest(1, timeout(start + hour * hourMs)))
    expect(troubles(events)).toEqual([
      { state: 'failing', usual: 5, since: start + hourMs, detail: 'no answer in 30 s' },
    ])
    events.push(await ingest(1, fetched(start + 41 * hourMs, news(5, 900))))
    for (let hour = 42; hour <= 80; hour++) events.push(await ingest(1, timeout(start + hour * hourMs)))
    expect(troubles(events)).toHaveLength(2)
  })

  it('that a feed is gone', async () => {
    const { ingest } = await steadyDesk()
    const gone = { kind: 'gone', status: 410, at: start + 1, durationMs: 1, url: 'u', pace: {} } as const
    expect((await ingest(1, gone))?.trouble).toMatchObject({ state: 'gone', since: start + 1 })
  })
})

describe('a feed that changes the guids of its entries at every poll (B51)', () => {
  it('loses nothing, makes no article twice, is not hurried, and is told to flood', async () => {
    const { store, ingest } = openDesk()
    const events = []
    for (let poll = 0; poll < 30; poll++) {
      const items = news(20, 0).map((one) => ({ ...one, guid: `${one.guid}-${poll}` }))
      events.push(await ingest(1, fetched(start + poll * 30 * minuteMs, items)))
    }
    expect(store.stats(0)).toMatchObject({ articles: 20, sightings: 600 })
    expect(troubles(events)).toEqual([{ state: 'flooding' }])
    expect(events.some((event) => event?.counts.overflow)).toBe(false)
    expect(store.feeds.find(1)?.nextFetchAt).toBe(start + 30 * 30 * minuteMs)
  })
})

describe('a feed that carries the pages of another outlet under new guids at every poll (B51)', () => {
  it('adds sightings of their articles, is told to flood, and loses nothing that it should be hurried for', async () => {
    const { store, ingest } = openDesk()
    const long = words.join(' report of the ')
    const reports = news(20, 0).map((one) => ({
      ...one,
      summary: `${one.title} ${long}`,
      text: `${one.title} ${long}`,
    }))
    await ingest(1, fetched(start, reports))
    const articles = store.stats(0).articles
    const events = []
    for (let poll = 1; poll <= 30; poll++) {
      const copies = reports.map((one) => ({ ...one, guid: `${one.guid}-${poll}` }))
      events.push(await ingest(2, fetched(start + poll * 30 * minuteMs, copies)))
    }
    expect(store.stats(0).articles).toBe(articles)
    expect(troubles(events)).toEqual([{ state: 'flooding' }])
    expect(events.some((event) => event?.counts.overflow)).toBe(false)
  })
})

describe('a feed that brings more than it can hold between two polls', () => {
  it('is polled sooner, and as configured again after calm days', async () => {
    const { store, ingest } = openDesk()
    const due: number[] = []
    let at = start
    const poll = async (items: readonly Item[]) => {
      await ingest(1, fetched(at, items))
      const next = store.feeds.find(1)?.nextFetchAt ?? 0
      due.push((next - at) / minuteMs)
      at = next
    }
    for (let turn = 0; turn < 5; turn++) await poll(news(20, turn * 20))
    expect(due).toEqual([30, 15, 7.5, 5, 5])
    for (let turn = 0; turn < 10; turn++) await poll(news(20, 80))
    expect(due.at(-1)).toBe(30)
  })
})

describe('a server that answers 304 although its feed changed', () => {
  it('is asked without validators once an audit caught it', async () => {
    const { store, ingest } = await steadyDesk()
    const sent = (at: number) => {
      store.feeds.makeDue([1])
      const [job] = fetchJobs(store, at).filter(({ id }) => id === 'fetch-1')
      return job?.name === 'fetch' ? job.feed.validators : undefined
    }
    for (let day = 1; day <= 3; day++) await ingest(1, notModified(start + day * dayMs + hourMs))
    const audit = start + 4 * dayMs + 2 * hourMs
    expect(sent(audit)).toEqual({})
    const hidden = news(5, 700).map((one, index) => ({ ...one, publishedAt: start + (index + 1) * hourMs }))
    await ingest(1, fetched(audit, hidden))
    expect(sent(audit + hourMs)).toEqual({})
    expect(sent(audit + 29 * dayMs)).toEqual({})
  })
})

describe('dates that cannot be (B50)', () => {
  it('neither hold a report on top of a search nor keep it out of it', async () => {
    const { store, ingest } = openDesk()
    const far = { publishedAt: start + 3650 * dayMs }
    await ingest(1, fetched(start, [item('1', 'Harvest of the future', far)]))
    await ingest(1, fetched(start + hourMs, [item('2', 'Harvest begins in the valley')]))
    const titles = store.search.search('harvest', { limit: 5 }).map(({ title }) => title)
    expect(titles).toEqual(['Harvest begins in the valley', 'Harvest of the future'])
  })
})
