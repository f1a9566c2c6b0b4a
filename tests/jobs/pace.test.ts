// A15-A25, A31, A34-A36, A38, A39, A41, A64: what a server says over HTTP, and when it is asked again.
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedSettings } from '../../src/model/source.ts'
import { closeAll, rss, serve } from '../fetch/server.ts'
import { dayMs, hourMs, minuteMs, openWebDesk, sourceOf, start } from './web-desk.ts'

afterEach(closeAll)

type Answer = (response: ServerResponse, poll: number) => unknown // polls are counted from 0

/** A desk with one hourly feed that answers so; `waitFrom` polls at an instant and says for how long it is left alone. */
async function desk(answer: Answer, settings: Partial<FeedSettings> = {}) {
  const server = await serve((_request, response) => {
    response.sendDate = false
    answer(response, server.requests.length - 1)
  })
  const { round, store } = openWebDesk([sourceOf('post', { url: `${server.origin}/feed`, ...settings })])
  const feed = () => store.feeds.list()[0]
  const waitFrom = async (at: number): Promise<number> => {
    await round(at)
    return (feed()?.nextFetchAt ?? 0) - at
  }
  return { server, store, round, feed, waitFrom }
}

const channelWith = (extra: string) => rss('one').replace('<channel>', `<channel>${extra}`)
const httpDate = (at: number) => new Date(at).toUTCString()

describe('the headers', () => {
  it.each<[string, Record<string, string>, number]>([
    ['A15', { 'cache-control': 'max-age=43200' }, 12],
    ['A16', { 'cache-control': 'max-age=31536000' }, 24],
    ['A17', { 'cache-control': 'max-age=0' }, 1],
    ['A17', { 'cache-control': 'no-cache, no-store, must-revalidate' }, 1],
    ['A19', { 'cache-control': 'Max-Age = 7200' }, 2],
    ['A19', { 'cache-control': 'max-age="7200"' }, 2],
    ['A19', { 'cache-control': 's-maxage=86400, max-age=7200' }, 2],
    ['A19', { 'cache-control': 'max-age=abc' }, 1],
    ['A20', { 'cache-control': 'max-age=10800', age: '3600' }, 2],
    ['A20', { 'cache-control': 'max-age=7200', age: '7200' }, 1],
    ['A21', { date: httpDate(start), expires: httpDate(start + 6 * hourMs) }, 6],
    ['A21', { date: httpDate(start - dayMs), expires: httpDate(start - 18 * hourMs) }, 6],
    ['A21', { date: httpDate(start), expires: httpDate(start - hourMs) }, 1],
    ['A21', { expires: '0' }, 1],
  ])('of %s, %j, ask for %d h', async (_, headers, hours) => {
    const { waitFrom } = await desk((response) => response.writeHead(200, headers).end(rss('one')))
    expect((await waitFrom(start)) / hourMs).toBeCloseTo(hours, 3)
  })

  it('of a 304 count, and those of the 200 before it while it has none (A18)', async () => {
    const pace = ['max-age=600', 'max-age=21600', undefined]
    const { waitFrom } = await desk((response, poll) => {
      const cacheControl = pace[poll]
      response.writeHead(poll === 0 ? 200 : 304, {
        etag: '"1"',
        ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
      })
      response.end(poll === 0 ? rss('one') : '')
    })
    expect((await waitFrom(start)) / hourMs).toBe(1)
    expect((await waitFrom(start + hourMs)) / hourMs).toBe(6)
    expect((await waitFrom(start + 7 * hourMs)) / hourMs).toBe(6)
  })
})

