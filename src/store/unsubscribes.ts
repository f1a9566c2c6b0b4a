// Who no longer wants a digest by mail.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

export type Unsubscribe = { readonly digestId: string; readonly recipient: string; readonly at: Instant }

/** The unsubscribes' part of the store. */
export function createUnsubscribeStore(db: Db) {
  const add = db.prepare(
    'insert into unsubscribe (digest_id, recipient, at) values (?, ?, ?) on conflict do nothing',
  )
  const drop = db.prepare('delete from unsubscribe where digest_id = ? and recipient = ?')
  const of = db.prepare('select recipient from unsubscribe where digest_id = ?').pluck()
  const list = db.prepare(
    'select digest_id as digestId, recipient, at from unsubscribe order by at, recipient',
  )
  return {
    /** From the next edition on. Repeating it changes nothing. */
    add: (digestId: string, recipient: string, now: Instant): void => void add.run(digestId, recipient, now),
    /** Takes somebody back; false when they were not gone. */
    drop: (digestId: string, recipient: string): boolean => drop.run(digestId, recipient).changes === 1,
    of: (digestId: string): ReadonlySet<string> => new Set(of.all(digestId) as string[]), // one text column of a strict table
    list: (): readonly Unsubscribe[] => list.all() as readonly Unsubscribe[], // the columns named above
  }
}
