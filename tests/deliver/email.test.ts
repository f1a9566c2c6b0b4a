import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createDeliverer } from '../../src/deliver/index.ts'
import { SHORTENED_MARK } from '../../src/pipeline/shortened-mark.ts'
import { displayLine } from '../../src/text/display-line.ts'
import { channel, hostile, sent, settingsFor, sink } from './email-desk.ts'
import { messageFor } from './mail-message.ts'
import { headerLines, parsedMail } from './smtp-sink.ts'

describe('a mail', () => {
  test('D01 holds the text first and the HTML second, both as they were rendered', async () => {
    const mail = await sent()
    const parsed = await parsedMail(mail)
    expect(parsed.text?.trim()).toBe('Morning desk – صباح')
    expect(parsed.html?.trim()).toBe('<p>Morning desk – صباح</p>')
    expect(mail.raw).toMatch(/Content-Type: multipart\/alternative/)
    expect(mail.raw.indexOf('text/plain')).toBeLessThan(mail.raw.indexOf('text/html'))
    expect(mail.raw.match(/charset=utf-8/g)).toHaveLength(2)
  })

  test('D01 keeps every line within 76 characters, however long a line of the edition is', async () => {
    const { raw } = await sent({
      bodies: { md: '', json: '', html: `<p>${'صباح '.repeat(2000)}</p>`, text: 'x'.repeat(5000) },
    })
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
  })

  test('D07 names itself automatic, so that nobody is away in answer to it', async () => {
    const headers = headerLines(await sent())
    expect(headers).toContain('Auto-Submitted: auto-generated')
    expect(headers).toContain('X-Auto-Response-Suppress: All')
  })

  test('D03 D04 D08 carries the Message-ID and the date it was given, and nothing that ties it to other days', async () => {
    const mail = await sent()
    const parsed = await parsedMail(mail)
    expect(parsed.messageId).toBe('<morning.12.a1b2c3@desk.example>')
    expect(parsed.date).toBe('2026-11-22T03:05:00.000Z')
    expect(headerLines(mail).filter((line) => /^(?:References|In-Reply-To):/i.test(line))).toEqual([])
  })

  test('D03 is the same to the byte when it is sent again', async () => {
    const { port, received } = await sink()
    const deliverer = createDeliverer({ email: settingsFor(port) })
    await deliverer.deliver(messageFor(channel))
    await deliverer.deliver(messageFor(channel))
    expect(received).toHaveLength(2)
    expect(received[1]?.raw).toBe(received[0]?.raw)
  })

  test('D05 has one List-Unsubscribe header, the link first, and a List-Id', async () => {
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

  test('ends with a link to leave by, in the language of the digest, in both its parts', async () => {
    const link = 'https://desk.example/u/abc?a=1&b=2'
    const bodies = { ...messageFor(channel).bodies, html: '<body><p>x</p></body>' }
    const { text, html } = await parsedMail(await sent({ unsubscribeUrl: link, language: 'fa', bodies }))
    expect(text?.trim().endsWith(`لغو اشتراک: ${link}`)).toBe(true)
    expect(html).toMatch(/<p .*lang="fa" dir="rtl".*href="https:.*a=1&amp;b=2".*>لغو اشتراک<.*<\/body>/s)
  })

  test('offers the address when there is no page, after a template without a body', async () => {
    const { text, html } = await parsedMail(await sent({}, { unsubscribeMailto: 'desk@desk.example' }))
    expect(text).toContain('Unsubscribe: mailto:desk@desk.example?subject=unsubscribe')
    expect(html).toMatch(/صباح<\/p>\s*<p .*href="mailto:desk@desk\.example\?subject=unsubscribe"/s)
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

  test('D08 goes to one address, from the address that takes bounces', async () => {
    const mail = await sent(
      { channel: { kind: 'email', to: ['a@example.org', 'b@example.org'] }, recipient: 'b@example.org' },
      { envelopeFrom: 'bounces@desk.example', replyTo: 'editor@desk.example' },
    )
    expect(mail).toMatchObject({ from: 'bounces@desk.example', to: ['b@example.org'] })
    expect(headerLines(mail)).toContain('Reply-To: editor@desk.example')
    expect(headerLines(mail)).toContain('From: Presslark <desk@desk.example>')
  })

  test('D09 brings the whole edition along when its HTML had to be shortened', async () => {
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

  test('D21 is signed by DKIM, the List headers included, when there is a key', async () => {
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
    'B35 number %# of the hostile ones stays one subject and adds no header',
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

  test('D17 keeps the isolates that a mixed-direction subject needs', async () => {
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
  test.each(recipients)('B36 recipient %j is refused before any connection', async (recipient) => {
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
