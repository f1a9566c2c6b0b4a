// A27, A29, A30, A46: the life of a poll beyond one request: restarts, doubles, races, and feeds that run empty.
import { afterEach, describe, expect, it } from 'vitest'
import { fetchJobs } from '../../src/jobs/index.ts'
import { refusedScope } from '../../src/pipeline/shared-host.ts'
import { openStore } from '../../src/store/index.ts'
import { closeAll, rss, serve } from '../fetch/server.ts'
import { dayMs, hourMs, minuteMs, openWebDesk, sourceOf, start } from './web-desk.ts'

afterEach(closeAll)

describe('a feed', () => {
  it('that asked for an hour is left alone for an hour, also after a restart (A27)', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end(),
    )
    const desk = openWebDesk([sourceOf('slow', `${server.origin}/feed`)])
    await desk.round(start)
    const restarted = openStore(desk.path)
    expect(fetchJobs(restarted, start + 59 * minuteMs)).toEqual([])
    expect(fetchJobs(restarted, start + 64 * minuteMs)).toHaveLength(1)
    restarted.close()
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    [{}, 'wire.example'],
    [{ allowPrivate: true }, 'https://wire.example/feed'],
    [{ isBridged: true }, 'https://wire.example/feed'],
  ])('that was refused speaks with %j for %s (A37)', (settings, scope) => {
    const url = 'https://wire.example/feed'
    expect(refusedScope({ url, settings: { ...settings, url } })).toBe(scope)
  })

  it('that asked for an hour is left alone when somebody asks by hand, but its neighbours are not (A33, A37)', async () => {
    const server = await serve((request, response) =>
      request.url === '/slow'
        ? response.writeHead(429, { 'retry-after': '3600' }).end()
        : response.end(rss('one')),
    )
    const paths = ['slow', 'fine']
    const { round, store } = openWebDesk(
      paths.map((path) => sourceOf(path, { url: `${server.origin}/${path}`, allowPrivate: true })),
    )
    await round(start)
    store.feeds.makeDue([1, 2]) // presslark fetch
    await round(start + 10 * minuteMs)
    store.feeds.makeDue([1, 2])
    await round(start + hourMs)
    expect(server.requests.map(({ url }) => url).toSorted()).toEqual([
      '/fine',
      '/fine',
      '/fine',
      '/slow',
      '/slow',
    ])
  })

  it('is due when its interval has passed and not before, whatever restarts (A26)', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const desk = openWebDesk([sourceOf('post', `${server.origin}/feed`)])
    await desk.round(start)
    for (let restart = 1; restart <= 5; restart++) {
      const again = openStore(desk.path)
      expect(fetchJobs(again, start + restart * 10_000)).toEqual([])
      again.close()
    }
    await desk.round(start + hourMs)
    expect(server.requests).toHaveLength(2)
  })

  it('that two processes find due at one moment is asked once (A30)', async () => {
    const desk = openWebDesk([sourceOf('post', 'https://post.example/feed')])
    const other = openStore(desk.path)
    const jobs = [fetchJobs(desk.store, start), fetchJobs(other, start), fetchJobs(desk.store, start)]
    other.close()
    expect(jobs.map(({ length }) => length)).toEqual([1, 0, 0])
  })

  it('that is asked for by hand while it is being fetched is fetched once more at most (A30)', async () => {
    const desk = openWebDesk([sourceOf('post', 'https://post.example/feed')])
    expect(fetchJobs(desk.store, start)).toHaveLength(1)
    desk.store.feeds.makeDue([1]) // presslark fetch
    expect(fetchJobs(desk.store, start)).toHaveLength(1)
    expect(fetchJobs(desk.store, start)).toHaveLength(0)
  })

  it('listed twice is one feed, asked once a round (A29)', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const url = `${server.origin}/feed`
    const { round, store } = openWebDesk([sourceOf('first', url), sourceOf('second', url)])
    await round(start)
    expect(server.requests).toHaveLength(1)
    expect(store.feeds.list()).toHaveLength(1)
  })

  it('that runs empty loses nothing, and brings nothing twice when it comes back (A46)', async () => {
    const titles = Array.from({ length: 20 }, (_, number) => `Report ${number} of the harbour`)
    let isEmpty = false
    const server = await serve((_request, response) => response.end(isEmpty ? rss() : rss(...titles)))
    const { round, store } = openWebDesk([sourceOf('post', `${server.origin}/feed`)])
    await round(start)
    const { articles } = store.stats(0)
    isEmpty = true
    const [emptied] = await round(start + dayMs)
    isEmpty = false
    const [back] = await round(start + 2 * dayMs)
    expect(emptied?.counts).toMatchObject({ items: 0, new: 0 })
    expect(back?.counts).toMatchObject({ items: 20, new: 0, duplicates: 0, overflow: false })
    expect(store.stats(0)).toMatchObject({ articles, sightings: 20 })
  })
})
