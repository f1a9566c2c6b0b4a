// A60: the older pages of a feed are read when somebody asks for them, on its own host only, and never twice.
import { afterEach, describe, expect, it } from 'vitest'
import { backfill } from '../../src/jobs/index.ts'
import type { FeedRef } from '../../src/model/job.ts'
import type { FeedSettings } from '../../src/model/source.ts'
import type { Topic } from '../../src/model/topic.ts'
import { toFeedRef } from '../../src/store/index.ts'
import { closeAll, openFetcher, serve } from '../fetch/server.ts'
import { dayMs, openWebDesk, sourceOf, start } from './web-desk.ts'

afterEach(closeAll)

/** Subjects that no two pages share, so that nothing is folded as a copy. */
const subjects = [
  'Ferry',
  'Museum',
  'Harvest',
  'Bridge',
  'School',
  'Tunnel',
  'Orchard',
  'Library',
  'Dam',
  'Market',
]

function page(number: number, links: string): string {
  const subject = subjects[number % 10]
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Paged Post</title>${links}
    <item><guid>${number}</guid><title>${subject} report ${number}</title><description>The ${subject} in year ${number}.</description></item></channel></rss>`
}

const link = (rel: string, href: string) => `<atom:link rel="${rel}" href="${href}"/>`

/** A feed at /1 whose page n links to page n + 1 up to `last`, as `hrefOf` says. */
async function paged(last: number, hrefOf = (number: number) => `/${number}`, rel = 'next') {
  return serve((request, response) => {
    const number = Number(request.url?.slice(1))
    const links = number < last ? link(rel, hrefOf(number + 1)) : ''
    response.writeHead(200, { etag: `"${number}"` }).end(page(number, links))
  })
}

type Server = Awaited<ReturnType<typeof serve>>

async function backfilled(
  server: Server,
  pages: number,
  settings: Partial<FeedSettings> = {},
  topics: readonly Topic[] = [],
) {
  const fetcher = openFetcher()
  const desk = openWebDesk([sourceOf('paged', { url: `${server.origin}/1`, ...settings })], fetcher, topics)
  await desk.round(start)
  const [feed] = desk.store.feeds.list()
  if (feed === undefined) throw new Error('the desk has one feed')
  const fetchPage = (ref: FeedRef) => fetcher.fetchFeed(ref, () => start + 1)
  const end = await backfill(toFeedRef(feed), pages, { fetchPage, ingest: desk.ingest })
  const asked = server.requests.map(({ url }) => url)
  return { ...desk, end, asked, before: feed, after: desk.store.feeds.list()[0] }
}

describe('a feed of 50 pages', () => {
  it('is asked for its newest page only while nobody wants its past (A60)', async () => {
    const server = await paged(50)
    const { round } = openWebDesk([sourceOf('paged', `${server.origin}/1`)])
    await round(start)
    await round(start + dayMs)
    expect(server.requests.map(({ url }) => url)).toEqual(['/1', '/1'])
  })

  it('is followed for as many pages as were asked for (A60)', async () => {
    const { end, asked, store } = await backfilled(await paged(50), 3)
    expect(end).toEqual({ pages: 3, ended: 'limit' })
    expect(asked).toEqual(['/1', '/1', '/2', '/3', '/4'])
    expect(store.stats(0)).toMatchObject({ articles: 4 })
  })

  it('is followed to its end, also by archive links and from JSON (A60)', async () => {
    const archive = await backfilled(await paged(4, (number) => `/${number}`, 'prev-archive'), 20)
    expect(archive.end).toEqual({ pages: 3, ended: 'end' })
    const json = await serve((request, response) => {
      const number = Number(request.url?.slice(1))
      const next = number < 3 ? { next_url: `${json.origin}/${number + 1}` } : {}
      const items = [
        { id: String(number), title: `${subjects[number]} ${number}`, content_text: subjects[number] },
      ]
      response.end(
        JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items, ...next }),
      )
    })
    expect((await backfilled(json, 20)).end).toEqual({ pages: 2, ended: 'end' })
  })

  it('keeps its validators, its schedule and its health as they were', async () => {
    const { before, after, store } = await backfilled(await paged(50), 5)
    const { nextFetchAt, validators, failures } = before
    expect(after).toMatchObject({ validators, failures })
    expect(after?.nextFetchAt).toBeGreaterThanOrEqual(nextFetchAt)
    const window = { from: start - dayMs, until: start + dayMs }
    expect(store.coverage.health(window).get(before.id)).toEqual({ state: 'ok' })
  })

  it('brings no news: editions leave its past out, the archive has it', async () => {
    const topics = [{ id: 'reports', name: 'Reports', any: ['report'] }]
    const { store } = await backfilled(await paged(50), 3, {}, topics)
    const window = { from: 0, until: start + dayMs }
    const news = store.material.articles({ after: 0, upTo: 1_000 }, window, ['reports'])
    expect(news.map(({ title }) => title)).toEqual(['Museum report 1'])
    expect(store.stats(0)).toMatchObject({ articles: 4 })
  })
})

describe('a link to an older page', () => {
  it.each([
    ['to the page itself', () => '/1'],
    ['in a circle', (number: number) => (number === 3 ? '/1' : `/${number}`)],
  ])('%s is not followed (A60)', async (_, hrefOf) => {
    const { end, asked } = await backfilled(await paged(50, hrefOf), 20)
    expect(end.ended).toBe('loop')
    expect(new Set(asked).size).toBe(asked.length - 1) // the first page was polled before
  })

  it('to another host is not followed, neither directly nor behind a redirect (A60)', async () => {
    const other = await paged(50)
    const server = await paged(50, (number) => `${other.origin}/${number}`)
    expect((await backfilled(server, 20)).end).toEqual({ pages: 0, ended: 'foreign-host' })
    expect(other.requests).toHaveLength(0)
    const leaving = await serve((request, response) => {
      if (request.url === '/1') response.end(page(1, link('next', '/2')))
      else response.writeHead(302, { location: `${other.origin}/7` }).end()
    })
    expect((await backfilled(leaving, 20)).end).toEqual({ pages: 1, ended: 'foreign-host' })
  })

  it('that cannot be read ends the walk and is no failure of the feed', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/1') response.end(page(1, link('next', '/2')))
      else response.writeHead(500).end()
    })
    const { end, after } = await backfilled(server, 20)
    expect(end).toEqual({ pages: 0, ended: 'failed' })
    expect(after).toMatchObject({ failures: 0 })
  })
})
