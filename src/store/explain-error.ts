// Turns what the disk and other programs do to the file into one line with the remedy.
import Database from 'better-sqlite3'
import { StoreError } from './store-error.ts'

export const restoreHint =
  'restore a backup (see docs/ops/backup.md); presslark never recreates a database it finds damaged'

/** [beginning of SQLite's result code, what is wrong, how to mend it]; codes are at https://sqlite.org/rescode.html. */
const explanations: readonly (readonly [string, string, string])[] = [
  ['SQLITE_NOTADB', 'is not a SQLite database', restoreHint],
  ['SQLITE_CORRUPT', 'is damaged', restoreHint],
  ['SQLITE_FULL', 'has no space left on its disk', 'free some space; nothing stored was lost'],
  [
    'SQLITE_IOERR',
    'cannot be read or written: the disk reports an error',
    'check the disk and its free space',
  ],
  ['SQLITE_READONLY', 'cannot be written', 'check its owner and permissions, and those of its folder'],
  ['SQLITE_BUSY', 'is locked by another program', 'close it and try again'],
  ['SQLITE_CANTOPEN', 'cannot be opened', 'check that its folder exists and may be written by this user'],
]

/** What the world did to the file at `path`, as a StoreError; undefined for our own mistakes, such as a broken constraint. */
export function explainError(error: unknown, path: string): StoreError | undefined {
  if (error instanceof StoreError) return error
  if (!(error instanceof Database.SqliteError)) return undefined
  const found = explanations.find(([code]) => error.code.startsWith(code))
  return found && new StoreError(`${path} ${found[1]}`, found[2], { cause: error })
}
