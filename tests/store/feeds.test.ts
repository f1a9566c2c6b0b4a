// Feeds: what the configuration says, leases, and what a fetch leaves behind.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Source } from '../../src/model/source.ts'
import { openStore, toFeedRef } from '../../src/store/index.ts'
import {
  dayMs,
  failed,
  feedOf,
  fetched,
  hourMs,
  item,
  keep,
  minuteMs,
  noCounts,
  noon,
  record,
  source,
  storeWith,
} from './archive.ts'

const leaseMs = 5 * minuteMs

/** The record of a fetch that is written down at this time. */
function late(recordedAt: number) {
  const schedule = { failures: 0 }
  return { feedId: 1, recordedAt, schedule, nextFetchAt: recordedAt + hourMs, failures: 0, counts: noCounts }
}

describe('the configured sources', () => {
  test('arrive as they are written, and again without a change', () => {
    const { store } = storeWith([])
    const sources = [
      {
        ...source('wire', ['https://wire.example/a', 'https://wire.example/b']),
        country: 'IQ',
        language: 'ar',
      },
    ]
    store.feeds.sync(sources)
    const first = store.feeds.list()
    expect(first.map((feed) => [feed.sourceName, feed.url, feed.language])).toEqual([
      ['The wire', 'https://wire.example/a', 'ar'],
      ['The wire', 'https://wire.example/b', 'ar'],
    ])
    store.feeds.sync(sources)
    expect(store.feeds.list()).toEqual(first)
  })

  test('that left are polled no more, and keep their articles and their ids when they return', () => {
    const { store } = storeWith(['wire', 'cedar'])
    keep(store, 'cedar', item('kept'))
    const [, before] = store.feeds.list()
    store.feeds.sync([source('wire')])
    expect(store.feeds.list().map((feed) => feed.sourceId)).toEqual(['wire'])
    expect(store.feeds.claimDue(noon, leaseMs, 9)).toHaveLength(1)
    expect(store.search.search('kept', { limit: 1 })).toHaveLength(1)
    store.feeds.sync([source('wire'), source('cedar')])
    expect(store.feeds.list()[1]).toEqual(before)
  })

  test('are what the tables say after any change, however small', () => {
    const feed = fc.record({ intervalMs: fc.constantFrom(5, 6) }, { requiredKeys: [] })
    const one = (id: string) =>
      fc
        .record(
          {
            name: fc.constantFrom('A', 'B'),
            country: fc.constantFrom('IQ', 'IR'),
            grade: fc.constantFrom('A', 'B'),
            feeds: fc
              .array(feed, { minLength: 1, maxLength: 2 })
              .map((all) => all.map((rest, index) => ({ url: `https://${id}.example/${index}`, ...rest }))),
          },
          { requiredKeys: ['name', 'feeds'] },
        )
        .map((changes): Source => ({ ...source(id), ...changes }) as Source)
    const configuration = fc
      .tuple(fc.subarray(['wire', 'cedar'], { minLength: 1 }), one('wire'), fc.constant(source('cedar')))
      .map(([listed, ...all]) => all.filter(({ id }) => listed.includes(id)))
    const { store, path } = storeWith([])
    const db = new Database(path, { readonly: true })
    onTestFinished(() => void db.close())
    fc.assert(
      fc.property(fc.array(configuration, { maxLength: 9 }), (configurations) => {
        for (const sources of configurations) {
          store.feeds.sync(sources)
          const told = store.feeds.list().map(({ sourceId, settings }) => ({ sourceId, settings }))
          const configured = sources.flatMap(({ id, feeds }) =>
            feeds.map((settings) => ({ sourceId: id, settings })),
          )
          const inOrder = <T extends { readonly settings: { readonly url: string } }>(all: readonly T[]) =>
            all.toSorted((a, b) => a.settings.url.localeCompare(b.settings.url))
          expect(inOrder(told)).toEqual(inOrder(configured))
          const rows = db
            .prepare('select id, name, country, grade from source where active = 1 order by id')
            .all()
          expect(rows).toEqual(
            sources
              .map(({ id, name, country = null, grade }) => ({ id, name, country, grade }))
              .toSorted((a, b) => a.id.localeCompare(b.id)),
          )
        }
      }),
      { numRuns: 200 },
    )
  })

  test('that changed are told anew', () => {
    const { store } = storeWith(['wire'])
    store.feeds.sync([
      { ...source('wire'), name: 'Wire 2', feeds: [{ url: 'https://wire.example/feed.xml', intervalMs: 5 }] },
    ])
    expect(store.feeds.list()[0]).toMatchObject({ sourceName: 'Wire 2', settings: { intervalMs: 5 } })
  })
})

