// Coverage: which feeds were really heard, each against its own past.
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/index.ts'
import { dayMs, failed, fetched, hourMs, noon, record, source, storeWith } from './archive.ts'

const window = { from: noon - dayMs, until: noon }

/** A feed that was heard on each of the last `days` days before the window, with `items` a day. */
function heardFor(days: number, items: number): Store {
  const { store } = storeWith(['wire'])
  for (let day = days; day >= 1; day--)
    record(store, 'wire', fetched(noon - day * dayMs - hourMs), { newItems: items })
  return store
}

function lineOf(store: Store) {
  const [line, ...others] = store.coverage.coverage(window)
  expect(others).toEqual([])
  return line
}

describe('a feed is', () => {
  test('never fetched before its first fetch, and shown without secrets', () => {
    const { store } = storeWith([])
    store.feeds.sync([{ ...source('wire', ['https://wire.example/f?token=abc']), country: 'IQ' }])
    expect(lineOf(store)).toEqual({
      outlet: {
        sourceId: 'wire',
        name: 'The wire',
        family: 'wire',
        kind: 'independent',
        grade: 'B',
        country: 'IQ',
      },
      feedUrl: 'https://wire.example/f',
      state: 'never-fetched',
      newItems: 0,
    })
  })

  test('ok when it brought something', () => {
    const store = heardFor(14, 5)
    record(store, 'wire', fetched(noon - hourMs), { newItems: 4 })
    expect(lineOf(store)).toMatchObject({ state: 'ok', newItems: 4, usual: 5 })
  })

  test('failing since its first failure, with the reason', () => {
    const store = heardFor(2, 5)
    record(store, 'wire', failed(noon - 2 * hourMs), { failures: 1 })
    record(store, 'wire', failed(noon - hourMs), { failures: 2 })
    expect(lineOf(store)).toMatchObject({ state: 'failing', since: noon - 2 * hourMs, detail: 'no answer' })
  })

  test('gone after a 410', () => {
    const store = heardFor(1, 5)
    record(
      store,
      'wire',
      { kind: 'gone', status: 410, at: noon - hourMs, durationMs: 1, url: 'u', pace: {} },
      { failures: 1 },
    )
    expect(lineOf(store)).toMatchObject({ state: 'gone', since: noon - hourMs })
  })

  test('lossy when every entry of a fetch was new', () => {
    const store = heardFor(14, 5)
    record(store, 'wire', fetched(noon - hourMs), { newItems: 50, overflow: true })
    expect(lineOf(store)).toMatchObject({ state: 'lossy', newItems: 50 })
  })

  test('silent when it usually brings something, since its last new item', () => {
    const store = heardFor(14, 5)
    record(store, 'wire', fetched(noon - hourMs))
    expect(lineOf(store)).toMatchObject({
      state: 'silent',
      newItems: 0,
      usual: 5,
      since: noon - dayMs - hourMs,
    })
  })

  test('not called silent when it never brought much', () => {
    const store = heardFor(14, 2)
    record(store, 'wire', fetched(noon - hourMs))
    expect(lineOf(store)).toMatchObject({ state: 'ok', newItems: 0, usual: 2 })
  })

  test('not compared with a past of less than seven windows', () => {
    const store = heardFor(6, 5)
    record(store, 'wire', fetched(noon - hourMs))
    expect(lineOf(store)).toMatchObject({ state: 'ok' })
    expect(lineOf(store)).not.toHaveProperty('usual')
  })

  test('compared only with windows in which it was heard', () => {
    const store = heardFor(14, 5)
    const { store: gappy } = storeWith(['wire'])
    for (let day = 14; day >= 1; day--) {
      const at = noon - day * dayMs - hourMs
      if (day % 2 === 0) record(gappy, 'wire', fetched(at), { newItems: 5 })
      else record(gappy, 'wire', failed(at), { failures: 1 })
    }
    expect(lineOf(gappy)?.usual).toBe(lineOf(store)?.usual)
  })
})

test('a window is open at its beginning and closed at its end', () => {
  const { store } = storeWith(['wire'])
  record(store, 'wire', fetched(window.from), { newItems: 1 })
  record(store, 'wire', fetched(window.from + 1), { newItems: 10 })
  record(store, 'wire', fetched(window.until), { newItems: 100 })
  expect(lineOf(store)?.newItems).toBe(110)
})

test('the past of every feed is read from an index alone, however long the log of fetches', () => {
  const { path } = storeWith(['wire'])
  const db = new Database(path)
  const plan = db
    .prepare(`explain query plan select max(overflow), sum(new_articles + duplicates), sum(renamed) from fetch
      where feed_id = 1 and at <= 9 and at > 1 and outcome in ('fetched', 'not-modified')`)
    .all()
  db.close()
  expect(JSON.stringify(plan)).toContain('USING INDEX fetch_heard (feed_id=? AND at>? AND at<?)')
})
