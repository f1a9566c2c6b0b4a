import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { parse } from 'parse5'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadConfig } from '../../src/app/config.ts'
import { loadSecrets } from '../../src/app/secrets.ts'
import { digestDeps, openRoom } from '../../src/app/start.ts'
import { checkUnsubscribeKey, unsubscribeLinks } from '../../src/app/unsubscribe-desk.ts'
import { mailSubscriptionOf, unsubscribeToken } from '../../src/app/unsubscribe-links.ts'
import { startUnsubscribeServer } from '../../src/app/unsubscribe-server.ts'
import { issueEdition } from '../../src/jobs/index.ts'
import { presslark } from './command-line.ts'
import { sourceLine, writeDesk } from './local-desk.ts'

const key = 'a-key-of-the-test'
const start = Date.parse('2026-11-20T05:00:00Z')
const folder = writeDesk({
  presslark:
    'mail: {host: 127.0.0.1, port: 2525, from: press@desk.example}\nweb: {publicUrl: "https://press.example.org/desk/"}\n',
  sources: `sources:\n${sourceLine('good', 'http://127.0.0.1:8999/feed')}`,
  digests: `digests:
  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [ana@desk.example, ben@desk.example]}]}
  - {id: evening, name: المساء, language: ar, watchlist: all, schedule: "0 18 * * *", channels: [{email: [ana@desk.example]}]}
alerts:
  - {id: flash, name: Flash, topics: [bridge], channels: [{email: [ana@desk.example]}]}
`,
})

