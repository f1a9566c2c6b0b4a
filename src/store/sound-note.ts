// Notes how a file was left that was read whole and found sound: as long as nothing touched it since, a start need not read it again.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Instant } from '../model/time.ts'

const noteOf = (path: string): string => `${path}-checked`

/** Which file this is, and when something last touched it; undefined while a log beside it holds what is to be written into it. */
function stateOf(path: string): string | undefined {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false })
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (file === undefined || (log?.size ?? 0) > 0) return undefined
  return [file.dev, file.ino, file.size, file.mtimeNs, file.ctimeNs].join(' ')
}

/** When the file at `path` was last read whole and found sound; undefined when something touched it since it was left, or nobody noted it. */
export function soundSince(path: string): Instant | undefined {
  try {
    const [readAt, state] = readFileSync(noteOf(path), 'utf8').split('\n')
    return state === stateOf(path) ? Number(readAt) : undefined
  } catch {
    return undefined // without a note the file is read
  }
}

/** Call when nothing more is to be written: the file was read whole at `readAt`, and only we wrote to it since. */
export function noteSound(path: string, readAt: Instant): void {
  try {
    const state = stateOf(path)
    if (state !== undefined && soundSince(path) !== readAt)
      writeFileSync(noteOf(path), `${readAt}\n${state}\n`, { mode: 0o600 })
  } catch {} // the next start reads the file
}

/** The next start reads the file. */
export function forgetSound(path: string): void {
  try {
    rmSync(noteOf(path), { force: true })
  } catch {} // who may not write here has noted nothing
}
