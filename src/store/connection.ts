// Opens the one SQLite file with the pragmas we rely on, and refuses what we must not touch.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Instant } from '../model/time.ts'
import { explainError, restoreHint } from './explain-error.ts'
import { applicationId, migrate } from './migrate.ts'
import { StoreError } from './store-error.ts'

export type Db = Database.Database

/**
 * `readonly` opens an existing file without migrating it. `verify` reads every page first, some 10 s for a million articles: always, or
 * only where something touched the file since we left it, and where it was last read so long ago.
 */
export type OpenOptions = {
  readonly readonly?: boolean
  readonly verify?: boolean | { readonly now: Instant; readonly afterMs: number }
  readonly onMigrate?: (backupPath: string) => void
}

function guardConnection(db: Db): void {
  set(db, [
    'busy_timeout = 5000',
    'trusted_schema = OFF', // a hostile file cannot run functions through its schema
    'cell_size_check = ON',
    'temp_store = MEMORY',
    'cache_size = -4096', // with 8 or 16 MiB a first round costs no less
    'wal_autocheckpoint = 4000', // 16 MiB: a seventh less per article than with SQLite's own 4 MiB
  ])
}

/** All at once, and without their answers: better-sqlite3 compiles a function for each row with a column it has not met. */
function set(db: Db, pragmas: readonly string[]): void {
  db.exec(pragmas.map((pragma) => `pragma ${pragma};`).join(''))
}

function prepareWriting(db: Db): void {
  set(db, [
    'journal_mode = WAL', // readers never block the writer
    'synchronous = NORMAL', // a power cut may lose the last transactions, never the file; deliveries use FULL
    'foreign_keys = ON',
    'journal_size_limit = 67108864',
  ])
}

/** SQLite opens a file it may not write without a word; better to hear of it now than in the middle of the first fetch. */
function checkWritable(db: Db): void {
  set(db, ['busy_timeout = 0'])
  try {
    const version: unknown = db.pragma('user_version', { simple: true })
    db.exec(`begin immediate; pragma user_version = ${version}; rollback`) // an empty transaction would pass
  } catch (error) {
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
    if (!busy) throw error // somebody writes just now, so it can be written
  } finally {
    set(db, ['busy_timeout = 5000'])
  }
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

function open(path: string, options: OpenOptions, isNew: boolean): Db {
  if (isNew) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new Database(path, { readonly: options.readonly ?? false })
  try {
    if (isNew) chmodSync(path, 0o600) // cuttings tell what somebody is interested in
    guardConnection(db)
    checkOwner(db, path) // before anything is written: WAL mode alone would change another program's file
    if (options.verify) checkPages(db, path)
    if (!options.readonly) {
      prepareWriting(db)
      checkWritable(db)
    }
    migrate(db, path, options)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens (and when needed creates and migrates) the database at `path`. Throws StoreError with the remedy. */
export function openDatabase(path: string, options: OpenOptions = {}): Db {
  const isNew = path !== ':memory:' && !existsSync(path)
  if (options.readonly && isNew)
    throw new StoreError(`${path} does not exist`, 'run `presslark run --once` first')
  try {
    return open(path, options, isNew)
  } catch (error) {
    const explained = explainError(error, path)
    if (explained !== undefined) throw explained
    const detail = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      `cannot open ${path}: ${detail}`,
      'check that its folder exists and may be written by this user',
      { cause: error },
    )
  }
}
