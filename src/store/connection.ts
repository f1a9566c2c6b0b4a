// Opens the one SQLite file with the pragmas we rely on, and refuses what we must not touch.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { applicationId, migrate } from './migrate.ts'
import { StoreError } from './store-error.ts'

export type Db = Database.Database

/** `readonly` opens an existing file without migrating it; `verify` reads every page first (slow on large files: for services). */
export type OpenOptions = {
  readonly readonly?: boolean
  readonly verify?: boolean
  readonly onMigrate?: (backupPath: string) => void
}

const restoreHint =
  'restore a backup (see docs/ops/backup.md); presslark never recreates a database it finds damaged'

function applyPragmas(db: Db): void {
  db.pragma('journal_mode = WAL') // readers never block the writer
  db.pragma('synchronous = NORMAL') // a power cut may lose the last transactions, never the file; deliveries use FULL
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  db.pragma('trusted_schema = OFF') // a hostile file cannot run functions through its schema
  db.pragma('cell_size_check = ON')
  db.pragma('journal_size_limit = 67108864')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -16384')
}

function asStoreError(error: unknown, path: string): StoreError {
  const code = error instanceof Database.SqliteError ? error.code : ''
  if (code === 'SQLITE_NOTADB') return new StoreError(`${path} is not a SQLite database`, restoreHint)
  if (code.startsWith('SQLITE_CORRUPT')) return new StoreError(`${path} is damaged`, restoreHint)
  if (code === 'SQLITE_FULL')
    return new StoreError(
      `no space left on the disk of ${path}`,
      'free some space and start again; nothing stored was lost',
    )
  if (code.startsWith('SQLITE_READONLY'))
    return new StoreError(`${path} cannot be written`, 'check its owner and permissions')
  if (code.startsWith('SQLITE_BUSY'))
    return new StoreError(`${path} is locked by another program`, 'close it and try again')
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreError(
    `cannot open ${path}: ${detail}`,
    'check that the folder exists and may be written by this user',
  )
}

function checkPages(db: Db, path: string): void {
  const result: unknown = db.pragma('quick_check(1)', { simple: true })
  if (result !== 'ok')
    throw new StoreError(`${path} is damaged: ${String(result).split('\n')[0]}`, restoreHint)
}

function checkOwner(db: Db, path: string): void {
  const owner: unknown = db.pragma('application_id', { simple: true })
  const tables = db.prepare('select count(*) from sqlite_schema').pluck().get()
  if (owner !== applicationId && tables !== 0) {
    throw new StoreError(
      `${path} belongs to another program`,
      'name another file under `database` in presslark.yaml',
    )
  }
}

/** Opens (and when needed creates and migrates) the database at `path`. Throws StoreError with the remedy. */
export function openDatabase(path: string, options: OpenOptions = {}): Db {
  const existed = path === ':memory:' || existsSync(path)
  if (options.readonly && !existed)
    throw new StoreError(`${path} does not exist`, 'run `presslark run --once` first')
  let db: Db | undefined
  try {
    if (!existed) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    db = new Database(path, { readonly: options.readonly ?? false })
    if (!existed) chmodSync(path, 0o600) // cuttings tell what somebody is interested in
    if (!options.readonly) applyPragmas(db)
    checkOwner(db, path)
    if (options.verify) checkPages(db, path)
    migrate(db, path, options)
    return db
  } catch (error) {
    db?.close()
    throw error instanceof StoreError ? error : asStoreError(error, path)
  }
}
