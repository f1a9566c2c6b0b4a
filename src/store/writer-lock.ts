// One running service per file: the row is held with a heartbeat, so that a crashed holder is succeeded after a minute.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

const staleMs = 60_000

/**
 * The lock's part of the store. `holder` is any text that names this process, such as `host:pid`.
 * A heartbeat from the future is stale too: the clock was set back since.
 */
export function createWriterLock(db: Db) {
  const take = db.prepare(`insert into service_lock (id, holder, heartbeat_at) values (1, @holder, @now)
    on conflict (id) do update set holder = excluded.holder, heartbeat_at = excluded.heartbeat_at
    where holder = @holder or heartbeat_at not between @now - @staleMs and @now + @staleMs`)
  const current = db.prepare('select holder from service_lock').pluck()
  const drop = db.prepare('delete from service_lock where holder = ?')
  return {
    /** True when this holder has the lock now; call again at least every half minute. */
    hold: (holder: string, now: Instant): boolean => take.run({ holder, now, staleMs }).changes === 1,
    holder: (): string | undefined => current.get() as string | undefined, // a text column
    release: (holder: string): void => void drop.run(holder),
  }
}
