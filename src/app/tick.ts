// The tick that wakes the schedule. What is due stands in SQLite, so a late, lost or failed tick loses nothing.
import type { Log } from './observe.ts'

export type Ticking = { readonly stop: () => Promise<void> }

const everyQuarterMinute = '*/15 * * * * *'
// node-cron drops a run that comes more than a second late, unless it is told to be patient.
const patienceMs = 60_000
const nothing = (): void => undefined
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing } // what matters of it we log ourselves

/**
 * Calls `tick` at once and then in the given rhythm (cron with seconds). One that takes longer than that is not joined by a
 * second; the skipped ones are counted. A tick that fails is told once until one succeeds again, since a Redis that is away
 * fails them all.
 */
export async function startTicking(
  tick: () => Promise<void>,
  log: Log,
  rhythm: string = everyQuarterMinute,
): Promise<Ticking> {
  const { schedule } = await import('node-cron')
  const calm = createCalmTick(tick, log)
  let skipped = 0
  await calm()
  const task = schedule(rhythm, calm, {
    noOverlap: true,
    missedExecutionTolerance: patienceMs,
    logger: silent,
  })
  task.on('execution:overlap', () => log.warn({ skipped: ++skipped }, 'a tick took longer than its interval'))
  return { stop: async () => void (await task.stop()) }
}

function createCalmTick(tick: () => Promise<void>, log: Log): () => Promise<void> {
  let trouble: string | undefined
  return async () => {
    try {
      await tick()
      if (trouble !== undefined) log.info({ after: trouble }, 'ticks work again')
      trouble = undefined
    } catch (error) {
      const line = lineOf(error)
      if (line !== trouble) log.error({ error: line }, 'tick failed; it is tried again until it works')
      trouble = line
    }
  }
}

/** What is wrong with its remedy, where it has one, in one line. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'hint' in error && typeof error.hint === 'string' ? `${error.message}: ${error.hint}` : error.message
}
