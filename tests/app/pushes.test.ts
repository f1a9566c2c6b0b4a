// A61: WebSub with a hub that keeps to the protocol, and with people who do not. Everything over real HTTP.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Pushes, startPushes } from '../../src/app/pushes.ts'
import { createHandlers, createOutside, openRoom } from '../../src/app/start.ts'
import { fetchJobs } from '../../src/jobs/index.ts'
import { createEmbeddedRunner } from '../../src/queue/index.ts'
import { type LocalServer, listen, rss, writeDesk } from './local-desk.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

type Asked = { readonly form: URLSearchParams; readonly contentType: string | undefined }

/** An outlet whose feed names the hub at /hub of the same server; `answer` is the status of the hub. */
async function outlet(answer = 202) {
  const asked: Asked[] = []
  const polls: string[] = []
  const server: LocalServer = await listen((request, response) => {
    if (request.url !== '/hub') {
      polls.push(request.url ?? '')
      const link = `<${server.origin}/hub>; rel="hub", <${server.origin}/feed>; rel="self"`
      response.writeHead(200, { link }).end(rss('Pushing Post', [{ id: 'polled', title: 'Harvest begins' }]))
      return
    }
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk
    })
    request.on('end', () => {
      asked.push({ form: new URLSearchParams(text), contentType: request.headers['content-type'] })
      response.writeHead(answer).end()
    })
  })
  closers.push(() => server.close())
  return { ...server, asked, polls }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A desk that listens to the outlet, polled once; with a public address when `isPublic`. */
async function pushDesk({ origin }: LocalServer, isPublic = true) {
  const port = await freePort()
  const websub = `websub: {callbackUrl: "http://127.0.0.1:${port}/websub/", listen: "127.0.0.1:${port}"}\n`
  const folder = writeDesk({
    presslark: isPublic ? websub : '{}\n',
    sources: `sources:\n  - {id: post, name: Post, language: en, feeds: [{url: "${origin}/feed", allowPrivate: true}]}\n`,
  })
  const room = await openRoom({ config: join(folder, 'config') })
  const outside = createOutside(room)
  const said: string[] = []
  const say = (_: object, message: string): void => void said.push(message)
  const runner = createEmbeddedRunner({ handlers: await createHandlers(room, outside, {}) })
  await runner.enqueue(fetchJobs(room.store, Date.now()))
  await runner.idle()
  const log = { debug: say, info: say, warn: say, error: say }
  const pushes: Pushes | undefined = await startPushes(
    room,
    outside.fetcher,
    (jobs) => runner.enqueue(jobs),
    log,
  )
  closers.push(async () => {
    await pushes?.close()
    await runner.stop()
    await outside.fetcher.close()
    room.store.close()
  })
  return { room, runner, said, port, pushes }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 5_000 && !condition(); waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10))
  expect(condition()).toBe(true)
}

type Desk = Awaited<ReturnType<typeof pushDesk>>

/** The hub's GET to the callback that it was given. */
function ask(
  { asked }: { readonly asked: readonly Asked[] },
  changes: Readonly<Record<string, string>> = {},
) {
  const form = asked[0]?.form
  const query = {
    'hub.mode': 'subscribe',
    'hub.topic': form?.get('hub.topic') ?? '',
    'hub.challenge': 'prove it',
    'hub.lease_seconds': '864000',
    ...changes,
  }
  return fetch(`${form?.get('hub.callback')}?${new URLSearchParams(query)}`)
}

const pushed = rss('Pushing Post', [
  { id: 'pushed', title: 'Bridge opens before dawn', text: 'The first lorries crossed the river.' },
])

function push({ asked }: { readonly asked: readonly Asked[] }, body: string, signature?: string) {
  const { form } = asked[0] ?? { form: new URLSearchParams() }
  const mac = createHmac('sha256', form.get('hub.secret') ?? '')
    .update(body)
    .digest('hex')
  const headers = { 'content-type': 'application/rss+xml', 'x-hub-signature': signature ?? `sha256=${mac}` }
  return fetch(form.get('hub.callback') ?? '', { method: 'POST', headers, body })
}

async function subscribed() {
  const hub = await outlet()
  const desk = await pushDesk(hub)
  await until(() => hub.asked.length === 1)
  return { hub, desk }
}

const articles = ({ room }: Desk) => room.store.stats(0).articles
const feedOf = ({ room }: Desk) => room.store.feeds.list()[0]

