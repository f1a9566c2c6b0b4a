import { readFileSync } from 'node:fs'
import { afterEach, expect } from 'vitest'
import { createDeliverer, type DeliveryMessage, type EmailSettings } from '../../src/deliver/index.ts'
import { messageFor } from './mail-message.ts'
import { type Received, smtpSink } from './smtp-sink.ts'

export const channel = { kind: 'email', to: ['reader@example.org'] } as const
export const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/delivery/${name}`, import.meta.url), 'utf8')
export const hostile = JSON.parse(fixture('email-subject-injection.json')) as {
  subjects: string[]
  recipients: string[]
} // the fixture's own shape

export const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

export function settingsFor(port: number, details: Partial<EmailSettings> = {}): EmailSettings {
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

export async function sink(...details: Parameters<typeof smtpSink>) {
  const made = await smtpSink(...details)
  closers.push(made.close)
  return made
}

export async function sent(
  message: Partial<DeliveryMessage> = {},
  details: Partial<EmailSettings> = {},
): Promise<Received> {
  const { port, received } = await sink()
  const deliverer = createDeliverer({ email: settingsFor(port, details) })
  const outcome = await deliverer.deliver(messageFor(channel, message))
  await deliverer.close() // the connection is kept for the next mail, and the sink would wait for it
  expect(outcome.kind).toBe('sent')
  const [mail] = received
  if (!mail) throw new Error('the sink received nothing')
  return mail
}
