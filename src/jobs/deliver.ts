// One delivery of the outbox: claimed durably, sent, settled. The bytes are those the edition was frozen with.
import type { Deliverer } from '../deliver/index.ts'
import type { Alert } from '../model/alert.ts'
import type { Channel, Digest, Edition, EditionBodies } from '../model/digest.ts'
import type { Job, JobOf } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import type { DeliveryRow, Store } from '../store/index.ts'
import { type Desk, orderOf } from './desk.ts'

export type DeliverDeps = {
  readonly store: Store
  readonly deliverer: Pick<Deliverer, 'deliver'>
  readonly desk: () => Desk
  readonly now: () => Instant
  readonly unsubscribeUrl?: UnsubscribeUrl // absent while no public address is configured
}
type UnsubscribeUrl = (digestId: string, recipient: string) => string

/** Nobody else sends while this runs; a crash in the middle is tried again afterwards, with the same Message-ID. */
const leaseMs = 10 * 60_000

/** YYYY-MM-DD as the digest's readers write it. */
function localDay(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', { timeZone, dateStyle: 'short' }).format(at)
}

function isChat({ kind }: Channel): boolean {
  return kind === 'slack' || kind === 'mattermost' || kind === 'telegram' || kind === 'ntfy'
}

function bodiesOf(store: Store, { editionId }: DeliveryRow): EditionBodies {
  const body = (format: keyof EditionBodies): string => store.deliveries.body(editionId, format)
  const mail = body('mail')
  return {
    md: body('md'),
    html: body('html'),
    text: body('text'),
    json: body('json'),
    ...(mail !== '' && { mail }),
  }
}

function editionOf(store: Store, { digestId, windowUntil }: DeliveryRow): Edition {
  const frozen = store.editions.read(digestId, windowUntil)
  if (frozen === undefined) throw new Error(`the edition of a delivery of ${digestId} is not in the archive`)
  return frozen.edition
}

/** The edition in the few lines that a chat shows; what words them is loaded for chats alone. */
async function briefFor(store: Store, row: DeliveryRow) {
  const { briefOf } = await import('../pipeline/brief.ts')
  return briefOf(editionOf(store, row))
}

/** To whom, how to stop it, and which thread: the Message-ID without its time names the same thread in every edition. */
function mailFields(
  { recipient, digestId, messageId }: DeliveryRow,
  order: Digest | Alert | undefined,
  unsubscribeUrl: UnsubscribeUrl | undefined,
) {
  return {
    recipient,
    ...(order && { language: order.language }),
    ...(unsubscribeUrl && { unsubscribeUrl: unsubscribeUrl(digestId, recipient) }),
    ...(order &&
      'thread' in order &&
      order.thread === true && { thread: messageId.replace(/\.\d+\.(?=[0-9a-f]{16}@)/, '.thread.') }),
  }
}

/** The handler of deliver jobs. */
export function createDeliverHandler({ store, deliverer, desk, now, unsubscribeUrl }: DeliverDeps) {
  return async ({ deliveryId }: JobOf<'deliver'>): Promise<readonly Job[]> => {
    const row = store.deliveries.claim(deliveryId, now(), leaseMs)
    if (row === undefined) return []
    const order = orderOf(desk(), row.digestId)
    const outcome = await deliverer.deliver({
      channel: row.channel,
      ...(row.channel.kind === 'email' ? mailFields(row, order, unsubscribeUrl) : {}),
      ...(isChat(row.channel) ? { brief: await briefFor(store, row) } : {}),
      digestId: row.digestId,
      digestName: order?.name ?? row.digestId,
      number: row.number,
      subject: row.subject,
      messageId: row.messageId,
      idempotencyKey: row.idempotencyKey,
      date: row.createdAt, // issued just before it is sent, and the same for every attempt
      day: localDay(row.windowUntil, row.timeZone),
      bodies: bodiesOf(store, row),
    })
    store.deliveries.settle(row, outcome, now())
    return []
  }
}
