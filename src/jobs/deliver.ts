// One delivery of the outbox: claimed durably, sent, settled. The bytes are those the edition was frozen with.
import type { Deliverer } from '../deliver/index.ts'
import type { EditionFormat } from '../model/digest.ts'
import type { Job, JobOf } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from '../store/index.ts'
import { type Desk, orderName } from './desk.ts'

export type DeliverDeps = {
  readonly store: Store
  readonly deliverer: Pick<Deliverer, 'deliver'>
  readonly desk: () => Desk
  readonly now: () => Instant
}

/** Nobody else sends while this runs; a crash in the middle is tried again afterwards, with the same Message-ID. */
const leaseMs = 10 * 60_000

/** YYYY-MM-DD as the digest's readers write it. */
function localDay(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', { timeZone, dateStyle: 'short' }).format(at)
}

/** The handler of deliver jobs. */
export function createDeliverHandler({ store, deliverer, desk, now }: DeliverDeps) {
  return async ({ deliveryId }: JobOf<'deliver'>): Promise<readonly Job[]> => {
    const row = store.deliveries.claim(deliveryId, now(), leaseMs)
    if (row === undefined) return []
    const body = (format: EditionFormat): string => store.deliveries.body(row.editionId, format)
    const outcome = await deliverer.deliver({
      channel: row.channel,
      ...(row.channel.kind === 'email' ? { recipient: row.recipient } : {}),
      digestId: row.digestId,
      digestName: orderName(desk(), row.digestId),
      number: row.number,
      subject: row.subject,
      messageId: row.messageId,
      idempotencyKey: row.idempotencyKey,
      date: row.createdAt, // issued just before it is sent, and the same for every attempt
      day: localDay(row.windowUntil, row.timeZone),
      bodies: { md: body('md'), html: body('html'), text: body('text'), json: body('json') },
    })
    store.deliveries.settle(row, outcome, now())
    return []
  }
}
