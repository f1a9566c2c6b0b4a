// The door of delivery: takes one rendered edition to one channel and says how that ended.
import type { DeliveryOutcome } from '../model/outcome.ts'
import { deliverEmail, verifyEmail } from './email.ts'
import type { EmailSettings } from './email-settings.ts'
import { deliverFile, verifyFolder } from './file.ts'
import type { ChannelCheck, DeliveryMessage } from './message.ts'
import { deliverWebhook, type WebhookSettings } from './webhook.ts'

export type { EmailSettings } from './email-settings.ts'
export type { ChannelCheck, DeliveryMessage } from './message.ts'
export type { HttpSend, WebhookSettings } from './webhook.ts'

/** What the channels need to work; a channel without its settings fails for good, saying so. */
export type DelivererSettings = {
  readonly email?: EmailSettings
  readonly file?: { readonly folder: string } // no file channel writes outside it
  readonly webhook?: WebhookSettings
  readonly stdout?: (text: string) => void // standard output when absent
}

export type Deliverer = {
  readonly deliver: (message: DeliveryMessage) => Promise<DeliveryOutcome>
  readonly verify: () => Promise<readonly ChannelCheck[]>
  readonly close: () => Promise<void>
}

/** Ready at once; nothing is opened before the first delivery. `close` waits for deliveries under way. */
export function createDeliverer(settings: DelivererSettings): Deliverer {
  const underWay = new Set<Promise<DeliveryOutcome>>()
  return {
    deliver: async (message) => {
      const delivery = deliver(message, settings)
      underWay.add(delivery)
      try {
        return await delivery
      } finally {
        underWay.delete(delivery)
      }
    },
    verify: () => verify(settings),
    close: async () => {
      await Promise.allSettled(underWay)
    },
  }
}

async function deliver(message: DeliveryMessage, settings: DelivererSettings): Promise<DeliveryOutcome> {
  const { channel, bodies } = message
  switch (channel.kind) {
    case 'email':
      return settings.email ? deliverEmail(message, settings.email) : missing('mail.host')
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
