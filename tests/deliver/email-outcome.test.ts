import { describe, expect, test } from 'vitest'
import { createDeliverer } from '../../src/deliver/index.ts'
import { channel, closers, fixture, settingsFor, sink } from './email-desk.ts'
import { messageFor } from './mail-message.ts'
import { droppingSink, echoingSink, type Stage, smtpSink } from './smtp-sink.ts'

describe('how a delivery ended', () => {
  test.each([
    [{ 'reader@example.org': 550 }, 'permanent'],
    [{ 'reader@example.org': 451 }, 'temporary'],
    [{ 'reader@example.org': 503 }, 'temporary'],
    [{ data: 554 }, 'permanent'],
    [{ data: 452 }, 'temporary'],
  ])('D19 a server that answers %j makes it %s', async (refusals, kind) => {
    const { port } = await sink(refusals)
    const outcome = await createDeliverer({ email: settingsFor(port) }).deliver(messageFor(channel))
    expect(outcome.kind).toBe(kind)
  })

  test.each<[Stage, string]>([
    ['greeting', 'temporary'],
    ['EHLO', 'temporary'],
    ['MAIL', 'temporary'],
    ['RCPT', 'temporary'],
    ['DATA', 'temporary'],
    ['end', 'uncertain'],
  ])('a connection lost at %s makes it %s (C09)', async (stage, kind) => {
    const { port, close } = await droppingSink(stage)
    closers.push(close)
    const outcome = await createDeliverer({ email: settingsFor(port) }).deliver(messageFor(channel))
    expect(outcome.kind).toBe(kind)
  })

  test('a connection lost in the middle of a long message makes it temporary', async () => {
    const { port, close, stored } = await droppingSink('message')
    closers.push(close)
    const text = 'a line of the edition\n'.repeat(400_000)
    const bodies = { ...messageFor(channel).bodies, text }
    const outcome = await createDeliverer({ email: settingsFor(port) }).deliver(
      messageFor(channel, { bodies }),
    )
    expect(outcome.kind).toBe('temporary')
    expect(stored).toEqual([])
  })

  test('a server that is not there makes it temporary', async () => {
    const { port, close } = await smtpSink()
    await close()
    const outcome = await createDeliverer({ email: settingsFor(port) }).deliver(messageFor(channel))
    expect(outcome).toMatchObject({ kind: 'temporary' })
  })

  test.each([
    ['PLAIN', 'a+/secret?'],
    ['LOGIN', 'a+/secret?'],
    ['PLAIN', 'pässwort'],
  ])('a server that repeats AUTH %s learns nothing to our log', async (method, password) => {
    const { port, close } = await echoingSink(method)
    closers.push(close)
    const settings = settingsFor(port, { user: 'desk', password })
    const deliverer = createDeliverer({ email: settings })
    const { kind, detail } = await deliverer.deliver(messageFor(channel))
    const [check] = await deliverer.verify()
    expect(kind).toBe('temporary')
    for (const told of [detail, check?.detail ?? '']) {
      expect(told).toContain('***')
      for (const form of [`\0desk\0${password}`, password])
        expect(told).not.toContain(Buffer.from(form).toString('base64').slice(0, 9))
      expect(told).not.toContain(password)
    }
  })

  test('a refused login is temporary, and its detail does not hold the password', async () => {
    const { port } = await sink(
      {},
      { authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(null, {}) },
    )
    const email = settingsFor(port, { user: 'desk', password: 'hunter2-secret' })
    const outcome = await createDeliverer({ email }).deliver(messageFor(channel))
    expect(outcome.kind).toBe('temporary')
    expect(outcome.detail).not.toContain('hunter2-secret')
  })

  test('D20 a server without STARTTLS gets nothing when TLS is required', async () => {
    const { port, received } = await sink()
    const outcome = await createDeliverer({ email: settingsFor(port, { tls: 'starttls' }) }).deliver(
      messageFor(channel),
    )
    expect(outcome.kind).toBe('temporary')
    expect(received).toEqual([])
  })

  const tlsSink = { disabledCommands: [], key: fixture('sink-key.pem'), cert: fixture('sink-cert.pem') }

  test.each([
    ['starttls', false],
    ['implicit', true],
  ] as const)('over %s, a server that a known authority vouches for gets the mail', async (tls, secure) => {
    const { port, received } = await sink({}, { ...tlsSink, secure })
    const email = settingsFor(port, { tls, authority: fixture('sink-cert.pem') })
    expect((await createDeliverer({ email }).deliver(messageFor(channel))).kind).toBe('sent')
    expect(received).toHaveLength(1)
  })

  test.each(['starttls', 'implicit'] as const)(
    'D20 over %s, a certificate that nobody vouches for fails closed and says so',
    async (tls) => {
      const { port, received } = await sink({}, { ...tlsSink, secure: tls === 'implicit' })
      const outcome = await createDeliverer({ email: settingsFor(port, { tls }) }).deliver(
        messageFor(channel),
      )
      expect(outcome.kind).toBe('temporary')
      expect(outcome.detail).toMatch(/certificate/i)
      expect(received).toEqual([])
    },
  )

  test('a channel without settings fails for good and says what is missing', async () => {
    expect(await createDeliverer({}).deliver(messageFor(channel))).toEqual({
      kind: 'permanent',
      detail: 'not configured: mail.host',
    })
  })
})

describe('verifying', () => {
  test('says that a server accepts us, and sends nothing', async () => {
    const { port, received } = await sink()
    const checks = await createDeliverer({ email: settingsFor(port) }).verify()
    expect(checks).toEqual([{ kind: 'email', ok: true, detail: `127.0.0.1:${port} accepts us` }])
    expect(received).toEqual([])
  })

  test('says why it does not', async () => {
    const { port, close } = await droppingSink('EHLO')
    closers.push(close)
    const [check] = await createDeliverer({ email: settingsFor(port) }).verify()
    expect(check?.ok).toBe(false)
    expect(check?.detail).not.toBe('')
  })
})