describe('a feed with a hub', () => {
  it('is only polled while there is no public callback address (A61)', async () => {
    const hub = await outlet()
    const { pushes } = await pushDesk(hub, false)
    expect(pushes).toBeUndefined()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(hub.asked).toEqual([])
    expect(hub.polls).toEqual(['/feed'])
  })

  it('is subscribed to, with a secret and an address that nobody can guess (A61)', async () => {
    const { hub } = await subscribed()
    const [{ form, contentType } = { form: new URLSearchParams(), contentType: '' }] = hub.asked
    expect(contentType).toBe('application/x-www-form-urlencoded')
    expect([form.get('hub.mode'), form.get('hub.topic')]).toEqual(['subscribe', `${hub.origin}/feed`])
    expect(form.get('hub.callback')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/websub\/[0-9a-f]{32}$/)
    expect(form.get('hub.secret')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is confirmed when the hub asks, and polled once a day from then on (A61)', async () => {
    const { hub, desk } = await subscribed()
    const answer = await ask(hub)
    expect([answer.status, await answer.text()]).toEqual([200, 'prove it'])
    const lease = desk.room.store.subscriptions.leaseOf(1) ?? 0
    expect(lease - Date.now()).toBeGreaterThan(9.9 * 86_400_000)
    desk.room.store.feeds.makeDue([1])
    desk.room.store.feeds.forgetValidators(1)
    await desk.runner.enqueue(fetchJobs(desk.room.store, Date.now()))
    await desk.runner.idle()
    expect((feedOf(desk)?.nextFetchAt ?? 0) - Date.now()).toBeGreaterThan(23.9 * 3_600_000)
    expect((await ask(hub)).status).toBe(404) // confirmed once: nobody else can prolong it
  })

  it.each([
    ['another topic', { 'hub.topic': 'https://other.example/feed' }],
    ['the end of it', { 'hub.mode': 'unsubscribe' }],
    ['something else', { 'hub.mode': 'publish' }],
  ])('is not confirmed to a hub that asks for %s (A61)', async (_, changes) => {
    const { hub } = await subscribed()
    expect((await ask(hub, changes)).status).toBe(404)
  })

  it('is asked for again before the lease ends, and polled as ever when it has (A61)', async () => {
    const { hub, desk } = await subscribed()
    await ask(hub, { 'hub.lease_seconds': '7200' })
    const { subscriptions } = desk.room.store
    const callback = `http://127.0.0.1:${desk.port}/websub`
    const dueIn = (ms: number) => subscriptions.due(Date.now() + ms, callback, 10).length
    expect([dueIn(80 * 60_000), dueIn(100 * 60_000)]).toEqual([0, 1])
    expect(subscriptions.lapse(Date.now() + 110 * 60_000)).toEqual([])
    expect(subscriptions.lapse(Date.now() + 121 * 60_000)).toEqual([1])
    expect(subscriptions.leaseOf(1)).toBeUndefined()
  })

  it('whose hub refuses is tried later, and polled meanwhile', async () => {
    const hub = await outlet(403)
    const desk = await pushDesk(hub)
    await until(() => hub.asked.length === 1)
    const callback = `http://127.0.0.1:${desk.port}/websub`
    const dueIn = (ms: number) => desk.room.store.subscriptions.due(Date.now() + ms, callback, 10).length
    await until(() => dueIn(61 * 60_000) === 1)
    expect(dueIn(59 * 60_000)).toBe(0)
    expect((await ask(hub)).status).toBe(404) // a hub that refused has nothing to ask
  })
})

describe('a push', () => {
  it('that is signed is kept like a poll, and changes nothing of the feed (A61)', async () => {
    const { hub, desk } = await subscribed()
    await ask(hub)
    const before = feedOf(desk)
    expect((await push(hub, pushed)).status).toBe(202)
    await until(() => articles(desk) === 2)
    const { nextFetchAt, validators, bodyHash } = feedOf(desk) ?? {}
    expect({ nextFetchAt, validators, bodyHash }).toEqual({
      nextFetchAt: before?.nextFetchAt,
      validators: before?.validators,
      bodyHash: before?.bodyHash,
    })
    expect((await push(hub, pushed)).status).toBe(202)
    await desk.runner.idle()
    expect(articles(desk)).toBe(2)
  })

  it.each([
    ['without a signature', ''],
    ['with a wrong one', `sha256=${'0'.repeat(64)}`],
    ['with one that is too weak', `sha1=${createHmac('sha1', 'x').update(pushed).digest('hex')}`],
  ])('%s is taken and ignored, so that a forger learns nothing (A61)', async (_, signature) => {
    const { hub, desk } = await subscribed()
    await ask(hub)
    expect((await push(hub, pushed, signature)).status).toBe(202)
    await desk.runner.idle()
    expect(articles(desk)).toBe(1)
    expect(desk.said).toContain('a push without a right signature was ignored')
  })

  it('to an address that nobody was given is 404, and so is one before the hub was confirmed (A61)', async () => {
    const { hub, desk } = await subscribed()
    expect((await push(hub, pushed)).status).toBe(404)
    for (const path of ['/', '/websub/', `/websub/${'0'.repeat(32)}`, '/websub/%00', '/../../etc/passwd'])
      expect(
        (await fetch(`http://127.0.0.1:${desk.port}${path}`, { method: 'POST', body: 'x' })).status,
      ).toBe(404)
  })

  it('that is no feed or too large is ignored', async () => {
    const { hub, desk } = await subscribed()
    await ask(hub)
    expect((await push(hub, '<html>no feed</html>')).status).toBe(202)
    expect(desk.said).toContain('a push that is no feed was ignored')
    expect((await push(hub, 'x'.repeat(17 * 1024 * 1024))).status).toBe(413)
    expect(articles(desk)).toBe(1)
  })
})
