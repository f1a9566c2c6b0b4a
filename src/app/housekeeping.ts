// Keeps the log of fetches from growing for ever, and the schedule from following a clock that was wrong: a little every minute, so that
// nobody waits for it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Instant } from '../model/time.ts'
import type { Store } from '../store/index.ts'
import type { Log } from './observe.ts'
import type { Room } from './start.ts'
import { lineOf } from './tick.ts'

// 500 rows take 6 ms of CPU. Forty times that a minute clears a year of 500 feeds within eight hours, beside the daily work.
const everyMs = 60_000
const rowsPerCommit = 500
const commitsPerTurn = 40

/** Forgets fetches that are older than `keepMs`, and brings forward what a clock that was ahead put off; returns how many were forgotten. */
export async function keepHouse(
  { upkeep, explaining }: Pick<Store, 'upkeep' | 'explaining'>,
  keepMs: number,
  now: Instant,
): Promise<number> {
  explaining(() => {
    upkeep.forgetPauses(now)
    upkeep.bringForward(now)
  })
  let forgotten = 0
  for (let commits = 0; commits < commitsPerTurn; commits++) {
    const removed = explaining(() => upkeep.forgetFetches(now - keepMs, rowsPerCommit))
    forgotten += removed
    if (removed < rowsPerCommit) break
    await nextTurn()
  }
  return forgotten
}

/** Keeps house every minute until stopped. What fails is logged, and tried again a minute later. */
export function startHousekeeping({ store, config }: Room, log: Log): { readonly stop: () => Promise<void> } {
  let turn: Promise<unknown> | undefined
  const timer = setInterval(() => {
    turn ??= keepHouse(store, config.settings.keep.fetches, Date.now())
      .catch((error: unknown) => log.error({ error: lineOf(error) }, 'keeping house failed'))
      .finally(() => {
        turn = undefined
      })
  }, everyMs)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await turn
    },
  }
}
