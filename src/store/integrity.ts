// Is everything in the file sound and complete?
import type { Db } from './connection.ts'

/** 'ok', or the first thing found wrong: pages, the FTS5 index (SQLite checks it with the pages), references, unsearchable articles. */
export function checkIntegrity(db: Db): string {
  const pages = String(db.pragma('integrity_check(1)', { simple: true }))
  if (pages !== 'ok') return pages
  const orphans = db.pragma('foreign_key_check') as readonly unknown[]
  if (orphans.length > 0) return `${orphans.length} rows point at rows that are not there`
  const unsearchable = db
    .prepare('select count(*) from article where id not in (select rowid from article_text)')
    .pluck()
    .get()
  return unsearchable === 0 ? 'ok' : `articles missing from the search index: ${unsearchable}`
}
