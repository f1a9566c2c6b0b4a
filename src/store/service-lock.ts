// One running service per file: the row is held with a heartbeat, so that a crashed holder is succeeded after a minute.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

const staleMs = 60_000

export type ServiceLock = ReturnType<typeof createServiceLock>

/** The lock's part of the store. `holder` is any text that names this process, such as `host:pid`. */
export function createServiceLock(db: Db) {
  const take = db.prepare(`insert into service_lock (id, holder, heartbeat_at) values (1, @holder, @now)
    on conflict (id) do update set holder = excluded.holder, heartbeat_at = excluded.heartbeat_at
    where holder = @holder or heartbeat_at < @stale`)
  const current = db.prepare('select holder from service_lock').pluck()
  const drop = db.prepare('delete from service_lock where holder = ?')
  return {
    /** True when this holder has the lock now; call again at least every half minute. */
    hold: (holder: string, now: Instant): boolean =>
      take.run({ holder, now, stale: now - staleMs }).changes === 1,
    holder: (): string | undefined => current.get() as string | undefined,
    release: (holder: string): void => void drop.run(holder),
  }
}
