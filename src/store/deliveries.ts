// The outbox: one row per edition and recipient. A row is claimed before sending and settled after.
import type { Channel, EditionFormat } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

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

export type DeliveryStore = ReturnType<typeof createDeliveryStore>

const minuteMs = 60_000
const retryMinutes = [1, 2, 5, 15, 30, 60] // then hourly, up to 24 h after the first attempt
const attemptsMax = retryMinutes.length + 22

/** When to try again after `attempts` tries that failed for the moment; undefined: give up. */
export function nextDeliveryTry(attempts: number, now: Instant): Instant | undefined {
  if (attempts >= attemptsMax) return undefined
  return now + (retryMinutes[attempts - 1] ?? 60) * minuteMs
}

const columns = `d.id, d.edition_id as editionId, e.digest_id as digestId, e.number, e.window_until as windowUntil, e.created_at as createdAt, e.subject, e.composed ->> 'timeZone' as timeZone,
  d.channel, d.recipient, d.idempotency_key as idempotencyKey, d.message_id as messageId, d.state, d.attempts, d.next_try_at as nextTryAt, d.detail`

function toRow(raw: unknown): DeliveryRow {
  const row = Object.fromEntries(
    Object.entries(raw as object).filter(([, value]) => value !== null),
  ) as DeliveryRow & { channel: string }
  return { ...row, channel: JSON.parse(row.channel) }
}

/** The deliveries' part of the store. */
export function createDeliveryStore(db: Db) {
  const due = db
    .prepare(`select id from delivery where state in ('pending', 'sending', 'uncertain') and next_try_at <= @now
    and coalesce(lease_until, 0) <= @now order by next_try_at, id limit @limit`)
    .pluck()
  const claim =
    db.prepare(`update delivery set state = 'sending', attempts = attempts + 1, lease_until = @leaseUntil
    where id = @id and state in ('pending', 'sending', 'uncertain') and coalesce(lease_until, 0) <= @now`)
  const one = db.prepare(
    `select ${columns} from delivery d join edition e on e.id = d.edition_id where d.id = ?`,
  )
  const list = db.prepare(
    `select ${columns} from delivery d join edition e on e.id = d.edition_id order by d.id desc limit ?`,
  )
  const settle =
    db.prepare(`update delivery set state = @state, detail = @detail, next_try_at = @nextTryAt, lease_until = null,
    sent_at = case when @state = 'sent' then @now else sent_at end where id = @id`)
  const again = db.prepare(
    `update delivery set state = 'pending', attempts = 0, next_try_at = ?, lease_until = null where id = ? and state <> 'sent'`,
  )
  const body = db.prepare('select body from edition_body where edition_id = ? and format = ?').pluck()

  /** The ledger of mails is worth an fsync each: FULL for this commit only. */
  function durably<T>(write: () => T): T {
    db.pragma('synchronous = FULL')
    try {
      return write()
    } finally {
      db.pragma('synchronous = NORMAL')
    }
  }

  function outcomeState(outcome: DeliveryOutcome, attempts: number, now: Instant) {
    if (outcome.kind === 'sent') return { state: 'sent', nextTryAt: now }
    if (outcome.kind === 'permanent') return { state: 'failed', nextTryAt: now }
    const nextTryAt = nextDeliveryTry(attempts, now)
    if (nextTryAt === undefined) return { state: 'failed', nextTryAt: now }
    return { state: outcome.kind === 'uncertain' ? 'uncertain' : 'pending', nextTryAt }
  }
  return {
    due: (now: Instant, limit: number): readonly number[] => due.all({ now, limit }) as readonly number[],
    /** Marks a delivery as being sent, durably, before the first byte leaves. Undefined: somebody else has it, or it is done. */
    claim: (id: number, now: Instant, leaseMs: number): DeliveryRow | undefined =>
      durably(() =>
        claim.run({ id, now, leaseUntil: now + leaseMs }).changes === 1 ? toRow(one.get(id)) : undefined,
      ),
    settle: (row: DeliveryRow, outcome: DeliveryOutcome, now: Instant): void =>
      durably(
        () =>
          void settle.run({
            id: row.id,
            now,
            detail: outcome.detail,
            ...outcomeState(outcome, row.attempts, now),
          }),
      ),
    retry: (id: number, now: Instant): boolean => again.run(now, id).changes === 1,
    list: (limit: number): readonly DeliveryRow[] => list.all(limit).map(toRow),
    body: (editionId: number, format: EditionFormat): string => String(body.get(editionId, format) ?? ''),
  }
}