describe('the feed', () => {
  const hours = (list: readonly number[]) =>
    `<skipHours>${list.map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`
  const sy = (period: string, frequency: number) =>
    `<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">${period}</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">${frequency}</sy:updateFrequency>`

  it.each<[string, string, number]>([
    ['A22', '<ttl>180</ttl>', 3],
    ['A22', '<ttl>0</ttl>', 1],
    ['A22', '<ttl>-5</ttl>', 1],
    ['A22', '<ttl>999999</ttl>', 24],
    ['A22', '<ttl>abc</ttl>', 1],
    ['A23', sy('daily', 2), 12],
    ['A23', sy('hourly', 1), 1],
    ['A23', sy('hourly', 0), 1],
    ['A23', sy('fortnightly', 1), 1],
    ['A24', hours([0, 1, 2, 3, 4, 5]), 6], // the desk begins at midnight GMT
    ['A24', hours(Array.from({ length: 24 }, (_, hour) => hour)), 1],
    ['A24', '<skipDays><day>Monday</day></skipDays>', 24], // the desk begins on a Monday
  ])('of %s that holds %s asks for %d h', async (_, extra, wanted) => {
    const { waitFrom } = await desk((response) => response.end(channelWith(extra)))
    expect((await waitFrom(start)) / hourMs).toBe(wanted)
  })

  it('and its server are given the longest of all waits (A25)', async () => {
    const { waitFrom } = await desk(
      (response) =>
        response
          .writeHead(200, { 'cache-control': 'max-age=7200' })
          .end(channelWith(`<ttl>60</ttl>${sy('hourly', 1)}`)),
      { intervalMs: 30 * minuteMs },
    )
    expect((await waitFrom(start)) / hourMs).toBe(2)
  })

  it('that says nothing is asked once an hour, never sooner (A31)', async () => {
    const { round, server } = await desk((response, poll) => response.end(rss(`Report ${poll}`, 'Old news')))
    for (let at = start; at < start + dayMs; at += 5 * minuteMs) await round(at)
    expect(server.requests).toHaveLength(24)
  })

  it('that sends the same bytes for a week is asked less often, and hourly again when it changes (A64)', async () => {
    let titles = ['Old news']
    const { round, server, waitFrom } = await desk((response) => response.end(rss(...titles)))
    for (let at = start; at < start + 7 * dayMs; at += hourMs) await round(at)
    expect(server.requests.length).toBeLessThan(100) // of 168 hours
    titles = ['News at last', 'Old news']
    expect((await waitFrom(start + 8 * dayMs)) / hourMs).toBe(1)
  })
})

describe('a refusal', () => {
  it.each<[string, Record<string, string>, number]>([
    ['A34', { 'retry-after': httpDate(start + 3 * hourMs) }, 3],
    ['A34', { 'retry-after': httpDate(start - dayMs) }, 1],
    ['A34', { 'retry-after': '-5' }, 1],
    ['A34', { 'retry-after': 'soon' }, 1],
    ['A34', { 'retry-after': String(30 * 86_400) }, 7 * 24],
  ])('of %s, 429 with %j, is heeded for %d h', async (_, headers, hours) => {
    const { waitFrom } = await desk((response) => response.writeHead(429, headers).end())
    expect((await waitFrom(start)) / hourMs).toBe(hours)
  })

  it('without a word of how long doubles from an hour to a day (A35)', async () => {
    const { waitFrom } = await desk((response) => response.writeHead(429).end())
    const waits: number[] = []
    let at = start
    for (let poll = 0; poll < 7; poll++) {
      const waitMs = await waitFrom(at)
      waits.push(waitMs / hourMs)
      at += waitMs
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24])
  })

  it('by 503 that says how long is heeded as well (A36)', async () => {
    const { waitFrom } = await desk((response) => response.writeHead(503, { 'retry-after': '7200' }).end())
    expect((await waitFrom(start)) / hourMs).toBe(2)
  })

  it.each([401, 403])(
    'by %d is left alone for four hours, and names no credentials (A41)',
    async (status) => {
      const headers = { Authorization: 'Bearer hunter2' }
      const { waitFrom, feed } = await desk((response) => response.writeHead(status).end(), { headers })
      expect((await waitFrom(start)) / hourMs).toBe(4)
      expect(JSON.stringify([feed()?.lastDetail, feed()?.lastOutcome])).not.toContain('hunter2')
    },
  )
})

describe('a failure', () => {
  it('is never given up: 500 and 404 are asked again as long as they last, and are forgotten at once (A38, A39)', async () => {
    for (const status of [500, 404]) {
      let isDown = false
      const { round, feed, waitFrom, server } = await desk((response) =>
        isDown ? response.writeHead(status).end() : response.end(rss('one')),
      )
      await round(start)
      isDown = true
      for (let poll = 1; poll <= 20; poll++) await round(start + poll * dayMs)
      expect(server.requests).toHaveLength(21)
      expect(feed()).toMatchObject({ failures: 20, failingSince: start + dayMs })
      isDown = false
      expect((await waitFrom(start + 22 * dayMs)) / hourMs).toBeGreaterThanOrEqual(1)
      expect(feed()).toMatchObject({ failures: 0 })
    }
  })
})
