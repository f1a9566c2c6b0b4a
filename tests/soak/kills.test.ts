// C01, C02, C03: programs of a desk are killed with -9 at random moments; nothing served is lost or stored twice, no edition is
// lost or told twice. `npm run soak -- kills` does the same at fifty moments for each program.
import { describe, expect, test } from 'vitest'
import { killRounds } from './kill-rounds.ts'
import type { ProgramName } from './program.ts'

const limitMs = 240_000 // most of it is programs starting, which takes long on a busy machine

/** Prints the seed of what failed, which is the way to see it again. */
async function kill(victims: readonly ProgramName[]): Promise<void> {
  const seed = Date.now() % 1_000_000
  const { complaints, reports, editions } = await killRounds(victims, seed)
  expect({ seed, complaints }).toEqual({ seed, complaints: [] })
  expect(reports).toBeGreaterThanOrEqual(6 * (5 + victims.length))
  expect(editions).toBeGreaterThan(0)
}

describe.concurrent('a desk loses nothing and repeats nothing', () => {
  test(
    'when its one process is killed in the middle of fetching, writing and sending (C01)',
    async () => {
      await kill(['run', 'run', 'run'])
    },
    limitMs,
  )

  test(
    'when one of its four processes over Redis is killed after the other (C30)',
    async () => {
      await kill(['fetch', 'ingest', 'digest', 'scheduler'])
    },
    limitMs,
  )
})
