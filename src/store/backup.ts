// A complete copy of the database while everything goes on writing.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { explainError } from './explain-error.ts'
import { StoreError } from './store-error.ts'

/**
 * Copies the database at `source` to `target`, over what may be left there of an earlier attempt.
 * The copy is made over a connection of its own that holds a snapshot: SQLite starts a backup again from the first page
 * whenever another connection writes, so that without one a busy file would never be copied (measured: it never ended).
 */
export async function backupDatabase(
  source: string,
  target: string,
): Promise<{ readonly totalPages: number }> {
  if (resolve(source) === resolve(target))
    throw new StoreError(`${target} is the database itself`, 'name another file for the copy')
  writeFileSync(target, '', { mode: 0o600 })
  const snapshot = new Database(source, { readonly: true })
  try {
    snapshot.exec('begin; select count(*) from sqlite_schema')
    const { totalPages } = await snapshot.backup(target)
    return { totalPages }
  } catch (error) {
    throw explainError(error, source) ?? error
  } finally {
    snapshot.close()
  }
}
