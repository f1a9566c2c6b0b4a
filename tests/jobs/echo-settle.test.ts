import { expect, test } from 'vitest'
import { createEcho } from '../../src/jobs/index.ts'
import { fetched, item, openDesk } from './desk.ts'

const at = Date.UTC(2026, 0, 24, 6)
const reports = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const number = from + index
    return item(`g${number}`, `Village ${number} counts its ${number * 7} palm trees`, {
      url: `https://a.example/${number}`,
    })
  })

test('a desk that ends notes how its indexes stand when a start would have a thousand reports to take in, and not for a few', async () => {
  const { store, desk, ingest } = openDesk()
  await ingest(1, fetched(at, reports(0, 999)))
  const echo = createEcho(store, () => desk) // as the process that ends now knows them
  expect(echo.settle(at + 1)).toBe(false)
  expect(store.echo.snapshot()?.afterId).toBe(0) // nothing was compared: the archive was not even read
  echo.rebuild(at + 1)
  echo.settle(at + 1)
  expect(store.echo.snapshot()?.afterId).toBe(0)

  await ingest(2, fetched(at + 2, reports(999, 1_000)))
  echo.rebuild(at + 3)
  expect(echo.settle(at + 3)).toBe(true)
  expect(store.echo.snapshot()?.afterId).toBe(1_000)
  const next = createEcho(store, () => desk)
  next.rebuild(at + 4)
  expect(next.duplicates().size).toBe(echo.duplicates().size)
})
