import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { createDeliverer } from '../../src/deliver/index.ts'
import { createFetcher } from '../../src/fetch/index.ts'
import type { ChatChannel } from '../../src/model/digest.ts'
import { briefOf } from '../../src/pipeline/brief.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { goldenMaterial } from '../pipeline/golden-material.ts'
import { messageFor } from './mail-message.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

type Post = {
  readonly url: string
  readonly authorization: string | undefined
  readonly body: Record<string, unknown>
}

/** A chat service on loopback that answers every post with `status`. */
async function service(status = 200) {
  const posts: Post[] = []
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const { url = '', headers } = request
        posts.push({ url, authorization: headers.authorization, body: JSON.parse(body) })
        response.writeHead(status).end('{"ok":true}')
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => void server.close(() => resolve())))
  const { port } = server.address() as AddressInfo // a TCP server that listens
  return { origin: `http://127.0.0.1:${port}`, posts }
}

const brief = briefOf(composeEdition(goldenMaterial('en')))

/** Delivers through the guarded way out, as the program does. */
async function deliver(channel: ChatChannel, variables: Readonly<Record<string, string>> = {}) {
  const fetcher = createFetcher({
    userAgent: 'Presslark/test',
    timeoutMs: 3000,
    bodyBytesMax: 100_000,
    concurrency: 2,
    perHostConcurrency: 1,
    perHostGapMs: 0,
    allowPrivate: false,
  })
  closers.push(() => fetcher.close())
  const chat = { send: fetcher.send, secret: (name: string) => variables[name], timeoutMs: 3000 }
  return createDeliverer({ chat }).deliver(messageFor(channel, { brief }))
}

describe('the short form', () => {
  test('goes to Slack as text without previews, to the address that the environment holds', async () => {
    const { origin, posts } = await service()
    const channel = { kind: 'slack', url: '${HOOK}', allowPrivate: true } as const
    expect(await deliver(channel, { HOOK: `${origin}/services/T0/B0/secret` })).toEqual({
      kind: 'sent',
      detail: 'HTTP 200',
    })
    expect(posts.map(({ url }) => url)).toEqual(['/services/T0/B0/secret'])
    expect(posts[0]?.body).toMatchObject({ unfurl_links: false, unfurl_media: false })
    expect(posts[0]?.body['text']).toMatch(/^\*Morning desk – 22 November\*\n4 of 5|^\*Morning desk/)
  })

  test('goes to Mattermost as text', async () => {
    const { origin, posts } = await service()
    await deliver({ kind: 'mattermost', url: '${HOOK}', allowPrivate: true }, { HOOK: `${origin}/hooks/x` })
    expect(Object.keys(posts[0]?.body ?? {})).toEqual(['text'])
  })

  test('goes to a Telegram chat by its bot, as HTML', async () => {
    const { origin, posts } = await service()
    const channel = {
      kind: 'telegram',
      chat: '-1001',
      token: '${BOT}',
      server: origin,
      allowPrivate: true,
    } as const
    await deliver(channel, { BOT: '123:abc' })
    expect(posts[0]?.url).toBe('/bot123:abc/sendMessage')
    expect(posts[0]?.body).toMatchObject({
      chat_id: '-1001',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    })
  })

  test('goes to the topic of an ntfy server, with its token', async () => {
    const { origin, posts } = await service()
    const channel = {
      kind: 'ntfy',
      url: `${origin}/alerts/press-desk`,
      token: '${NTFY}',
      allowPrivate: true,
    } as const
    await deliver(channel, { NTFY: 'tk_1' })
    expect(posts[0]).toMatchObject({
      url: '/alerts/',
      authorization: 'Bearer tk_1',
      body: { topic: 'press-desk', title: 'Morning desk – 22 November' },
    })
    expect(posts[0]?.body['click']).toMatch(/^https:\/\//)
  })

  test('waits while a variable is not set, and names it', async () => {
    const outcome = await deliver({ kind: 'slack', url: '${SLACK_WEBHOOK}' })
    expect(outcome).toEqual({ kind: 'temporary', detail: 'not set in the environment: SLACK_WEBHOOK' })
  })

  test('B07 goes to no private address unless its channel allows it', async () => {
    const { origin, posts } = await service()
    const outcome = await deliver({ kind: 'slack', url: '${HOOK}' }, { HOOK: `${origin}/secret-part` })
    expect(outcome).toEqual({ kind: 'permanent', detail: 'address-not-allowed' })
    expect(posts).toEqual([])
  })

  test.each([
    [429, 'temporary'],
    [503, 'temporary'],
    [400, 'permanent'],
    [404, 'permanent'],
  ] as const)('that is answered by %i is %s, and its detail tells no secret', async (status, kind) => {
    const { origin } = await service(status)
    const channel = { kind: 'slack', url: '${HOOK}', allowPrivate: true } as const
    const outcome = await deliver(channel, { HOOK: `${origin}/secret-part` })
    expect(outcome).toEqual({ kind, detail: `HTTP ${status}` })
  })
})
