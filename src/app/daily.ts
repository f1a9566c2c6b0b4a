// The daily program: a tick decides what is due, the runner does it. Stops cleanly and says what was kept.

import { plan } from '../jobs/index.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import type { Runner } from '../queue/index.ts'
import { CommandError, exitCodes } from './exit.ts'
import type { Log } from './observe.ts'
import { processName } from './process-name.ts'
import { createFeedPublisher } from './publish-feeds.ts'
import type { Room } from './start.ts'

/** Holds the file for this process. Throws CommandError when another service holds it. */
export function holdLock({ store }: Room, now: Instant): void {
  if (store.serviceLock.hold(processName(), now)) return
  throw new CommandError(
    `another presslark (${store.serviceLock.holder() ?? 'unknown'}) runs on this database`,
    'stop it first, or name another database in presslark.yaml',
    exitCodes.database,
  )
}

/** Enqueues everything that is due, and again until nothing more becomes due by itself. */
export async function oneRound(
  room: Room,
  runner: Runner,
  now: () => Instant,
  first: readonly Job[] = [],
): Promise<void> {
  await runner.enqueue(first)
  for (;;) {
    const jobs = plan(room.store, room.desk(), now())
    await runner.enqueue(jobs)
    await runner.idle()
    if (jobs.length === 0) return
  }
}

/** Runs until a signal arrives: a tick every 15 seconds, and the configuration read again when a file changes. */
export async function runUntilStopped(room: Room, runner: Runner, log: Log): Promise<void> {
  const { watchConfig } = await import('./watch-config.ts')
  const { schedule } = await import('node-cron')
  const reload = watchConfig(room, log)
  const publish = createFeedPublisher(room)
  const tick = async (): Promise<void> => {
    holdLock(room, Date.now())
    reload()
    await runner.enqueue(plan(room.store, room.desk(), Date.now()))
    publish(Date.now())
  }
  await tick()
  // The tick only wakes us; what is due stands in SQLite, so a late or lost tick loses nothing.
  const task = schedule(
    '*/15 * * * * *',
    () => tick().catch((error: unknown) => log.error({ error: String(error) }, 'tick failed')),
    {
      noOverlap: true,
      missedExecutionTolerance: 60_000,
    },
  )
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await task.stop()
}