describe('a lease', () => {
  test('gives each due feed to one claimer only', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`)
    const { store, path } = storeWith(ids)
    const other = openStore(path)
    onTestFinished(() => other.close())
    const claimed: number[] = []
    for (let turn = 0; turn < 10; turn++)
      for (const claimer of [store, other])
        claimed.push(...claimer.feeds.claimDue(noon, leaseMs, 2).map((feed) => feed.id))
    expect(claimed.toSorted((a, b) => a - b)).toEqual(store.feeds.list().map((feed) => feed.id))
  })

  test('that ended makes the feed due again, not a moment sooner', () => {
    const { store } = storeWith(['wire'])
    expect(store.feeds.claimDue(noon, leaseMs, 1)).toHaveLength(1)
    expect(store.feeds.claimDue(noon + leaseMs - 1, leaseMs, 1)).toEqual([])
    expect(store.feeds.claimDue(noon + leaseMs, leaseMs, 1)).toHaveLength(1)
  })

  test('ends with the record of the fetch', () => {
    const { store } = storeWith(['wire'])
    store.feeds.claimDue(noon, dayMs, 1)
    record(store, 'wire', fetched(noon))
    expect(store.feeds.claimDue(noon + 30 * minuteMs, leaseMs, 1)).toHaveLength(1)
  })

  test('goes first to the feed that waits longest', () => {
    const { store } = storeWith(['early', 'late'])
    record(store, 'early', fetched(noon + hourMs))
    record(store, 'late', fetched(noon))
    expect(store.feeds.claimDue(noon + dayMs, leaseMs, 9).map((feed) => feed.sourceId)).toEqual([
      'late',
      'early',
    ])
  })

  test('can be given back for later', () => {
    const { store } = storeWith(['wire'])
    store.feeds.claimDue(noon, dayMs, 1)
    store.feeds.postpone(feedOf(store, 'wire'), noon + hourMs)
    expect(store.feeds.claimDue(noon + hourMs - 1, leaseMs, 1)).toEqual([])
    expect(store.feeds.claimDue(noon + hourMs, leaseMs, 1)).toHaveLength(1)
  })
})

describe('the record of a fetch', () => {
  test('remembers validators, body and times of a good one', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon), { newItems: 2 })
    const [feed] = store.feeds.list()
    expect(feed).toMatchObject({
      validators: { etag: '"v1"', lastModified: 'Tue, 12 May 2026 11:00:00 GMT' },
      bodyHash: 'abc',
      schedule: { failures: 0 },
      nextFetchAt: noon + 30 * minuteMs,
      lastOutcome: 'fetched',
      lastSuccessAt: noon,
      failures: 0,
    })
    expect(feed && toFeedRef(feed)).toEqual({
      feedId: 1,
      settings: { url: 'https://wire.example/feed.xml' },
      validators: { etag: '"v1"', lastModified: 'Tue, 12 May 2026 11:00:00 GMT' },
      bodyHash: 'abc',
    })
  })

  test('counts failures, keeps their beginning, and forgets both when the feed is heard again', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon))
    record(store, 'wire', failed(noon + hourMs), { failures: 1 })
    record(store, 'wire', failed(noon + 2 * hourMs), { failures: 2 })
    expect(store.feeds.list()[0]).toMatchObject({
      failures: 2,
      failingSince: noon + hourMs,
      lastDetail: 'no answer',
      validators: { etag: '"v1"' },
    })
    record(store, 'wire', fetched(noon + 3 * hourMs))
    expect(store.feeds.list()[0]).not.toHaveProperty('failingSince')
    expect(store.feeds.list()[0]).not.toHaveProperty('lastDetail')
  })

  test('keeps what a newer one said when an older one comes late', () => {
    const { store } = storeWith(['wire'])
    const older = { ...fetched(noon), validators: { etag: '"v0"', url: 'u' }, bodyHash: 'old', movedTo: 'm' }
    record(store, 'wire', fetched(noon + hourMs))
    const before = store.feeds.list()[0]
    store.feeds.record({ ...late(noon + 2 * hourMs), outcome: older })
    store.feeds.record({
      ...late(noon + 2 * hourMs),
      outcome: { ...older, kind: 'not-modified', because: 'status-304' },
    })
    expect(store.feeds.list()[0]).toEqual({ ...before, nextFetchAt: noon + 3 * hourMs })
  })

  test('believes an older one when the newer one came by a clock that was ahead', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon + 3 * dayMs))
    store.feeds.record({ ...late(noon), outcome: fetched(noon) })
    expect(store.feeds.list()[0]).toMatchObject({ lastAttemptAt: noon, lastSuccessAt: noon })
  })

  test('asks without validators after a 304 nobody asked for', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon))
    const outcome = {
      ...failed(noon + hourMs),
      kind: 'failed',
      reason: 'unexpected-not-modified',
      detail: '304',
    } as const
    record(store, 'wire', outcome, { failures: 1 })
    expect(store.feeds.list()[0]?.validators).toEqual({})
    expect(store.feeds.list()[0]).not.toHaveProperty('bodyHash')
  })

  test('stops at a 410 until somebody revives the feed or it is heard again', () => {
    const { store } = storeWith(['wire'])
    const id = feedOf(store, 'wire')
    const gone = { kind: 'gone', status: 410, at: noon, durationMs: 1, url: 'u', pace: {} } as const
    record(store, 'wire', gone, { failures: 1 })
    expect(store.feeds.claimDue(noon + dayMs, leaseMs, 1)).toEqual([])
    store.feeds.makeDue([id])
    expect(store.feeds.claimDue(noon + dayMs, leaseMs, 1)).toEqual([])
    store.feeds.makeDue([id], true)
    expect(store.feeds.claimDue(noon + dayMs, leaseMs, 1)).toHaveLength(1)
    record(store, 'wire', { ...gone, at: noon + dayMs })
    record(store, 'wire', fetched(noon + 2 * dayMs))
    expect(store.feeds.find(id)).not.toHaveProperty('goneAt')
  })

  test('keeps the schedule as it was given', () => {
    const { store } = storeWith(['wire'])
    const schedule = { failures: 3, note: 'انتظار', nested: { list: [1, null] } }
    store.feeds.record({
      feedId: 1,
      outcome: fetched(noon),
      recordedAt: noon,
      schedule,
      nextFetchAt: noon + 0.4,
      failures: 0,
      counts: noCounts,
    })
    expect(store.feeds.find(1)).toMatchObject({ schedule, nextFetchAt: noon })
  })

  test('drops the validators on request', () => {
    const { store } = storeWith(['wire'])
    record(store, 'wire', fetched(noon))
    store.feeds.forgetValidators(1)
    expect(store.feeds.find(1)?.validators).toEqual({})
  })
})

test('a feed nobody knows is not found', () => {
  expect(storeWith(['wire']).store.feeds.find(99)).toBeUndefined()
})

test('the longer pause of a host stays, and ends by itself', () => {
  const { store } = storeWith([])
  store.feeds.pause('a.example', noon + hourMs)
  store.feeds.pause('a.example', noon + minuteMs)
  expect(store.feeds.pauses(noon)).toEqual(new Map([['a.example', noon + hourMs]]))
  expect(store.feeds.pauses(noon + hourMs)).toEqual(new Map())
})
