// docs/sql.md: every query on the page runs and finds something, and every column of every view is explained.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  failed,
  feedOf,
  fetched,
  hourMs,
  item,
  keep,
  record,
  see,
  source,
  storeWith,
  temporaryFolder,
} from './archive.ts'

const page = readFileSync(new URL('../../docs/sql.md', import.meta.url), 'utf8')
const queries = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql)
const views = ['v_articles', 'v_matches', 'v_stories', 'v_daily_volume', 'v_feed_health']

/** A store in which everything the page asks for has happened in the last hours. */
function archive(): Database.Database {
  const { store, path } = storeWith([], join(temporaryFolder(), 'press.db'))
  store.feeds.sync([{ ...source('wire'), kind: 'state', country: 'IQ' }, source('cedar')])
  const at = Date.now() - hourMs
  const article = item('وقف إطلاق النار', { url: 'https://wire.example/1', publishedAt: at - hourMs })
  const articleId = keep(store, 'wire', article, { at, language: 'ar' })
  see(store, 'cedar', articleId, article, 'same-text', at + 1)
  store.topics.register([{ id: 'truce', name: 'Truce', any: ['وقف'] }], at)
  store.topics.addMatches(articleId, [
    { topicId: 'truce', spans: [{ field: 'title', start: 0, end: 3, term: 'وقف' }] },
  ])
  record(store, 'wire', fetched(at), { newItems: 1 })
  record(store, 'cedar', failed(at), { failures: 1 })
  expect(feedOf(store, 'wire')).toBe(1)
  store.close()
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db
}

describe('docs/sql.md', () => {
  test('has an example for each view', () => {
    for (const view of views)
      expect(
        queries.filter((sql) => sql.includes(view)),
        view,
      ).not.toHaveLength(0)
  })

  test.each(queries.map((sql) => [sql]))('%s', (sql) => {
    expect(archive().prepare(sql).all()).not.toHaveLength(0)
  })

  test.each(views)('explains every column of %s', (view) => {
    const section = page.split('\n## ').find((part) => part.startsWith(view)) ?? ''
    for (const column of archive().prepare(`select * from ${view}`).columns())
      expect(section).toContain(`\`${column.name}\``)
  })

  test('names every view there is', () => {
    const db = archive()
    expect(
      db
        .prepare(`select name from sqlite_schema where type = 'view' and name glob 'v_*' order by name`)
        .pluck()
        .all(),
    ).toEqual(views.toSorted())
  })
})

describe('a view', () => {
  test('of matches leaves out those that a newer rule has taken back', () => {
    const { store, path } = storeWith(['wire'], join(temporaryFolder(), 'press.db'))
    const articleId = keep(store, 'wire', item('Ceasefire holds'))
    const span = { field: 'title', start: 0, end: 9, term: 'ceasefire' } as const
    store.topics.register([{ id: 'truce', name: 'Truce', any: ['ceasefire'] }], 1)
    store.topics.addMatches(articleId, [{ topicId: 'truce', spans: [span] }])
    store.topics.register([{ id: 'truce', name: 'Truce', any: ['ceasefire', 'holds'] }], 2)
    const holds = { field: 'title', start: 10, end: 15, term: 'holds' } as const
    store.topics.addMatches(articleId, [{ topicId: 'truce', spans: [span, holds] }])
    store.close()
    const db = new Database(path, { readonly: true })
    onTestFinished(() => void db.close())
    const rows = db.prepare('select term, rule_version as version from v_matches order by term').all()
    expect(rows).toEqual([
      { term: 'ceasefire', version: 2 },
      { term: 'holds', version: 2 },
    ])
  })

  test('counts what it says', () => {
    const db = archive()
    expect(db.prepare('select sightings, language, kind from v_articles').get()).toEqual({
      sightings: 2,
      language: 'ar',
      kind: 'state',
    })
    expect(db.prepare('select articles, feeds, families, title from v_stories').get()).toEqual({
      articles: 1,
      feeds: 2,
      families: 2,
      title: 'وقف إطلاق النار',
    })
    expect(db.prepare('select source_id, state, failures from v_feed_health order by id').all()).toEqual([
      { source_id: 'wire', state: 'ok', failures: 0 },
      { source_id: 'cedar', state: 'failing', failures: 1 },
    ])
  })

  test('writes times in UTC', () => {
    const db = archive()
    const { published, seen } = db
      .prepare(`select a.published, a.first_seen as seen from v_articles a`)
      .get() as { published: string; seen: string } // two text columns
    expect(published).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(Date.parse(seen) - Date.parse(published)).toBe(hourMs)
  })
})
