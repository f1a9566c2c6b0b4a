// The log of fetches is forgotten in time, and nothing else is.
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { keepHouse } from '../../src/app/housekeeping.ts'
import { dayMs, feedOf, item, keep, noon, storeWith } from '../store/archive.ts'

const keepMs = 120 * dayMs

/** A store whose one feed was fetched `count` times a day apart, the last time at noon. */
function storeWithFetches(count: number) {
  const { store, path } = storeWith(['wire'])
  keep(store, 'wire', item('Ceasefire'), { at: noon - count * dayMs })
  const db = new Database(path)
  const insert = db.prepare(
    "insert into fetch (feed_id, at, duration_ms, outcome) values (?, ? - ? * ?, 5, 'not-modified')",
  )
  db.transaction(() => {
    for (let ago = 0; ago < count; ago++) insert.run(feedOf(store, 'wire'), noon, ago, dayMs)
  })()
  db.close()
  return { store, path }
}

function rowsIn(path: string): object {
  const db = new Database(path, { readonly: true })
  const count = (table: string): unknown => db.prepare(`select count(*) from ${table}`).pluck().get()
  const rows = {
    fetches: count('fetch'),
    oldest: db.prepare('select min(at) from fetch').pluck().get(),
    articles: count('article'),
    sightings: count('sighting'),
    stories: count('story'),
    pauses: count('host_pause'),
  }
  db.close()
  return rows
}

describe('keeping house', () => {
  test('forgets fetches older than they are kept, and touches no article', async () => {
    const { store, path } = storeWithFetches(300)
    expect(await keepHouse(store, keepMs, noon)).toBe(179)
    expect(rowsIn(path)).toMatchObject({
      fetches: 121,
      oldest: noon - keepMs,
      articles: 1,
      sightings: 1,
      stories: 1,
    })
    expect(await keepHouse(store, keepMs, noon)).toBe(0)
  })

  test('takes a bounded number at a time, the oldest first, and lets others work in between', async () => {
    const { store, path } = storeWithFetches(21_000)
    let turns = 0
    const counting = setInterval(() => turns++, 0)
    expect(await keepHouse(store, keepMs, noon)).toBe(20_000)
    clearInterval(counting)
    expect(turns).toBeGreaterThan(3)
    expect(rowsIn(path)).toMatchObject({ fetches: 1000, oldest: noon - 999 * dayMs })
    expect(await keepHouse(store, keepMs, noon)).toBe(879)
  })

  test('forgets pauses of hosts that are over', async () => {
    const { store, path } = storeWithFetches(0)
    store.feeds.pause('over.example', noon - 1)
    store.feeds.pause('busy.example', noon + 1)
    await keepHouse(store, keepMs, noon)
    expect(rowsIn(path)).toMatchObject({ pauses: 1 })
    expect([...store.feeds.pauses(noon)]).toEqual([['busy.example', noon + 1]])
  })

  test('asks the index by time: no walk over the log when there is nothing to forget', () => {
    const { path } = storeWithFetches(1)
    const db = new Database(path)
    const plan = db
      .prepare('explain query plan select id from fetch where at < 5 order by at limit 500')
      .all()
    db.close()
    expect(JSON.stringify(plan)).toContain('USING COVERING INDEX fetch_by_time')
  })
})
