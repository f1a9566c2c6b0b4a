import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { createDeliverer, type DeliveryMessage, type EmailSettings } from '../../src/deliver/index.ts'
import { SHORTENED_MARK } from '../../src/pipeline/shortened-mark.ts'
import { displayLine } from '../../src/text/display-line.ts'
import { messageFor } from './mail-message.ts'
import { droppingSink, headerLines, parsedMail, type Received, type Stage, smtpSink } from './smtp-sink.ts'

const channel = { kind: 'email', to: ['reader@example.org'] } as const
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/delivery/${name}`, import.meta.url), 'utf8')
const hostile = JSON.parse(fixture('email-subject-injection.json')) as {
  subjects: string[]
  recipients: string[]
} // the fixture's own shape

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function settingsFor(port: number, details: Partial<EmailSettings> = {}): EmailSettings {
  return {
    host: '127.0.0.1',
    port,
    tls: 'none',
    from: 'desk@desk.example',
    fromName: 'Presslark',
    timeoutMs: 2000,
    ...details,
  }
}

async function sink(...details: Parameters<typeof smtpSink>) {
  const made = await smtpSink(...details)
  closers.push(made.close)
  return made
}

async function sent(
  message: Partial<DeliveryMessage> = {},
  details: Partial<EmailSettings> = {},
): Promise<Received> {
  const { port, received } = await sink()
  const outcome = await createDeliverer({ email: settingsFor(port, details) }).deliver(
    messageFor(channel, message),
  )
  expect(outcome.kind).toBe('sent')
  const [mail] = received
  if (!mail) throw new Error('the sink received nothing')
  return mail
}

describe('a mail', () => {
  test('holds the text first and the HTML second, both as they were rendered', async () => {
    const mail = await sent()
    const parsed = await parsedMail(mail)
    expect(parsed.text?.trim()).toBe('Morning desk – صباح')
    expect(parsed.html?.trim()).toBe('<p>Morning desk – صباح</p>')
    expect(mail.raw).toMatch(/Content-Type: multipart\/alternative/)
    expect(mail.raw.indexOf('text/plain')).toBeLessThan(mail.raw.indexOf('text/html'))
    expect(mail.raw.match(/charset=utf-8/g)).toHaveLength(2)
  })

  test('keeps every line within 76 characters, however long a line of the edition is', async () => {
    const { raw } = await sent({
      bodies: { md: '', json: '', html: `<p>${'صباح '.repeat(2000)}</p>`, text: 'x'.repeat(5000) },
    })
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
  })

  test('names itself automatic, so that nobody is away in answer to it', async () => {
    const headers = headerLines(await sent())
    expect(headers).toContain('Auto-Submitted: auto-generated')
    expect(headers).toContain('X-Auto-Response-Suppress: All')
  })

  test('carries the Message-ID and the date it was given, and nothing that ties it to other days', async () => {
    const mail = await sent()
    const parsed = await parsedMail(mail)
    expect(parsed.messageId).toBe('<morning.12.a1b2c3@desk.example>')
    expect(parsed.date).toBe('2026-11-22T03:05:00.000Z')
    expect(headerLines(mail).filter((line) => /^(?:References|In-Reply-To):/i.test(line))).toEqual([])
  })

  test('is the same to the byte when it is sent again', async () => {
    const { port, received } = await sink()
    const deliverer = createDeliverer({ email: settingsFor(port) })
    await deliverer.deliver(messageFor(channel))
    await deliverer.deliver(messageFor(channel))
    expect(received).toHaveLength(2)
    expect(received[1]?.raw).toBe(received[0]?.raw)
  })

  test('has one List-Unsubscribe header, the link first, and a List-Id', async () => {
    const headers = headerLines(
      await sent(
        { unsubscribeUrl: 'https://desk.example/u/abc' },
        { unsubscribeMailto: 'desk@desk.example', listId: 'lists.desk.example' },
      ),
    )
    expect(headers.filter((line) => line.startsWith('List-Unsubscribe:'))).toEqual([
      'List-Unsubscribe: <https://desk.example/u/abc>, <mailto:desk@desk.example?subject=unsubscribe>',
    ])
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(headers).toContain('List-ID: "Morning desk" <morning.lists.desk.example>')
  })

  test('offers the page that everybody shares, without claiming that one click does it', async () => {
    const headers = headerLines(await sent({}, { unsubscribeUrl: 'https://desk.example/subscriptions' }))
    expect(headers.filter((line) => line.startsWith('List-'))).toEqual([
      'List-Unsubscribe: <https://desk.example/subscriptions>',
    ])
  })

  test('has no List headers unless they are configured', async () => {
    expect(headerLines(await sent()).filter((line) => /^List-/i.test(line))).toEqual([])
  })

  test('goes to one address, from the address that takes bounces', async () => {
    const mail = await sent(
      { channel: { kind: 'email', to: ['a@example.org', 'b@example.org'] }, recipient: 'b@example.org' },
      { envelopeFrom: 'bounces@desk.example', replyTo: 'editor@desk.example' },
    )
    expect(mail).toMatchObject({ from: 'bounces@desk.example', to: ['b@example.org'] })
    expect(headerLines(mail)).toContain('Reply-To: editor@desk.example')
    expect(headerLines(mail)).toContain('From: Presslark <desk@desk.example>')
  })

  test('brings the whole edition along when its HTML had to be shortened', async () => {
    const html = `<head>${SHORTENED_MARK}</head><p>Morning desk – صباح</p>`
    const mail = await sent({ bodies: { ...messageFor(channel).bodies, html } })
    const { attachments, text } = await parsedMail(mail)
    expect(attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['morning-2026-11-22.md', 'text/markdown'],
    ])
    const [attachment] = attachments
    expect(attachment?.content instanceof ArrayBuffer && Buffer.from(attachment.content).toString()).toBe(
      '# Morning desk\n',
    )
    expect(text?.trim()).toBe('Morning desk – صباح')
  })

  test('is signed by DKIM, the List headers included, when there is a key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const headers = headerLines(
      await sent(
        { unsubscribeUrl: 'https://desk.example/u/abc' },
        { listId: 'lists.desk.example', dkim: { domain: 'desk.example', selector: 'mail', privateKey: pem } },
      ),
    )
    const signature = headers.find((line) => line.startsWith('DKIM-Signature:'))?.toLowerCase()
    expect(signature).toContain('d=desk.example')
    expect(signature).toMatch(/h=[^;]*list-unsubscribe-post/)
    expect(signature).toMatch(/h=[^;]*list-id/)
  })
})

describe('a subject', () => {
  const subjects = [
    ...hostile.subjects,
    'x'.repeat(240),
    '\u2068صوت دجلة\u2069 – 🌊 water',
    'a\u0000\u001b[31mb',
  ]
  test.each(subjects)(
    'number %# of the hostile ones stays one subject and adds no header',
    async (subject) => {
      const mail = await sent({ subject })
      const parsed = await parsedMail(mail)
      const isolates = /[\u2066-\u2069]/g
      expect(parsed.subject?.replace(isolates, '').trim()).toBe(displayLine(subject.replace(isolates, '')))
      expect(headerLines(mail).filter((line) => /^subject:/i.test(line))).toHaveLength(1)
      expect(headerLines(mail).filter((line) => /^bcc:/i.test(line))).toEqual([])
      expect(mail.to).toEqual(['reader@example.org'])
    },
  )

  test('keeps the isolates that a mixed-direction subject needs', async () => {
    const { subject } = await parsedMail(await sent({ subject: '\u2068صوت دجلة\u2069 – 22 November' }))
    expect(subject).toBe('\u2068صوت دجلة\u2069 – 22 November')
  })
})

describe('what could inject a header or a recipient', () => {
  const recipients = [
    ...hostile.recipients,
    'a@x\r\nRCPT TO:<evil@y>',
    'a@x,b@y',
    '<a@x>',
    'a b@x',
    'ä@x.example',
    '',
  ]
  test.each(recipients)('recipient %j is refused before any connection', async (recipient) => {
    const deliverer = createDeliverer({ email: settingsFor(1) })
    await expect(deliverer.deliver(messageFor(channel, { recipient }))).rejects.toThrow(TypeError)
  })

  test.each([
    [{ messageId: '<a@b>\r\nBcc: evil@example.com' }],
    [{ unsubscribeUrl: 'javascript:alert(1)' }],
    [{ unsubscribeUrl: 'https://x/>,<mailto:evil@example.com' }],
    [{ channel: { kind: 'email', to: ['a@x.example', 'b@x.example'] } as const }],
  ])('%j is refused', async (details) => {
    const deliverer = createDeliverer({ email: settingsFor(1) })
    await expect(deliverer.deliver(messageFor(channel, details))).rejects.toThrow(TypeError)
  })

  test('a name with a line break stays a name', async () => {
    const headers = headerLines(await sent({}, { fromName: 'Desk\r\nBcc: evil@example.com' }))
    expect(headers.filter((line) => /^bcc:/i.test(line))).toEqual([])
  })
})

describe('how a delivery ended', () => {
  test.each([
    [{ 'reader@example.org': 550 }, 'permanent'],
    [{ 'reader@example.org': 451 }, 'temporary'],
    [{ data: 554 }, 'permanent'],
    [{ data: 452 }, 'temporary'],
  ])('a server that answers %j makes it %s', async (refusals, kind) => {
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
  ])('a connection lost at %s makes it %s', async (stage, kind) => {
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

  test('a server without STARTTLS gets nothing when TLS is required', async () => {
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

  test.each(['starttls', 'implicit', 'opportunistic'] as const)(
    'over %s, a certificate that nobody vouches for fails closed and says so',
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
