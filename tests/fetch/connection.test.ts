// What becomes of a connection between two requests.
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, feedAt, now, openFetcher, rss, serveRaw } from './server.ts'

afterEach(closeAll)

const feed = rss('one')
const whole = `HTTP/1.1 200 OK\r\nContent-Length: ${feed.length}\r\n\r\n${feed}`

/** A server that answers the first request of each connection, and then does as told. */
async function serveOnce(next: (socket: Socket) => void) {
  const heard: string[] = []
  const server = await serveRaw((socket) => {
    socket.on('data', (bytes) => {
      heard.push(bytes.toString())
      next(socket)
    })
    heard.push('')
    socket.write(whole)
  })
  return { ...server, heard }
}

describe('a kept connection', () => {
  it('that the server drops as it is used is replaced, once, for what can be asked twice', async () => {
    const server = await serveOnce((socket) => socket.destroy())
    const { fetchFeed, request } = openFetcher()
    const poll = () => fetchFeed(feedAt(`${server.origin}/feed`), now)
    expect([(await poll()).kind, (await poll()).kind]).toEqual(['fetched', 'fetched'])
    expect(server.connections()).toBe(2)
    const posted = await request({ url: server.origin, method: 'POST', body: '{}' })
    expect(posted).toMatchObject({ ok: true }) // on a connection of its own, for it may not be sent twice
    expect(server.connections()).toBe(3)
  })

  it('is not used again once it said what nobody asked for', async () => {
    const server = await serveRaw((socket) => {
      socket.write(whole)
      setTimeout(() => socket.write(whole), 20)
    })
    const { fetchFeed } = openFetcher({ perHostGapMs: 100 })
    const poll = async (path: string) => (await fetchFeed(feedAt(`${server.origin}${path}`), now)).kind
    expect([await poll('/1'), await poll('/2')]).toEqual(['fetched', 'fetched'])
    expect(server.connections()).toBe(2)
  })

  it('that breaks in the middle of an answer is a failure, not asked again', async () => {
    const server = await serveOnce((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<'))
    const { fetchFeed } = openFetcher()
    const poll = () => fetchFeed(feedAt(`${server.origin}/feed`), now)
    await poll()
    expect(await poll()).toMatchObject({ kind: 'failed', reason: 'short-body' })
    expect(server.connections()).toBe(1)
  })
})
