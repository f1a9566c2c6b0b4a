// Stopping: nothing hangs, nothing is thrown, and no feed is blamed.
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

const crashed = { kind: 'failed', reason: 'crashed' }

describe('closing a fetcher', () => {
  it('ends what is in flight, before and after the response began', async () => {
    const arrived: (() => void)[] = []
    const server = await serve((request, response) => {
      if (request.url === '/begun') response.write('<rss>')
      arrived.shift()?.()
    })
    for (const path of ['/silent', '/begun']) {
      const fetcher = openFetcher()
      const request = new Promise<void>((resolve) => arrived.push(resolve))
      const outcome = fetcher.fetchFeed(feedAt(`${server.origin}${path}`), now)
      await request
      await fetcher.close()
      expect(await outcome).toMatchObject(crashed)
    }
  })

  it('ends what waits its turn at once', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const fetcher = openFetcher({ perHostGapMs: 60_000 })
    const first = await fetcher.fetchFeed(feedAt(`${server.origin}/1`), now)
    const waiting = [2, 3, 4].map((path) => fetcher.fetchFeed(feedAt(`${server.origin}/${path}`), now))
    await fetcher.close()
    expect(first.kind).toBe('fetched')
    for (const outcome of await Promise.all(waiting)) expect(outcome).toMatchObject(crashed)
    expect(server.requests).toHaveLength(1)
  })

  it('fails what is asked afterwards', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    const fetcher = openFetcher()
    await fetcher.close()
    expect(await fetcher.fetchFeed(feedAt(server.origin), now)).toMatchObject(crashed)
    await fetcher.close()
  })
})
