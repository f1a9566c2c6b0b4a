import type { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createDeliverer } from '../../src/deliver/index.ts'
import { channel, sent, settingsFor, sink } from './email-desk.ts'
import { messageFor } from './mail-message.ts'
import { headerLines, parsedMail } from './smtp-sink.ts'

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const { bodies } = messageFor(channel)

describe('a mail', () => {
  test('D16 brings its logo along as an inline part, once, and names no other place for it', async () => {
    const html = `<img src="data:image/png;base64,${pixel}" alt="Desk"><img src="data:image/png;base64,${pixel}">`
    const mail = await sent({ bodies: { ...bodies, html } })
    const { html: shown, attachments } = await parsedMail(mail)
    expect(attachments).toMatchObject([{ mimeType: 'image/png', disposition: 'inline' }])
    const [picture] = attachments
    expect(Buffer.from(picture?.content as ArrayBuffer).toString('base64')).toBe(pixel) // postal-mime gives bytes
    const id = picture?.contentId?.replace(/[<>]/g, '')
    expect(shown?.match(/src="[^"]*"/g)).toEqual([`src="cid:${id}"`, `src="cid:${id}"`])
    expect(mail.raw).toMatch(/multipart\/related/)
  })

  test('D09 has the HTML that was cut for mail, and the whole edition in every other part', async () => {
    const mail = await sent({ bodies: { ...bodies, mail: '<p>cut</p>' } })
    const { html, text } = await parsedMail(mail)
    expect(html?.trim()).toBe('<p>cut</p>')
    expect(text?.trim()).toBe('Morning desk – صباح')
  })

  test('D04 belongs to the thread of its digest when that is asked for', async () => {
    const headers = headerLines(await sent({ thread: '<morning.thread.0123456789abcdef@desk.example>' }))
    expect(headers).toContain('In-Reply-To: <morning.thread.0123456789abcdef@desk.example>')
    expect(headers).toContain('References: <morning.thread.0123456789abcdef@desk.example>')
  })
})

describe('a connection', () => {
  test('is kept for the mails that follow, and closed when the deliverer is', async () => {
    let connections = 0
    const { port, received } = await sink(
      {},
      {
        onConnect: (_session, done) => {
          connections++
          done()
        },
      },
    )
    const deliverer = createDeliverer({ email: settingsFor(port) })
    for (let number = 0; number < 5; number++) await deliverer.deliver(messageFor(channel))
    await Promise.all([deliverer.deliver(messageFor(channel)), deliverer.deliver(messageFor(channel))])
    await deliverer.close()
    expect(received).toHaveLength(7)
    expect(connections).toBe(2) // as many as were under way at once
  })

  test('that the server refused one mail on takes the next', async () => {
    const { port, received } = await sink({ 'refused@example.org': 550 })
    const deliverer = createDeliverer({ email: settingsFor(port) })
    const refused = await deliverer.deliver(messageFor(channel, { recipient: 'refused@example.org' }))
    const next = await deliverer.deliver(messageFor(channel))
    await deliverer.close()
    expect([refused.kind, next.kind]).toEqual(['permanent', 'sent'])
    expect(received).toHaveLength(1)
  })

  test.each([
    ['before the message', { onRcptTo: () => undefined }, 'temporary'],
    ['after its last byte', { onData: (stream: Readable) => void stream.resume() }, 'uncertain'],
  ])(
    'on which the server says nothing more %s is broken off when the deliverer closes (C37)',
    async (_, silence, kind) => {
      const { port } = await sink({}, silence)
      const deliverer = createDeliverer({ email: settingsFor(port, { timeoutMs: 60_000 }) })
      const delivery = deliverer.deliver(messageFor(channel))
      await deliverer.close()
      expect((await delivery).kind).toBe(kind)
    },
  )
})
