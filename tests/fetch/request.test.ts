// The door's way for everything that is not a feed: webhooks, discovery.
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, openFetcher, publicHost, serve } from './server.ts'

afterEach(closeAll)

describe('a request of our own', () => {
  it('posts a body with its headers and returns what was answered', async () => {
    const bodies: string[] = []
    const server = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk))
      request.on('end', () => response.writeHead(202, { 'x-id': '7' }).end('accepted'))
    })
    const answer = await openFetcher().request({
      url: `${server.origin}/hook?key=1`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"title":"صباح"}',
    })
    expect(bodies).toEqual(['{"title":"صباح"}'])
    expect(server.requests[0]?.headers['content-type']).toBe('application/json')
    expect(answer).toMatchObject({
      ok: true,
      status: 202,
      headers: { 'x-id': '7' },
      url: `${server.origin}/hook?key=1`,
    })
    expect(answer.ok && Buffer.from(answer.bytes).toString()).toBe('accepted')
  })

  it('does not carry a POST elsewhere', async () => {
    const server = await serve((_request, response) => response.writeHead(307, { location: '/other' }).end())
    const { send } = openFetcher()
    expect(await send({ url: `${server.origin}/hook`, method: 'POST', body: '{}' })).toEqual({ status: 307 })
    expect(server.requests).toHaveLength(1)
  })

  it('tells by a code why there was no answer', async () => {
    const server = await serve(() => {})
    await server.close()
    const { send } = openFetcher()
    await expect(send({ url: server.origin })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await expect(send({ url: 'mailto:desk@post.example' })).rejects.toMatchObject({ code: 'ERR_INVALID_URL' })
  })

  it('may have a deadline of its own', async () => {
    const server = await serve(() => {})
    const { request } = openFetcher({ timeoutMs: 600_000 }) // longer than a test may take
    const answer = await request({ url: `http://${publicHost}:${server.port}/`, timeoutMs: 150 })
    expect(answer).toMatchObject({ ok: false, reason: 'timeout' })
  })
})
