// What a monitor reads: feeds by state, what is due, the outbox, when each digest last arrived, sizes.
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { dayMs, feedOf, hourMs, noon, storeWith } from './archive.ts'
import { freeze, issued } from './issue.ts'

describe('feeds', () => {
  test('are counted by state, with a zero for every state that no feed is in', () => {
    const { store, path } = storeWith(['calm', 'late', 'broken', 'dead', 'quiet', 'moved', 'copy', 'new'])
    const set = (id: string, assignments: string): void => {
      const db = new Database(path)
      db.exec(`update feed set last_attempt_at = 1, ${assignments} where id = ${feedOf(store, id)}`)
      db.close()
    }
    set('calm', 'failures = 0')
    set('late', 'failures = 0')
    set('broken', 'failures = 2')
    set('dead', 'gone_at = 5, failures = 3')
    set('quiet', "told = 'silent'")
    set('moved', "told = 'moved https://new.example/feed'")
    set('copy', `failures = 1, duplicate_of = ${feedOf(store, 'calm')}`)
    expect(store.upkeep.gauges(noon).feeds).toEqual({
      ok: 2,
      failing: 1,
      gone: 1,
      silent: 1,
      flooding: 0,
      moved: 1,
      duplicate: 1,
      'never-fetched': 1,
    })
  })

  test('that are due count while they are being fetched too, and tell how long the longest waits', () => {
    const { store, path } = storeWith(['a', 'b', 'c', 'gone'])
    expect(store.upkeep.gauges(noon)).toMatchObject({ feedsDue: 4, overdueMs: 0 }) // never fetched: due since no time at all
    const db = new Database(path)
    const due = (id: string, at: number, more = ''): void =>
      void db.exec(`update feed set next_fetch_at = ${at} ${more} where id = ${feedOf(store, id)}`)
    due('a', noon - hourMs, `, lease_until = ${noon + hourMs}`)
    due('b', noon - 5)
    due('c', noon + 5)
    due('gone', 1, ', gone_at = 1')
    db.close()
    expect(store.upkeep.gauges(noon)).toMatchObject({ feedsDue: 2, overdueMs: hourMs })
  })
})

describe('digests', () => {
  test('count from when they were registered until something arrives', () => {
    const { store } = storeWith(['wire'])
    store.editions.register('morning', noon)
    store.editions.register('evening', noon + 1)
    expect([...store.upkeep.gauges(noon + dayMs).deliveredAt]).toEqual([
      ['evening', noon + 1],
      ['morning', noon],
    ])
  })

  test('have arrived when the first delivery of an edition is sent, not when it is composed', () => {
    const { store } = storeWith(['wire'])
    store.editions.register('morning', noon)
    const story = store.stories.create(noon)
    freeze(store, issued(1, noon + dayMs, story), 1, noon + dayMs)
    expect(store.upkeep.gauges(noon).deliveredAt.get('morning')).toBe(noon)
    expect(store.upkeep.gauges(noon).deliveries).toMatchObject({ pending: 2, sent: 0 })
    const [id = 0] = store.deliveries.due(noon + dayMs, 1)
    const row = store.deliveries.claim(id, noon + dayMs, 1000)
    if (row === undefined) throw new Error('it was not due')
    expect(store.upkeep.gauges(noon).deliveries).toMatchObject({ pending: 1, sending: 1 })
    store.deliveries.settle(row, { kind: 'sent', detail: 'ok' }, noon + dayMs + 7)
    expect(store.upkeep.gauges(noon).deliveredAt.get('morning')).toBe(noon + dayMs + 7)
    expect(store.upkeep.gauges(noon).deliveries).toEqual({
      pending: 1,
      sending: 0,
      sent: 1,
      failed: 0,
      uncertain: 0,
    })
  })

  test('whose edition was skipped because it was empty are not late', () => {
    const { store } = storeWith(['wire'])
    store.editions.register('morning', noon)
    freeze(store, { ...issued(1, noon + dayMs, store.stories.create(noon)), deliveries: [] }, 1, noon + dayMs)
    expect(store.upkeep.gauges(noon).deliveredAt.get('morning')).toBe(noon + dayMs)
  })
})

test('the sizes are those of the files', () => {
  const { store, path } = storeWith(['wire'])
  const { databaseBytes, walBytes } = store.upkeep.gauges(noon)
  expect(databaseBytes).toBe(statSync(path).size)
  expect(walBytes).toBe(statSync(`${path}-wal`).size)
  expect(walBytes).toBeGreaterThan(0)
  store.checkpoint()
  expect(store.upkeep.gauges(noon).walBytes).toBe(0)
})
