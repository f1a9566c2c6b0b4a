// The door of delivery: takes one rendered edition to one channel and says how that ended.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { DeliveryOutcome } from '../model/outcome.ts'
import { type ChatSettings, deliverChat } from './chat.ts'
import { createMailer, type Mailer, verifyEmail } from './email.ts'
import type { EmailSettings } from './email-settings.ts'
import { deliverFile, verifyFolder } from './file.ts'
import type { ChannelCheck, DeliveryMessage } from './message.ts'
import { deliverWebhook, type WebhookSettings } from './webhook.ts'

export type { EmailSettings } from './email-settings.ts'
export type { HttpSend } from './http-answer.ts'
export type { ChannelCheck, DeliveryMessage } from './message.ts'
export type { WebhookSettings } from './webhook.ts'

/** What the channels need to work; a channel without its settings fails for good, saying so. */
export type DelivererSettings = {
  readonly email?: EmailSettings
  readonly file?: { readonly folder: string } // no file channel writes outside it
  readonly webhook?: WebhookSettings
  readonly chat?: ChatSettings
  readonly stdout?: (text: string) => void // standard output when absent
}

export type Deliverer = {
  readonly deliver: (message: DeliveryMessage) => Promise<DeliveryOutcome>
  readonly verify: () => Promise<readonly ChannelCheck[]>
  readonly close: () => Promise<void>
}

// Whoever closes has let running deliveries finish already: what is still under way hangs.
const closeGraceMs = 500

/**
 * Ready at once; nothing is opened before the first delivery. `close` waits half a second for deliveries under way and then
 * breaks off the mails among them, whose outcome says so: a server that says nothing more would hold the process up for half a minute.
 */
export function createDeliverer(settings: DelivererSettings): Deliverer {
  const underWay = new Set<Promise<DeliveryOutcome>>()
  const mailer = settings.email && createMailer(settings.email)
  return {
    deliver: async (message) => {
      const delivery = deliver(message, settings, mailer)
      underWay.add(delivery)
      try {
        return await delivery
      } finally {
        underWay.delete(delivery)
      }
    },
    verify: () => verify(settings),
    close: async () => {
      const ended = Promise.allSettled(underWay)
      await Promise.race([ended, pause(closeGraceMs, undefined, { ref: false })])
      mailer?.close()
      await ended
      await nextTurn() // so that whoever waited for an outcome has it before the caller goes on
    },
  }
}

async function deliver(
  message: DeliveryMessage,
  settings: DelivererSettings,
  mailer: Mailer | undefined,
): Promise<DeliveryOutcome> {
  const { channel, bodies } = message
  switch (channel.kind) {
    case 'email':
      return mailer ? mailer.deliver(message) : missing('mail.host')
    case 'file':
      return settings.file
        ? deliverFile(message, channel, settings.file.folder)
        : missing('a folder for files')
    case 'webhook':
      return settings.webhook
        ? deliverWebhook(message, channel, settings.webhook)
        : missing('webhook settings')
    case 'stdout':
      ;(settings.stdout ?? writeOut)(bodies[channel.format])
      return { kind: 'sent', detail: 'standard output' }
    default:
      return settings.chat ? deliverChat(message, channel, settings.chat) : missing('chat settings')
  }
}

function writeOut(text: string): void {
  process.stdout.write(text)
}

function missing(what: string): DeliveryOutcome {
  return { kind: 'permanent', detail: `not configured: ${what}` }
}

async function verify({ email, file }: DelivererSettings): Promise<readonly ChannelCheck[]> {
  return Promise.all([...(email ? [verifyEmail(email)] : []), ...(file ? [verifyFolder(file.folder)] : [])])
}
