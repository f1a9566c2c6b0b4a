// Is the database sound, can it be written now, is there room for it, and does it agree with the clock?
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { openStore, type Store } from '../store/index.ts'
import type { Config } from './config.ts'
import { bad, badBecause, type Finding, ok } from './finding.ts'
import { shortTime } from './terminal.ts'

const mebibyte = 1024 * 1024
const leastFreeBytes = 100 * mebibyte // the write-ahead log alone may take 64

/** What statfs says of a disk. */
export type Space = {
  readonly bavail: number
  readonly bsize: number
  readonly files: number
  readonly ffree: number
}

/** A backup, and the copy that an upgrade makes first, need as much room as the database has now. */
export function judgeSpace(
  place: string,
  { bavail, bsize, files, ffree }: Space,
  databaseBytes: number,
): Finding {
  const free = bavail * bsize
  const told = `${Math.floor(free / mebibyte)} MB free in ${place}`
  if (files > 0 && ffree === 0)
    return bad('disk', `no file can be added in ${place}: it has no inode left; delete small files there`)
  if (free < leastFreeBytes)
    return bad('disk', `${told}; free some, else nothing can be stored (what is stored is safe)`)
  return free < databaseBytes
    ? ok('disk', `warning: ${told}, less than the database has: no room for a backup or an upgrade here`)
    : ok('disk', told)
}

function checkSpace(databasePath: string): Finding {
  const place = dirname(databasePath)
  try {
    const databaseBytes = statSync(databasePath, { throwIfNoEntry: false })?.size ?? 0
    return judgeSpace(place, statfsSync(place), databaseBytes)
  } catch (error) {
    return badBecause('disk', error)
  }
}

/** Times of ours that are still to come: the clock was ahead once, and until then nothing is due. */
function checkTimes(store: Store, now: number): readonly Finding[] {
  const last = Math.max(0, ...store.feeds.list().map((feed) => feed.lastAttemptAt ?? 0))
  if (last <= now + 600_000) return []
  return [
    bad(
      'clock',
      `a feed was polled at ${shortTime(last)}, which is still to come: this machine's clock was ahead, or is behind now; set it (NTP)`,
    ),
  ]
}

function examine(databasePath: string, now: number): readonly Finding[] {
  const store = openStore(databasePath, { verify: true })
  try {
    store.transaction(() => undefined) // whoever writes for longer than five seconds holds everybody up
    const state = store.integrity()
    if (state !== 'ok')
      return [bad('database', `${databasePath}: ${state}; restore a backup (docs/ops/backup.md)`)]
    return [ok('database', `${databasePath} passed its integrity check`), ...checkTimes(store, now)]
  } finally {
    store.close()
  }
}

/** One finding about the database, and others about its disk and its times. Missing is fine: the first run creates it. */
export function checkDatabase({ settings: { databasePath } }: Config, now: number): readonly Finding[] {
  const place = dirname(databasePath)
  const space = existsSync(place) ? [checkSpace(databasePath)] : []
  if (!existsSync(databasePath))
    return [ok('database', `${databasePath} does not exist yet; the first run creates it`), ...space]
  try {
    return [...examine(databasePath, now), ...space]
  } catch (error) {
    return [badBecause('database', error), ...space]
  }
}
