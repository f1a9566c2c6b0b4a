import { expect, test } from 'vitest'
import { simulateHours } from './day.ts'

test('a simulated day leaves no handle, no listener and no growing log behind, and keeps every report (C41)', async () => {
  const samples = await simulateHours(12, 24)
  const [, second] = samples
  const last = samples.at(-1)
  expect(last?.articles).toBe(12 * (12 + 12)) // a dozen at first, and one every two hours
  expect(last?.listeners).toBe(second?.listeners)
  expect(last?.resources ?? 99).toBeLessThanOrEqual((second?.resources ?? 0) + 4) // sockets come and go
  expect(Math.max(...samples.map(({ walMiB }) => walMiB))).toBeLessThan(64)
}, 120_000)
