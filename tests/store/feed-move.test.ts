// Feeds that moved: their new address, their old ones, and those that moved to where another lives.
import { describe, expect, test } from 'vitest'
import { toFeedRef } from '../../src/store/index.ts'
import { dayMs, feedOf, fetched, item, keep, minuteMs, noon, record, source, storeWith } from './archive.ts'

const old = 'https://wire.example/feed.xml'
const fresh = 'https://wire.example/new.xml'
const leaseMs = 5 * minuteMs
const window = { from: noon - dayMs, until: noon }

function moved(ids: readonly string[] = ['wire']) {
  const { store } = storeWith(ids)
  record(store, 'wire', fetched(noon - minuteMs))
  store.feeds.move(feedOf(store, 'wire'), fresh, noon)
  return store
}

describe('a feed that moved', () => {
  test('is asked at its new address, without the validators of the old one', () => {
    const [feed] = moved().feeds.list()
    expect(feed && toFeedRef(feed)).toMatchObject({ settings: { url: fresh }, validators: {} })
    expect(feed?.settings.url).toBe(old)
  })

  test('keeps its id and its articles whether sources.yaml names the old address, the new one, or both', () => {
    const store = moved()
    keep(store, 'wire', item('kept'))
    for (const urls of [[old], [fresh], [old, fresh], [old]]) {
      store.feeds.sync([source('wire', urls)])
      expect(store.feeds.list().map(({ id, url }) => ({ id, url }))).toEqual([{ id: 1, url: fresh }])
    }
    store.feeds.sync([])
    expect(store.feeds.list()).toEqual([])
    store.feeds.sync([source('wire', [old])])
    expect(store.feeds.list().map(({ id }) => id)).toEqual([1])
  })

  test('takes the settings that sources.yaml has for it, of two lines those of the new address', () => {
    const store = moved()
    store.feeds.sync([{ ...source('wire'), feeds: [{ url: old, intervalMs: 5 }] }])
    expect(store.feeds.list()[0]?.settings).toEqual({ url: old, intervalMs: 5 })
    store.feeds.sync([
      {
        ...source('wire'),
        feeds: [
          { url: fresh, intervalMs: 7 },
          { url: old, intervalMs: 5 },
        ],
      },
    ])
    expect(store.feeds.list()[0]?.settings).toEqual({ url: fresh, intervalMs: 7 })
  })

  test('is told as moved until sources.yaml says so too', () => {
    const store = moved()
    record(store, 'wire', fetched(noon))
    expect(store.coverage.healthOf(1, window)).toEqual({ state: 'moved', detail: fresh })
    store.feeds.sync([source('wire', [fresh])])
    expect(store.coverage.healthOf(1, window)).toEqual({ state: 'ok' })
  })

  test('may move on, and is known by all its old addresses', () => {
    const store = moved()
    store.feeds.move(1, 'https://third.example/feed', noon + dayMs)
    for (const url of [old, fresh]) {
      store.feeds.sync([source('wire', [url])])
      expect(store.feeds.list().map(({ id, url: now }) => [id, now])).toEqual([
        [1, 'https://third.example/feed'],
      ])
    }
  })

  test('goes home when told to, and is then what sources.yaml says', () => {
    const store = moved()
    store.feeds.moveHome(1)
    expect(store.feeds.list().map(({ id, url }) => [id, url])).toEqual([[1, old]])
    store.feeds.sync([source('wire', [old, fresh])])
    expect(store.feeds.list().map(({ url }) => url)).toEqual([old, fresh])
  })
})

describe('a feed that moved to where another listed feed lives', () => {
  const cedar = 'https://cedar.example/feed.xml'

  function doubled() {
    const { store } = storeWith(['wire', 'cedar'])
    for (const id of ['wire', 'cedar']) record(store, id, fetched(noon - dayMs))
    store.feeds.move(feedOf(store, 'wire'), cedar, noon)
    return store
  }

  test('stays in the list, is told as a duplicate, and only the other is polled', () => {
    const store = doubled()
    expect(store.feeds.list().map(({ url }) => url)).toEqual([old, cedar])
    expect(store.coverage.health(window).get(1)).toEqual({ state: 'duplicate', detail: cedar })
    expect(store.coverage.coverage(window)[0]).toMatchObject({ state: 'ok' })
    expect(store.feeds.claimDue(noon, leaseMs, 9).map(({ sourceId }) => sourceId)).toEqual(['cedar'])
  })

  test('is polled again when the other leaves sources.yaml or is gone', () => {
    const left = doubled()
    left.feeds.sync([source('wire')])
    expect(left.feeds.claimDue(noon, leaseMs, 9).map(({ sourceId }) => sourceId)).toEqual(['wire'])
    const gone = doubled()
    const outcome = { kind: 'gone', status: 410, at: noon, durationMs: 1, url: cedar, pace: {} } as const
    record(gone, 'cedar', outcome, { failures: 1 })
    expect(gone.feeds.claimDue(noon + dayMs, leaseMs, 9).map(({ sourceId }) => sourceId)).toEqual(['wire'])
  })

  test('is never stopped by one that was stopped for it', () => {
    const store = doubled()
    store.feeds.move(feedOf(store, 'cedar'), old, noon)
    expect(store.feeds.claimDue(noon, leaseMs, 9).map(({ sourceId }) => sourceId)).toEqual(['cedar'])
  })

  test('follows its redirect as before when the other is no longer listed', () => {
    const { store } = storeWith(['wire', 'cedar'])
    store.feeds.sync([source('wire')])
    store.feeds.move(1, cedar, noon)
    expect(store.feeds.list().map(({ url }) => url)).toEqual([old])
    expect(store.feeds.claimDue(noon, leaseMs, 9)).toHaveLength(1)
  })
})
