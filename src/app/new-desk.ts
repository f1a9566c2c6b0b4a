// Whether a round will be a desk's first, before anything is opened.
import { statSync } from 'node:fs'
import { plainDatabasePath } from './database-path.ts'

/** A database with its tables and sources, and hardly an article, is smaller. */
const bytesMost = 2 * 1024 * 1024

/** Is there no database yet, or one of hardly an article? Also false where it takes more than a look to tell where the database is. */
export function isNewDesk(folder: string): boolean {
  const path = plainDatabasePath(folder)
  if (path === undefined) return false
  const { size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {}
  return size < bytesMost
}
