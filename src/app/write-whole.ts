// Writes a file so that it is whole or absent: to a neighbouring name first, then renamed.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Readable by its owner only unless `mode` says otherwise; throws the system's error when the place cannot be written. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  const target = resolve(file)
  const partial = `${target}.partial`
  mkdirSync(dirname(target), { recursive: true })
  try {
    writeFileSync(partial, text, { mode })
    renameSync(partial, target)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}
