// The outbox: one row per edition and recipient. A row is claimed before sending and settled after.
import type { Channel, EditionBodies } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { nextDeliveryTry } from './delivery-retry.ts'
import { withoutNulls } from './row.ts'

/** A delivery with what sending it needs; the bodies are the frozen bytes of its edition. */
export type DeliveryRow = {
  readonly id: number
  readonly editionId: number
  readonly digestId: string
  readonly number: number
  readonly windowUntil: Instant
  readonly createdAt: Instant
  readonly subject: string
  readonly timeZone: string
  readonly channel: Channel
  readonly recipient: string
  readonly idempotencyKey: string
  readonly messageId: string
  readonly state: 'pending' | 'sending' | 'sent' | 'failed' | 'uncertain'
  readonly attempts: number
  readonly nextTryAt: Instant
  readonly detail?: string
}

/** `onlyOpen`: without those that are sent. */
export type DeliveryFilter = { readonly digestId?: string; readonly onlyOpen?: boolean }

/** Selects what `toRow` reads; add a `where`. */
export const selectDeliveries = `select d.id, d.edition_id as editionId, e.digest_id as digestId, e.number, e.window_until as windowUntil,
    e.created_at as createdAt, e.subject, e.time_zone as timeZone, d.channel, d.recipient, d.idempotency_key as idempotencyKey,
    d.message_id as messageId, d.state, d.attempts, d.next_try_at as nextTryAt, d.detail
  from delivery d join edition e on e.id = d.edition_id`

/** Exactly the condition of the index delivery_due, so that SQLite can use it. */
const dueNow = `state in ('pending', 'sending', 'uncertain') and next_try_at <= @now and coalesce(lease_until, 0) <= @now`

/** A row of `selectDeliveries`. */
export function toRow(raw: unknown): DeliveryRow {
  const row = withoutNulls<Omit<DeliveryRow, 'channel'> & { readonly channel: string }>(raw)
  return { ...row, channel: JSON.parse(row.channel) }
}

/** The ledger of mails is worth an fsync each: FULL for this commit only. Not inside a transaction: SQLite refuses it there. */
function durably<T>(db: Db, write: () => T): T {
  db.pragma('synchronous = FULL')
  try {
    return write()
  } finally {
    db.pragma('synchronous = NORMAL')
  }
}

function afterwards(
  outcome: DeliveryOutcome,
  attempts: number,
  now: Instant,
): { readonly state: DeliveryRow['state']; readonly nextTryAt: Instant } {
  if (outcome.kind === 'sent') return { state: 'sent', nextTryAt: now }
  const nextTryAt = outcome.kind === 'permanent' ? undefined : nextDeliveryTry(attempts, now)
  if (nextTryAt === undefined) return { state: 'failed', nextTryAt: now }
  return { state: outcome.kind === 'uncertain' ? 'uncertain' : 'pending', nextTryAt }
}

function createClaim(db: Db) {
  const claim =
    db.prepare(`update delivery set state = 'sending', attempts = attempts + 1, lease_until = @leaseUntil
    where id = @id and ${dueNow}`)
  const one = db.prepare(`${selectDeliveries} where d.id = ?`)
  return (id: number, now: Instant, leaseMs: number): DeliveryRow | undefined =>
    durably(db, () =>
      claim.run({ id, now, leaseUntil: now + leaseMs }).changes === 1 ? toRow(one.get(id)) : undefined,
    )
}

function createSettle(db: Db) {
  const settle =
    db.prepare(`update delivery set state = @state, detail = @detail, next_try_at = @nextTryAt, lease_until = null,
    sent_at = iif(@state = 'sent', @now, sent_at) where id = @id`)
  return ({ id, attempts }: DeliveryRow, outcome: DeliveryOutcome, now: Instant): void =>
    durably(
      db,
      () => void settle.run({ id, now, detail: outcome.detail, ...afterwards(outcome, attempts, now) }),
    )
}

/** The row may be settled by its sender at this very moment, so it is asked again whether it is abandoned. */
function createSettleAbandoned(db: Db) {
  const abandoned = `state = 'sending' and lease_until <= @now`
  const select = db.prepare(`select id, attempts from delivery where ${abandoned}`)
  const settle =
    db.prepare(`update delivery set state = @state, detail = @detail, next_try_at = @nextTryAt, lease_until = null
    where id = @id and ${abandoned}`)
  const outcome = {
    kind: 'uncertain',
    detail: 'the process ended while it was sending; the message may have arrived',
  } as const
  return (now: Instant): void => {
    const rows = select.all({ now }) as readonly Pick<DeliveryRow, 'id' | 'attempts'>[] // two columns of a strict table
    for (const { id, attempts } of rows)
      settle.run({ id, now, detail: outcome.detail, ...afterwards(outcome, attempts, now) })
  }
}

/** The deliveries' part of the store. */
export function createDeliveryStore(db: Db) {
  const due = db
    .prepare(`select id from delivery where ${dueNow} order by next_try_at, id limit @limit`)
    .pluck()
  const one = db.prepare(`${selectDeliveries} where d.id = ?`)
  const list = db.prepare(`${selectDeliveries}
     where (@digestId is null or e.digest_id = @digestId) and (@onlyOpen = 0 or d.state <> 'sent')
     order by d.id desc limit @limit`)
  const again = db.prepare(
    `update delivery set state = 'pending', attempts = 0, next_try_at = ?, lease_until = null
      where id = ? and state in ('pending', 'uncertain', 'failed')`,
  )
  const giveUp = db.prepare(
    `update delivery set state = 'failed', detail = 'given up by hand', next_try_at = ? where id = ? and state in ('pending', 'uncertain')`,
  )
  const body = db.prepare('select body from edition_body where edition_id = ? and format = ?').pluck()
  return {
    /** The ids of deliveries whose time has come, longest waiting first. */
    due: (now: Instant, limit: number): readonly number[] => due.all({ now, limit }) as readonly number[], // one column of a strict table
    /** Marks a due delivery as being sent, durably, before the first byte leaves. Undefined: somebody else has it, it is done, or it must wait. */
    claim: createClaim(db),
    /** Writes down how it ended, and when to try again if it failed for the moment. */
    settle: createSettle(db),
    /**
     * Settles what was being sent by a process that is gone: it is repeated with the same Message-ID, at growing intervals, and
     * given up in the end, so that a delivery that kills its process does not kill one after the other for ever.
     */
    settleAbandoned: createSettleAbandoned(db),
    /** Due at once, with a fresh count of attempts; false when it is sent, being sent just now, or not there. */
    retry: (id: number, now: Instant): boolean => again.run(now, id).changes === 1,
    find: (id: number): DeliveryRow | undefined => {
      const row = one.get(id)
      return row === undefined ? undefined : toRow(row)
    },
    /** Gives up one that waits for another try; false when it is sent, being sent or given up already. */
    giveUp: (id: number, now: Instant): boolean => giveUp.run(now, id).changes === 1,
    /** The newest first. */
    list: (limit: number, { digestId, onlyOpen = false }: DeliveryFilter = {}): readonly DeliveryRow[] =>
      list.all({ limit, digestId: digestId ?? null, onlyOpen: onlyOpen ? 1 : 0 }).map(toRow),
    /** The frozen bytes of an edition; '' where it was not frozen in that form. */
    body: (editionId: number, format: keyof EditionBodies): string =>
      String(body.get(editionId, format) ?? ''),
  }
}
