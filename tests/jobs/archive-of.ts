// All that was kept, to be compared with what another way of storing keeps.
import Database from 'better-sqlite3'

/** Everything that was kept, without the times at which it was. */
export function archiveOf(path: string): unknown {
  const db = new Database(path, { readonly: true })
  db.exec("create virtual table temp.words using fts5vocab('main', 'article_text', 'instance')")
  const read = (sql: string): unknown => db.prepare(sql).all()
  const archive = [
    'select id, source_id, feed_id, guid, url_key, title, summary, story_id, story_because, kept_because from article order by id',
    'select feed_id, item_key, article_id, content_hash, because from sighting order by feed_id, item_key',
    'select article_id, old_title, new_title, because from revision order by article_id, old_title, new_title',
    'select topic_id, article_id, term, field, start_offset from topic_match order by 1, 2, 3, 4, 5',
    'select article_id, story_id, source_id, hex(report) as report from echo order by id',
    'select term, doc, col, "offset" from temp.words',
  ].map(read)
  db.close()
  return archive
}
