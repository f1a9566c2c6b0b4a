// What is delivered: one edition, rendered and stored, on its way through one channel.
import type { Brief } from '../model/brief.ts'
import type { Channel, EditionBodies, EditionLanguage } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'

export type DeliveryMessage = {
  readonly channel: Channel
  readonly digestId: string
  readonly digestName: string
  readonly number: number
  readonly day: string // YYYY-MM-DD in the time zone of the digest
  readonly subject: string
  readonly messageId: string // `<local@domain>`, the same for every attempt
  readonly idempotencyKey: string // the same for every attempt
  readonly bodies: EditionBodies
  readonly brief?: Brief // the short form, for chat channels
  readonly date: Instant // for the Date header
  readonly recipient?: string // e-mail: one message goes to one address
  readonly unsubscribeUrl?: string // e-mail: https, for one click (RFC 8058)
  readonly language?: EditionLanguage // of what we say to the recipient ourselves; English when absent
  readonly thread?: string // e-mail: the Message-ID that ties all editions together
}

/** Whether a channel could be used right now. `detail` is one line without secrets. */
export type ChannelCheck = {
  readonly kind: Channel['kind']
  readonly ok: boolean
  readonly detail: string
}
