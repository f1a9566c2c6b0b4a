// Numbered migrations, applied in one transaction each; `user_version` is the number of the last one that a file has.
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

/** The migrations in a folder, in the order of their numbers, which may leave gaps. A number is taken for good once it was released. */
function stepsIn(folder: string): readonly { readonly version: number; readonly file: string }[] {
  return readdirSync(folder)
    .filter((name) => /^\d{3}-.+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ version: Number(name.slice(0, 3)), file: join(folder, name) }))
}

/** A copy beside the file, taken before the first migration of an existing database; `next` is the schema that it is to have. */
function backupBefore(db: Database.Database, path: string, next: number): string {
  const backup = `${path}.before-v${next}`
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
  const steps = stepsIn(folder)
  const latest = steps.at(-1)?.version ?? 0
  const version = versionOf(db)
  if (version > latest) {
    throw new StoreError(
      `${path} was written by a newer presslark (schema ${version}, this one knows ${latest})`,
      'install the newer version again',
    )
  }
  if (version === latest) return
  if (options.readonly)
    throw new StoreError(`${path} has an older schema`, 'start `presslark run --once` once to upgrade it')
  if (version > 0) {
    const backup = backupBefore(db, path, latest)
    options.onMigrate?.(backup)
  }
  for (const step of steps.filter((one) => one.version > version))
    applyStep(db, readFileSync(step.file, 'utf8'), step.version)
}
