// A10: killed with -9 anywhere in an ingest, a feed never remembers validators of items that it lost.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openDesk } from './desk.ts'

const lanes = 3 // at a time: most of a round is the start of a process
const killsPerLane = 10

/** Ingests a feed that grows by seven entries a poll, under the ETag "n" at its n-th poll, until it is killed. */
const ingesting = `import { writeSync } from 'node:fs'
  import { fetched, item, openDesk } from './tests/jobs/desk.ts'
  const { ingest, store } = openDesk(process.argv[1])
  const known = Number((store.feeds.find(1).validators.etag ?? '0').replaceAll('"', ''))
  for (let poll = known + 1; ; poll++) {
    const items = Array.from({ length: poll * 7 }, (_, n) => item('g' + n, 'Report ' + n + ' on ferry ' + n * n, { summary: 'word' + n + ' '.repeat(9) })).slice(-70)
    await ingest(1, { ...fetched(poll, items.reverse()), validators: { etag: '"' + poll + '"' } })
    writeSync(1, '.')
  }`

/** Lets a process ingest so many polls and some milliseconds more, which is in the middle of another. */
async function ingestAndDie(path: string, polls: number, moreMs: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', ingesting, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(path), 'compiled') },
  })
  let done = 0
  child.stdout.on('data', (dots: Buffer) => {
    done += dots.length
    if (done >= polls) setTimeout(() => child.kill('SIGKILL'), moreMs)
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
}

/** The number of entries that the stored ETag stands for, and of those that are stored. */
function promisedAndKept(path: string): readonly [number, number] {
  const db = new Database(path)
  const etag = String(db.prepare('select coalesce(etag, 0) from feed where id = 1').pluck().get())
  const promised = Number(etag.replaceAll('"', '')) * 7
  const kept = db
    .prepare('select count(*) from sighting where feed_id = 1 and cast(substr(item_key, 2) as integer) < ?')
    .pluck()
    .get(promised)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  return [promised, Number(kept)]
}

async function killInLane(lane: number): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'presslark-killed-')), 'p.db')
  openDesk(path).store.close()
  let last = 0
  for (let kill = 0; kill < killsPerLane; kill++) {
    await ingestAndDie(path, 1 + (kill % 3), ((lane * killsPerLane + kill) * 37) % 50)
    const [promised, kept] = promisedAndKept(path)
    expect(kept).toBe(promised)
    expect(promised).toBeGreaterThan(last)
    last = promised
  }
}

it(`every entry under the stored ETag is there after each of ${lanes * killsPerLane} kills (A10)`, async () => {
  await Promise.all(Array.from({ length: lanes }, (_, lane) => killInLane(lane)))
}, 120_000)
