import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { createDeliverer, type HttpSend } from '../../src/deliver/index.ts'
import { messageFor } from './mail-message.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

type Post = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A request that broke off has nothing left to answer. */
const closeOn = (response: ServerResponse) => () => {
  response.destroy()
}

/** A receiver on loopback that answers every post with `status`, or hangs up on it. */
async function receiver(status: number | 'hang up') {
  const posts: Post[] = []
  const server = createServer((request, response) => {
    text(request).then((body) => {
      posts.push({ headers: request.headers, body })
      if (status === 'hang up') response.destroy()
      else response.writeHead(status).end()
    }, closeOn(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const { port } = server.address() as AddressInfo // a TCP server that listens
  return { url: `http://127.0.0.1:${port}/hook`, posts }
}

const send: HttpSend = async ({ url, timeoutMs, ...request }) => {
  try {
    const { status } = await fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status }
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error
  }
}

function deliverTo(url: string, secret?: string) {
  const webhook = {
    send,
    timeoutMs: 2000,
    now: () => 1_790_000_000_123,
    ...(secret !== undefined && { secret }),
  }
  return createDeliverer({ webhook }).deliver(messageFor({ kind: 'webhook', url }))
}

describe('a webhook', () => {
  test('gets the edition as JSON, with the key that makes a repeat recognisable', async () => {
    const { url, posts } = await receiver(204)
    expect(await deliverTo(url)).toEqual({ kind: 'sent', detail: 'HTTP 204' })
    expect(posts[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'morning-12-a1b2c3',
    })
    expect(JSON.parse(posts[0]?.body ?? '')).toEqual({
      type: 'edition',
      digestId: 'morning',
      digestName: 'Morning desk',
      number: 12,
      day: '2026-11-22',
      subject: 'Morning desk – 22 November: Canal talks go on',
      edition: { version: 1 },
    })
  })

  test.each([
    ['plain secret', Buffer.from('plain secret')],
    ['whsec_c2VjcmV0LWtleQ==', Buffer.from('secret-key')],
  ])('can check the signature that %s makes', async (secret, key) => {
    const { url, posts } = await receiver(200)
    await deliverTo(url, secret)
    const { headers, body } = posts[0] ?? { headers: {}, body: '' }
    expect(headers['webhook-timestamp']).toBe('1790000000')
    const expected = createHmac('sha256', key).update(`morning-12-a1b2c3.1790000000.${body}`).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
  })

  test('gets no signature without a secret', async () => {
    const { url, posts } = await receiver(200)
    await deliverTo(url)
    expect(posts[0]?.headers).not.toHaveProperty('webhook-signature')
  })

  test.each([
    [500, 'temporary'],
    [503, 'temporary'],
    [429, 'temporary'],
    [408, 'temporary'],
    [425, 'temporary'],
    [302, 'permanent'],
    [400, 'permanent'],
    [410, 'permanent'],
  ])('that answers %i makes the delivery %s', async (status, kind) => {
    const { url } = await receiver(status)
    expect((await deliverTo(url)).kind).toBe(kind)
  })

  test('that hangs up without an answer leaves the delivery uncertain', async () => {
    const { url, posts } = await receiver('hang up')
    expect((await deliverTo(url)).kind).toBe('uncertain')
    expect(posts).toHaveLength(1)
  })

  test('that is not there makes the delivery temporary', async () => {
    const { url } = await receiver(200)
    for (const close of closers.splice(0)) close()
    expect(await deliverTo(url)).toEqual({ kind: 'temporary', detail: 'ECONNREFUSED' })
  })

  test.each([
    ['address-not-allowed', 'permanent'],
    ['ERR_INVALID_URL', 'permanent'],
    ['CERT_HAS_EXPIRED', 'temporary'],
    ['dns', 'temporary'],
    ['timeout', 'uncertain'],
    ['ECONNRESET', 'uncertain'],
  ])('that cannot be asked for %s makes the delivery %s', async (code, kind) => {
    const refuse: HttpSend = () => Promise.reject(Object.assign(new Error('no answer'), { code }))
    const message = messageFor({ kind: 'webhook', url: 'http://hook.example/' })
    expect(await createDeliverer({ webhook: { send: refuse } }).deliver(message)).toEqual({
      kind,
      detail: code,
    })
  })
})
