// A recorded day can be lived through again without the network, byte for byte.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replayTransport } from '../../src/fetch/index.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { afterwards, closeAll, feedAt, now, openFetcher, rss, serve } from './server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recording-'))
})
afterEach(async () => {
  await closeAll()
  rmSync(folder, { recursive: true })
})

function withoutDuration(outcomes: readonly FetchOutcome[]): unknown[] {
  return outcomes.map(({ durationMs: _, ...rest }) => rest)
}

describe('a recording', () => {
  it('gives the same outcomes again: redirects, gzip, 304, refusals, broken lines', async () => {
    const server = await serve((request, response) => {
      const turn = server.requests.filter(({ url }) => url === request.url).length
      if (request.url === '/a') response.writeHead(302, { location: '/b', 'set-cookie': 'id=1' }).end()
      else if (request.url === '/b' && turn === 1) {
        const headers = { etag: '"caf\u00e9"', 'content-encoding': 'gzip' }
        response.writeHead(200, headers).end(gzipSync(rss('one')))
      } else if (request.url === '/b') response.writeHead(304).end()
      else if (turn === 1) response.destroy()
      else response.writeHead(429, { 'retry-after': '60' }).end('slow down')
    })
    const live = async (fetcher: ReturnType<typeof openFetcher>) => {
      const outcomes: FetchOutcome[] = []
      for (const path of ['/a', '/c']) {
        const feed = feedAt(`${server.origin}${path}`)
        const first = await fetcher.fetchFeed(feed, now)
        outcomes.push(first, await fetcher.fetchFeed(afterwards(feed, first), now))
      }
      return withoutDuration(outcomes)
    }
    const recorded = await live(openFetcher({ recordTo: folder }))
    const requests = server.requests.length
    await server.close()
    const replayed = await live(openFetcher({ network: replayTransport(folder) }))
    expect(replayed).toEqual(recorded)
    expect(recorded.map((outcome) => (outcome as FetchOutcome).kind)).toEqual([
      'fetched',
      'not-modified',
      'failed',
      'rate-limited',
    ])
    expect(server.requests).toHaveLength(requests)
  })

  it('repeats its last answer, and knows nothing of what it did not record', async () => {
    const server = await serve((_request, response) => response.end(rss('one')))
    await openFetcher({ recordTo: folder }).fetchFeed(feedAt(`${server.origin}/feed`), now)
    const { fetchFeed } = openFetcher({ network: replayTransport(folder) })
    for (let time = 0; time < 3; time++) {
      expect((await fetchFeed(feedAt(`${server.origin}/feed`), now)).kind).toBe('fetched')
    }
    const other = await fetchFeed(feedAt(`${server.origin}/other`), now)
    expect(other).toMatchObject({ kind: 'failed', reason: 'connect', detail: 'not in the recording' })
  })

  it('holds no secrets and is for its owner only (B42, B43)', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'set-cookie': 'session=s3cret' }).end(rss('one'))
    })
    const url = `${server.origin.replace('//', '//reader:s3cret@')}/feed`
    const headers = { 'X-Key': 's3cret' }
    await openFetcher({ recordTo: folder }).fetchFeed(feedAt(url, { headers }), now)
    const files = readdirSync(folder).map((file) => join(folder, file))
    expect(files).toHaveLength(2)
    for (const file of files) {
      expect(readFileSync(file, 'utf8')).not.toContain('s3cret')
      expect(statSync(file).mode & 0o777).toBe(0o600)
    }
  })

  it('may be written by hand, and cannot reach out of its folder', async () => {
    const write = (name: string, url: string, bodyFile: string) => {
      const exchange = { request: { method: 'GET', url }, response: { status: 200, headers: {}, bodyFile } }
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(exchange))
    }
    writeFileSync(join(folder, 'post.xml'), rss('one'))
    write('1', 'https://post.example/feed', 'post.xml')
    write('2', 'https://post.example/passwd', `../${folder.split('/').at(-1)}/../../../etc/post.xml`)
    const { fetchFeed } = openFetcher({ network: replayTransport(folder) })
    expect((await fetchFeed(feedAt('https://post.example/feed'), now)).kind).toBe('fetched')
    expect((await fetchFeed(feedAt('https://post.example/passwd'), now)).kind).toBe('fetched') // post.xml of the folder
  })

  it('that is damaged is our own mistake and throws at once', () => {
    writeFileSync(join(folder, '1.json'), '{"request":{"method":"GET","url":"https://post.example/"}}')
    expect(() => replayTransport(folder)).toThrow()
    expect(() => replayTransport(join(folder, 'missing'))).toThrow(/ENOENT/)
  })
})
