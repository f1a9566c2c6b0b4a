import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneRound } from '../../src/app/daily.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../../src/app/start.ts'
import { plan } from '../../src/jobs/index.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

type Received = { readonly to: readonly string[]; readonly raw: string }

/** A real SMTP sink: keeps what it accepts; refuses `refused@` for good and `later@` for now. */
async function startSink() {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.startsWith('refused@')
          ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
          : address.startsWith('later@')
            ? Object.assign(new Error('come back later'), { responseCode: 451 })
            : null,
      ),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { received, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

const start = Date.parse('2026-11-20T05:00:00Z')

describe('a morning with e-mail', () => {
  let sink: Awaited<ReturnType<typeof startSink>>
  let local: LocalServer
  let room: Awaited<ReturnType<typeof openRoom>>
  let clock = start
  const now = (): number => clock
  let round: () => Promise<void>
  let close: () => Promise<void>

  beforeAll(async () => {
    sink = await startSink()
    local = await listen((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(rss('Good', [{ id: 'a', title: 'Harvest begins in Basra', text: 'البصرة' }])),
    )
    const folder = writeDesk({
      presslark: `http: {timeout: 10s}\nmail: {host: 127.0.0.1, port: ${sink.port}, secure: none, from: "Presslark <press@desk.example>", unsubscribe: "mailto:stop@desk.example"}\n`,
      sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}`,
      digests:
        'digests:\n  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [ana@desk.example, refused@desk.example, later@desk.example]}, {file: "{digest}-{date}.md", format: md}]}\n',
    })
    room = await openRoom({ config: `${folder}/config`, now: clock })
    const outside = createOutside(room, { perHostGapMs: 0 })
    const handlers = await createHandlers(room, outside, {}, { now })
    const runner = await createRunner(room.config, handlers, {})
    round = () => oneRound(room, runner, now)
    close = async () => {
      await runner.stop()
      await outside.fetcher.close()
      await outside.deliverer.close()
      room.store.close()
    }
    await round()
    clock = Date.parse('2026-11-20T07:00:10Z')
    await round()
  }, 60_000)
  afterAll(async () => {
    await close()
    await local.close()
    await sink.close()
  })

  it('sends each recipient one message of their own', () => {
    expect(sink.received.map(({ to }) => to)).toEqual([['ana@desk.example']])
  })

  it('sends a message that mail programs can read, with text first and a stable id', async () => {
    const mail = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(mail.from).toMatchObject({ name: 'Presslark', address: 'press@desk.example' })
    expect(mail.subject).toContain('Morning')
    expect(mail.text).toContain('Harvest begins in Basra')
    expect(mail.html).toContain('Harvest begins in Basra')
    expect(mail.messageId).toMatch(/^<morning\.\d+\.[0-9a-f]{16}@desk\.example>$/)
    expect(sink.received[0]?.raw).toMatch(/^List-Unsubscribe: <mailto:stop@desk\.example/m)
    expect(sink.received[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m)
  })

  it('knows the refused recipient from the one who got it (C07)', () => {
    const states = room.store.deliveries.list(10).map(({ recipient, state }) => [recipient, state])
    expect(Object.fromEntries(states)).toEqual({
      'ana@desk.example': 'sent',
      'refused@desk.example': 'failed',
      'later@desk.example': 'pending',
      '{digest}-{date}.md': 'sent',
    })
  })

  it('sends nothing twice, however often it looks', async () => {
    await round()
    clock += 3_600_000
    await round()
    expect(sink.received).toHaveLength(1)
    expect(plan(room.store, room.desk(), clock).filter((job) => job.name !== 'fetch')).toEqual([])
  })

  it('sends one edition for a gap of three days (C24)', async () => {
    clock = Date.parse('2026-11-23T09:00:00Z')
    await round()
    expect(
      room.store.editions.list('morning', 10).map((edition) => new Date(edition.window.until).toISOString()),
    ).toEqual(['2026-11-23T07:00:00.000Z', '2026-11-20T07:00:00.000Z'])
  })
})
