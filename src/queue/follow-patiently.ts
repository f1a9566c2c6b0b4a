// Follow-ups go to Redis with patience.
import { setTimeout as pause } from 'node:timers/promises'
import { QueueError } from './queue-error.ts'

const followAttemptsMax = 30

/**
 * Enqueues follow-ups, with patience: the work is done, so a Redis that restarts or a full backlog is waited for, about
 * a minute long, before the job counts as failed and the schedule repeats it.
 */
export async function followPatiently(add: () => Promise<void>, givenUp: () => boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await add()
    } catch (error) {
      const final = !(error instanceof QueueError) || error.code === 'too-large'
      if (final || givenUp() || attempt >= followAttemptsMax) throw error
      await pause(Math.min(200 * attempt, 2_000))
    }
  }
}