describe('an unsubscribe link', () => {
  let room: Awaited<ReturnType<typeof openRoom>>
  let origin = ''
  let close: () => void

  beforeAll(async () => {
    process.env['PRESSLARK_UNSUBSCRIBE_KEY'] = key
    room = await openRoom({ config: `${folder}/config`, now: start })
    const orders = () => [...room.desk().digests, ...room.desk().alerts]
    const { unsubscribes } = room.store
    const server = await startUnsubscribeServer({
      host: '127.0.0.1',
      port: 0,
      key,
      orders,
      unsubscribes,
      now: () => start,
    })
    const { port } = server.address() as AddressInfo // a TCP server that listens
    origin = `http://127.0.0.1:${port}`
    close = () => void server.close()
  })
  afterAll(() => {
    close()
    room.store.close()
    delete process.env['PRESSLARK_UNSUBSCRIBE_KEY']
  })

  const address = (digest: string, recipient: string) =>
    `${origin}/desk/unsubscribe/${unsubscribeToken(key, digest, recipient)}`
  const oneClick = (url: string, body = 'List-Unsubscribe=One-Click') =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

  test('B55 leads to the public address, says neither name nor digest, and differs for each', () => {
    const { unsubscribeUrl } = unsubscribeLinks(room)
    const link = unsubscribeUrl?.('morning', 'ana@desk.example')
    expect(link).toMatch(/^https:\/\/press\.example\.org\/desk\/unsubscribe\/[\w-]{43}$/)
    const tokens = ['morning ana@x', 'morning ben@x', 'evening ana@x'].map((pair) => {
      const [digest = '', recipient = ''] = pair.split(' ')
      return unsubscribeToken(key, digest, recipient)
    })
    expect(new Set(tokens).size).toBe(3)
    expect(unsubscribeToken('another key', 'morning', 'ana@x')).not.toBe(tokens[0])
  })

  test('B55 is known only as it is: nothing else, shorter or longer, is taken for it', () => {
    const { digests } = room.desk()
    const token = unsubscribeToken(key, 'morning', 'ana@desk.example')
    expect(mailSubscriptionOf(key, token, digests)).toMatchObject({ recipient: 'ana@desk.example' })
    const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`
    for (const other of [changed, token.slice(1), `${token}A`, ''])
      expect(mailSubscriptionOf(key, other, digests)).toBeUndefined()
  })

  test('D06 shows a page when it is followed, and unsubscribes nobody', async () => {
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await fetch(address('morning', 'ana@desk.example'), { method })
      expect(answer.status).toBe(200)
    }
    expect(room.store.unsubscribes.list()).toEqual([])
  })

  test('has room for a hundred connections, and for more as soon as one ends', async () => {
    const port = Number(new URL(origin).port)
    const dial = () => connect(port, '127.0.0.1').on('error', () => {}) // a reset says the same as an end
    const silent = Array.from({ length: 100 }, dial)
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    const answered = vi.fn()
    const refused = dial()
    refused.on('data', answered)
    refused.end('GET / HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n')
    await new Promise((resolve) => refused.on('close', resolve))
    expect(answered).not.toHaveBeenCalled()
    for (const socket of silent) socket.destroy()
    await vi.waitFor(async () => {
      const answer = await fetch(address('morning', 'ana@desk.example'))
      expect(answer.status).toBe(200)
    })
  })

  test('B54 comes with a page that loads and runs nothing, and cannot be framed', async () => {
    const answer = await fetch(address('evening', 'ana@desk.example'))
    const page = await answer.text()
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(page).toContain('<html lang="ar" dir="rtl">')
    const errors: string[] = []
    parse(page, { onParseError: ({ code }) => errors.push(code) })
    expect(errors).toEqual([])
  })

  test('D06 takes one click without a cookie, and the next edition goes to the others only', async () => {
    const answer = await oneClick(address('morning', 'ana@desk.example'))
    expect(answer.status).toBe(200)
    expect(room.store.unsubscribes.list()).toEqual([
      { digestId: 'morning', recipient: 'ana@desk.example', at: start },
    ])
    const [morning, evening] = room.desk().digests
    if (!morning || !evening) throw new Error('the desk has two digests')
    const deps = digestDeps(room, () => start)
    issueEdition(deps, morning, start + 7_200_000)
    issueEdition(deps, evening, start + 7_200_000)
    expect(room.store.deliveries.list(10).map(({ digestId, recipient }) => [digestId, recipient])).toEqual([
      ['evening', 'ana@desk.example'],
      ['morning', 'ben@desk.example'],
    ])
    expect((await oneClick(address('morning', 'ana@desk.example'))).status).toBe(200)
  })

  test('D06 of an alert leaves that alert', async () => {
    expect((await oneClick(address('flash', 'ana@desk.example'))).status).toBe(200)
    expect(room.store.unsubscribes.of('flash')).toContain('ana@desk.example')
    expect(room.store.unsubscribes.of('evening')).not.toContain('ana@desk.example')
    expect(room.store.unsubscribes.drop('flash', 'ana@desk.example')).toBe(true)
  })

  test('D06 takes the click as a form of parts as well', async () => {
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    const answer = await fetch(address('morning', 'ben@desk.example'), { method: 'POST', body: form })
    expect(answer.status).toBe(200)
    expect(room.store.unsubscribes.of('morning')).toContain('ben@desk.example')
    expect(room.store.unsubscribes.drop('morning', 'ben@desk.example')).toBe(true)
  })

  test.each([
    ['another body', 'x=y'],
    ['none', ''],
    ['more than any form of ours', `List-Unsubscribe=One-Click&x=${'x'.repeat(5000)}`],
  ])('takes no post with %s', async (_, body) => {
    expect((await oneClick(address('morning', 'ben@desk.example'), body)).status).toBe(400)
    expect(room.store.unsubscribes.of('morning')).not.toContain('ben@desk.example')
  })

  test.each(['/', '/unsubscribe/', `/unsubscribe/${'A'.repeat(43)}`, '/unsubscribe/%00', '/../etc/passwd'])(
    'B54 of %s finds nothing, and repeats nothing of it',
    async (path) => {
      const answer = await oneClick(`${origin}${path}`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('AAAA')
    },
  )

  test('B53 does not believe what proxies and clients claim about hosts', async () => {
    const answer = await fetch(address('morning', 'ben@desk.example'), {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '127.0.0.1' },
    })
    expect(await answer.text()).not.toContain('evil.example')
  })

  test('somebody who left can be taken back from the command line', async () => {
    const left = await presslark(['recipients', 'list'], folder)
    expect(left.stdout).toMatch(/morning +ana@desk\.example +2026-11-20 05:00 UTC/)
    const restored = await presslark(['recipients', 'restore', 'morning', 'ana@desk.example'], folder)
    expect(restored.code).toBe(0)
    expect(room.store.unsubscribes.list()).toEqual([])
  })
})

test('without its key no service starts: links that cannot be made are no surprise at eight', async () => {
  const config = await loadConfig(`${folder}/config`)
  expect(() => checkUnsubscribeKey({ config, secrets: loadSecrets(`${folder}/config`) })).toThrow(
    'PRESSLARK_UNSUBSCRIBE_KEY',
  )
})
