// Stories: groups of articles about one event. Their ids never change.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** The stories' part of the store. */
export function createStoryStore(db: Db) {
  const create = db.prepare('insert into story (created_at) values (?)')
  return {
    create: (at: Instant): number => Number(create.run(at).lastInsertRowid),
  }
}
