// The daily program: a tick decides what is due, the runner does it. Stops cleanly and says what was kept.

import { plan } from '../jobs/index.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import type { Runner } from '../queue/index.ts'
import type { Log } from './observe.ts'
import { createFeedPublisher } from './publish-feeds.ts'
import type { Room } from './start.ts'
import { startTicking } from './tick.ts'

// A host is asked once a second, and a tick comes every fifteen: what exceeds that would only stand before other hosts' feeds.
const perHostPerTick = 15

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

/**
 * What a tick does: enqueues what is due, and of the feeds no more than the queue has room for; the others are due at the next.
 * Asks the queue first, so that nothing is claimed while it cannot be reached.
 */
export async function enqueueDue(room: Room, runner: Runner, now: Instant): Promise<void> {
  const feeds = await runner.room('fetch')
  await runner.enqueue(
    room.store.explaining(() => plan(room.store, room.desk(), now, { feeds, perHost: perHostPerTick })),
  )
}

/** Runs until `signal` arrives: a tick every 15 seconds, and the configuration read again when a file changes. */
export async function runUntilStopped(
  room: Room,
  runner: Runner,
  log: Log,
  signal: Promise<unknown>,
): Promise<void> {
  const { watchConfig } = await import('./watch-config.ts')
  const reload = watchConfig(room, log)
  const publish = createFeedPublisher(room)
  const ticking = await startTicking(async () => {
    await reload()
    await enqueueDue(room, runner, Date.now())
    publish(Date.now())
  }, log)
  await signal
  await ticking.stop()
}
