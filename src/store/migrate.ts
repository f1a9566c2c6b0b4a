// Numbered migrations, applied in one transaction each; `user_version` says how far a file has come.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { StoreError } from './store-error.ts'

/** 'PLRK' in ASCII: how the `file` command and we know our own files. */
export const applicationId = 0x504c524b

type MigrateOptions = {
  readonly readonly?: boolean
  readonly onMigrate?: (backupPath: string) => void
  readonly folder?: string // of the numbered .sql files
}

const ownFolder = join(import.meta.dirname, 'migrations')

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** A copy beside the file, taken before the first migration of an existing database. */
function backupBefore(db: Database.Database, path: string, version: number): string {
  const backup = `${path}.before-v${version + 1}`
  rmSync(backup, { force: true }) // left by an upgrade that was cut off
  writeFileSync(backup, '', { mode: 0o600 }) // `vacuum into` fills an empty file and keeps its permissions
  db.prepare('vacuum into ?').run(backup)
  return backup
}

function applyStep(db: Database.Database, sql: string, version: number): void {
  const step = db.transaction(() => {
    if (versionOf(db) >= version) return // another process was faster
    db.exec(sql)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${version}`)
  })
  step.immediate()
}

/** Brings the file to this program's schema. A crash in the middle rolls the step back. Throws StoreError on a newer file. */
export function migrate(db: Database.Database, path: string, options: MigrateOptions): void {
  const folder = options.folder ?? ownFolder
  const files = readdirSync(folder)
    .filter((name) => /^\d{3}-.+\.sql$/.test(name))
    .toSorted()
  const version = versionOf(db)
  if (version > files.length) {
    throw new StoreError(
      `${path} was written by a newer presslark (schema ${version}, this one knows ${files.length})`,
      'install the newer version again',
    )
  }
  if (version === files.length) return
  if (options.readonly)
    throw new StoreError(`${path} has an older schema`, 'start `presslark run --once` once to upgrade it')
  if (version > 0) {
    const backup = backupBefore(db, path, version)
    options.onMigrate?.(backup)
  }
  for (const [index, name] of files.slice(version).entries())
    applyStep(db, readFileSync(join(folder, name), 'utf8'), version + index + 1)
}
