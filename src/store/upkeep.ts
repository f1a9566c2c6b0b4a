// What looks after a running desk: what a monitor asks, what waits, what is forgotten, what a wrong clock put off.
import { createBacklog } from './backlog.ts'
import { createClockAhead } from './clock-ahead.ts'
import type { Db } from './connection.ts'
import { createGauges } from './gauges.ts'
import { createRetention } from './retention.ts'

/** The upkeep's part of the store. */
export function createUpkeep(db: Db, path: string) {
  return {
    /** What a monitor asks every few seconds. */
    gauges: createGauges(db, path),
    /** What waits, and what was given up. */
    backlog: createBacklog(db),
    ...createClockAhead(db),
    ...createRetention(db),
  }
}
