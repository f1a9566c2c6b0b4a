// A12, A48-A50, A53, A54: feeds that move, lived through over days.
import { afterEach, describe, expect, it } from 'vitest'
import { rss } from '../app/local-desk.ts'
import { closeAll, serve } from '../fetch/server.ts'
import { dayMs, hourMs, openWebDesk, sourceOf, start } from './web-desk.ts'

afterEach(closeAll)

const body = rss('The Harbour Post', [
  {
    id: 'a',
    title: 'Ferry runs again after a winter of repairs',
    text: 'The boat crosses the bay four times a day.',
  },
  {
    id: 'b',
    title: 'Museum opens its new wing to visitors',
    text: 'Three halls show finds from the old harbour.',
  },
])

type Redirects = Readonly<Record<string, readonly [status: number, to: string]>>

/** A site whose every path that does not redirect is a feed with an ETag. */
async function site(redirects: () => Redirects) {
  return serve((request, response) => {
    const redirect = redirects()[request.url ?? '']
    if (redirect !== undefined) response.writeHead(redirect[0], { location: redirect[1] }).end()
    else if (request.headers['if-none-match'] === `"${request.url}"`) response.writeHead(304).end()
    else response.writeHead(200, { etag: `"${request.url}"` }).end(body)
  })
}

type Site = Awaited<ReturnType<typeof site>>

/** The paths asked since the last call, each with the ETag that was sent. */
function asked({ requests }: Site) {
  let seen = 0
  return () => {
    const fresh = requests.slice(seen)
    seen = requests.length
    return fresh.map(({ url, headers }) => [url, headers['if-none-match']])
  }
}

describe('a feed that answers 301', () => {
  it('is followed for a day, then asked at its new address only, without validators (A12, A48)', async () => {
    let redirects: Redirects = {}
    const web = await site(() => redirects)
    const since = asked(web)
    const { store, round } = openWebDesk([sourceOf('a', `${web.origin}/a`)])
    await round(start)
    redirects = { '/a': [301, '/b'] }
    await round(start + hourMs)
    await round(start + 20 * hourMs)
    expect(since()).toEqual([
      ['/a', undefined],
      ['/a', '"/a"'],
      ['/b', undefined],
      ['/a', undefined],
      ['/b', '"/b"'],
    ])
    const [event] = await round(start + 25 * hourMs)
    expect(event?.trouble).toEqual({ state: 'moved', detail: `${web.origin}/b` })
    since()
    expect((await round(start + 49 * hourMs))[0]).not.toHaveProperty('trouble')
    expect(since()).toEqual([['/b', undefined]])
    expect(store.stats(0)).toMatchObject({ articles: 2, sightings: 2 })
  })

  it('because a portal stood in front of us for some hours stays where it was', async () => {
    let redirects: Redirects = { '/a': [301, '/portal'] }
    const web = await site(() => redirects)
    const { store, round } = openWebDesk([sourceOf('a', `${web.origin}/a`)])
    await round(start)
    redirects = {}
    await round(start + 5 * hourMs)
    redirects = { '/a': [301, '/portal'] }
    await round(start + 26 * hourMs)
    expect(store.feeds.list()[0]).toMatchObject({ url: `${web.origin}/a`, movedTo: `${web.origin}/portal` })
  })

  it('to where another listed feed lives is a duplicate: told once, and only the other is asked (A54)', async () => {
    const web = await site(() => ({ '/a': [301, '/b'] }))
    const since = asked(web)
    const { store, round } = openWebDesk([sourceOf('a', `${web.origin}/a`), sourceOf('b', `${web.origin}/b`)])
    await round(start)
    const [a] = await round(start + dayMs)
    expect(a?.trouble).toEqual({ state: 'duplicate', detail: `${web.origin}/b` })
    since()
    expect((await round(start + 2 * dayMs)).map(({ sourceName }) => sourceName)).toEqual(['Outlet b'])
    expect(since()).toEqual([['/b', '"/b"']])
    expect(store.stats(0)).toMatchObject({ articles: 2 })
  })
})

describe('a feed keeps its address for ever', () => {
  it.each<[string, Redirects]>([
    ['after 302 (A49)', { '/a': [302, '/b'] }],
    ['after 307', { '/a': [307, '/b'] }],
    ['behind a chain of 301 and 302 (A50)', { '/a': [301, '/b'], '/b': [302, '/c'] }],
  ])('%s', async (_, redirects) => {
    const web = await site(() => redirects)
    const { store, round } = openWebDesk([sourceOf('a', `${web.origin}/a`)])
    for (const day of [0, 1, 2, 3]) await round(start + day * dayMs)
    expect(store.feeds.list()[0]).toMatchObject({ url: `${web.origin}/a` })
    expect(web.requests.filter(({ url }) => url === '/a')).toHaveLength(4)
  })

  it('when what it moved to is no feed', async () => {
    const web = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/login' }).end()
      else
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>')
    })
    const { store, round } = openWebDesk([sourceOf('a', `${web.origin}/a`)])
    for (const day of [0, 2, 4]) await round(start + day * dayMs)
    expect(store.feeds.list()[0]).toMatchObject({ url: `${web.origin}/a`, failures: 3 })
  })
})
