// presslark backup: a complete copy of the database while everything runs.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { openStore } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import { CommandError } from '../exit.ts'

function verify(file: string): void {
  const copy = openStore(file, { readonly: true })
  const state = copy.integrity()
  copy.close()
  if (state !== 'ok') throw new CommandError(`the copy is damaged: ${state}`, 'check the disk and try again')
}

/** Copies to a neighbouring name first, so that a backup is whole or absent. */
export async function backup(
  options: { readonly config?: string },
  [file = '']: readonly string[],
): Promise<undefined> {
  const target = resolve(file)
  if (existsSync(target))
    throw new CommandError(`${file} is there already`, 'a backup never overwrites; name another file')
  const { store, path } = await openArchive(options.config)
  const partial = `${target}.partial`
  try {
    mkdirSync(dirname(target), { recursive: true })
    await store.backup(partial)
    verify(partial)
    chmodSync(partial, 0o600)
    renameSync(partial, target)
  } finally {
    for (const left of [partial, `${partial}-wal`, `${partial}-shm`]) rmSync(left, { force: true })
    store.close()
  }
  process.stdout.write(`Copied ${path} to ${target}; the copy passed its integrity check.\n`)
  return undefined
}
