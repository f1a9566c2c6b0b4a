// A37: a refusal pauses a whole host, unless the host is a bridge or lives in our own network.
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedSettings } from '../../src/model/source.ts'
import { closeAll, rss, serve } from '../fetch/server.ts'
import { openWebDesk, sourceOf, start } from './web-desk.ts'

afterEach(closeAll)

/** Which paths are asked when the first of two feeds of one host is answered 503 with Retry-After. */
async function askedWith(settings: Omit<FeedSettings, 'url'>): Promise<readonly string[]> {
  const server = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(503, { 'retry-after': '3600' }).end()
    else response.end(rss('one'))
  })
  const feeds = ['/a', '/b'].map((path) => ({ ...settings, url: `${server.origin}${path}` }))
  const { round } = openWebDesk([sourceOf('host', ...feeds)])
  await round(start)
  await round(start + 60_000) // what the first round held back is due
  return server.requests.map(({ url }) => url ?? '')
}

describe('after 503 with Retry-After on one feed of a host', () => {
  it('the others wait (A33, A36)', async () => {
    expect(await askedWith({})).toEqual(['/a'])
  })

  it.each<Omit<FeedSettings, 'url'>>([{ isBridged: true }, { allowPrivate: true }])(
    'the others are polled under %j (A37)',
    async (settings) => {
      expect(await askedWith(settings)).toEqual(['/a', '/b'])
    },
  )
})
