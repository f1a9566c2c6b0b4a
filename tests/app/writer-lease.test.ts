// Who has lost the right to write an archive writes nothing more to it.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeLease } from '../../src/app/writer-lease.ts'
import { openStore } from '../../src/store/index.ts'
import { fetched } from '../jobs/desk.ts'

test('a process that was asleep while another took over stores nothing of what it still has in hand', async () => {
  const store = openStore(join(mkdtempSync(join(tmpdir(), 'presslark-lease-')), 'p.db'))
  onTestFinished(() => store.close())
  const lease = takeLease(store)
  onTestFinished(() => lease?.release())
  const stored: string[] = []
  const { ingest } =
    lease?.guard({
      ingest: async ({ id }) => {
        stored.push(id)
        return []
      },
    }) ?? {}
  const keep = (id: string) => ingest?.({ name: 'ingest', id, feedId: 1, outcome: fetched(0, []) })
  await keep('before')
  const minuteLater = Date.now() + 61_000
  expect(store.serviceLock.hold('other:1', minuteLater)).toBe(true)
  await expect(keep('afterwards')).rejects.toThrow('other:1 writes to this database now')
  expect(stored).toEqual(['before'])
})
