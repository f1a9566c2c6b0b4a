import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEcho, createIngestHandler } from '../../src/jobs/index.ts'
import { fetched, item, openDesk } from './desk.ts'

const at = Date.UTC(2026, 0, 24, 6)

test('recent articles are read when an entry has to be compared, and not for a feed without news', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'presslark-echo-')), 'p.db')
  const { store, desk, ingest } = openDesk(path)
  const outcome = fetched(at, [
    item('1', 'Wheat harvest begins in Nineveh', { summary: 'Early rain helped.' }),
  ])
  await ingest(1, outcome)

  const echo = createEcho(store, () => desk) // as after a restart
  const handler = createIngestHandler({
    store,
    echo,
    desk: () => desk,
    now: () => at + 1,
    random: () => 0,
    intervalMs: 1_800_000,
    detectLanguage: () => 'und',
  })
  const { url, durationMs, pace, validators } = outcome
  const quiet = {
    kind: 'not-modified',
    because: 'status-304',
    at,
    url,
    durationMs,
    pace,
    validators,
  } as const
  await handler({ name: 'ingest', id: 'quiet', feedId: 1, outcome: quiet })
  expect(echo.duplicates().size).toBe(0)
  await handler({ name: 'ingest', id: 'again', feedId: 2, outcome })
  expect(echo.duplicates().size).toBe(2) // the article that was there, and its copy
  store.close()
})

test('indexes are made once, with what was read of the archive', async () => {
  const { store, desk } = openDesk(join(mkdtempSync(join(tmpdir(), 'presslark-echo-')), 'p.db'))
  let asked = 0
  const echo = createEcho(store, () => {
    asked++ // whoever makes indexes asks what the desk listens for
    return desk
  })
  echo.follow(at)
  expect(asked).toBe(1)
  echo.writeReports([])
  expect(echo.stories()).toBe(echo.stories())
  expect(asked).toBe(1)
  store.close()
})
