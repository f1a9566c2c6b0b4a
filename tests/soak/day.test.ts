// A day as `npm run soak -- day` lives it, with fewer feeds, and with kills in fewer hours.
import { describe, expect, test } from 'vitest'
import { simulateDay } from './day-rounds.ts'

const limitMs = 240_000 // a machine may be busy with other things

describe.concurrent('a simulated day of a desk of whose feeds every fifth misbehaves', () => {
  test(
    'leaves no descriptor, no handle, no listener and no growing log behind, and keeps every report (C41)',
    async () => {
      const day = await simulateDay({ hours: 12, feeds: 12, seed: 1, withKills: false })
      expect(day.complaints).toEqual([])
      expect(day).toMatchObject({ mails: day.editions, repeatedMails: 0 })
      expect(day.editions).toBeGreaterThanOrEqual(12)
      expect(day.misbehaved).toBeGreaterThan(12)
      const second = day.samples[2]
      const last = day.samples.at(-1)
      expect(last?.listeners).toBe(second?.listeners)
      const sockets = 12 // kept connections to feeds come and go
      expect(last?.descriptors ?? 99).toBeLessThanOrEqual((second?.descriptors ?? 0) + sockets)
      expect(last?.resources ?? 99).toBeLessThanOrEqual((second?.resources ?? 0) + 4)
      expect(Math.max(...day.samples.map(({ walMiB }) => walMiB))).toBeLessThan(64)
    },
    limitMs,
  )

  test(
    'keeps every report once and issues every edition once though it is killed in every hour (C01)',
    async () => {
      const seed = Date.now() % 1_000_000
      const { complaints, kills, editions } = await simulateDay({
        hours: 3,
        feeds: 10,
        seed,
        withKills: true,
      })
      expect({ seed, complaints }).toEqual({ seed, complaints: [] })
      expect(kills).toBe(3)
      expect(editions).toBeGreaterThanOrEqual(3)
    },
    limitMs,
  )
})
