// The outbox: claimed once, settled once, tried again at the promised times.
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { createDeliveryStore } from '../../src/store/deliveries.ts'
import { nextDeliveryTry } from '../../src/store/delivery-retry.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { hourMs, minuteMs, noon, storeWith } from './archive.ts'
import { freeze, issued } from './issue.ts'

const leaseMs = 10 * minuteMs
const sent = { kind: 'sent', detail: '250 ok' } as const
const temporary = { kind: 'temporary', detail: '451 later' } as const
const permanent = { kind: 'permanent', detail: '550 no such user' } as const
const uncertain = { kind: 'uncertain', detail: 'the line broke' } as const

function outbox(): { store: Store; path: string } {
  const opened = storeWith(['wire'])
  freeze(opened.store, issued(1, noon, opened.store.stories.create(noon)), 0, noon)
  return opened
}

/** Claims and settles at `now`. */
function attempt(
  store: Store,
  id: number,
  outcome: Parameters<Store['deliveries']['settle']>[1],
  now: number,
): void {
  const row = store.deliveries.claim(id, now, leaseMs)
  if (row === undefined) throw new Error(`delivery ${id} was not to be had at ${now - noon}`)
  store.deliveries.settle(row, outcome, now)
}

describe('a delivery', () => {
  test('tells what sending it needs', () => {
    const { store } = outbox()
    expect(store.deliveries.due(noon, 9)).toEqual([1, 2])
    expect(store.deliveries.claim(1, noon, leaseMs)).toEqual({
      id: 1,
      editionId: 1,
      digestId: 'morning',
      number: 1,
      windowUntil: noon,
      createdAt: noon,
      subject: 'صباح 1',
      timeZone: 'Asia/Baghdad',
      channel: { kind: 'email', to: ['a@press.example'] },
      recipient: 'a@press.example',
      idempotencyKey: expect.stringMatching(/^morning-1-[0-9a-f]{16}$/),
      messageId: '<1@x>',
      state: 'sending',
      attempts: 1,
      nextTryAt: noon,
    })
    expect(store.deliveries.body(1, 'md')).toBe('# \u200fصباح\r\n')
  })

  test('goes to one claimer only, until its lease ends (C04)', () => {
    const { store, path } = outbox()
    const other = openStore(path)
    onTestFinished(() => other.close())
    expect(store.deliveries.claim(1, noon, leaseMs)).toBeDefined()
    expect(other.deliveries.claim(1, noon + leaseMs - 1, leaseMs)).toBeUndefined()
    expect(other.deliveries.due(noon, 9)).toEqual([2])
    expect(other.deliveries.claim(1, noon + leaseMs, leaseMs)).toMatchObject({
      attempts: 2,
      messageId: '<1@x>',
    })
  })

  test('that was sent is never due again, not even on request', () => {
    const { store } = outbox()
    attempt(store, 1, sent, noon)
    expect(store.deliveries.due(noon + hourMs, 9)).toEqual([2])
    expect(store.deliveries.claim(1, noon + hourMs, leaseMs)).toBeUndefined()
    expect(store.deliveries.retry(1, noon)).toBe(false)
    expect(store.deliveries.list(9).map((row) => row.state)).toEqual(['pending', 'sent'])
  })

  test('that was refused for good fails alone', () => {
    const { store } = outbox()
    attempt(store, 1, permanent, noon)
    expect(store.deliveries.list(9)).toMatchObject([
      { id: 2, state: 'pending' },
      { id: 1, state: 'failed', detail: '550 no such user' },
    ])
    expect(store.deliveries.due(noon + hourMs, 9)).toEqual([2])
    expect(store.deliveries.retry(1, noon + hourMs)).toBe(true)
    expect(store.deliveries.claim(1, noon + hourMs, leaseMs)).toMatchObject({ attempts: 1 })
  })

  test('that may have arrived stays marked so, and is repeated with the same Message-ID (C09)', () => {
    const { store } = outbox()
    attempt(store, 1, uncertain, noon)
    expect(store.deliveries.list(9).at(-1)).toMatchObject({ state: 'uncertain', nextTryAt: noon + minuteMs })
    expect(store.deliveries.claim(1, noon + minuteMs, leaseMs)).toMatchObject({
      messageId: '<1@x>',
      attempts: 2,
    })
  })

  test('waits 1, 2, 5, 15, 30, 60 minutes, then an hour each, and gives up after a day (C08)', () => {
    const { store } = outbox()
    const waits: number[] = []
    let now = noon
    for (;;) {
      attempt(store, 1, temporary, now)
      const row = store.deliveries.list(9).at(-1)
      if (row?.state !== 'pending') break
      expect(store.deliveries.claim(1, row.nextTryAt - 1, leaseMs)).toBeUndefined()
      waits.push((row.nextTryAt - now) / minuteMs)
      now = row.nextTryAt
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 5, 15, 30, 60, 60, 60])
    expect((now - noon) / hourMs).toBeGreaterThan(23)
    expect((now - noon) / hourMs).toBeLessThanOrEqual(24)
    expect(store.deliveries.list(9).at(-1)?.state).toBe('failed')
  })

  test('that was being sent by a process that is gone is repeated later and later, and given up with the reason (C34)', () => {
    const { store } = outbox()
    let now = noon
    let deaths = 0
    for (; store.deliveries.claim(1, now, leaseMs) !== undefined && deaths < 1_000; deaths++) {
      store.deliveries.settleAbandoned(now + leaseMs - 1)
      expect(store.deliveries.list(9).at(-1)).toMatchObject({ state: 'sending', messageId: '<1@x>' })
      store.deliveries.settleAbandoned(now + leaseMs)
      const row = store.deliveries.list(9).at(-1)
      expect(row?.detail).toBe('the process ended while it was sending; the message may have arrived')
      now = row?.nextTryAt ?? 0
    }
    expect(deaths).toBe(29)
    expect(store.deliveries.list(9).at(-1)?.state).toBe('failed')
    expect(store.deliveries.due(now, 9)).toEqual([2]) // the others go on
  })

  test('that was settled in the meantime is not abandoned', () => {
    const { store, path } = outbox()
    const scheduler = openStore(path)
    onTestFinished(() => scheduler.close())
    attempt(store, 1, sent, noon)
    scheduler.deliveries.settleAbandoned(noon + hourMs)
    expect(store.deliveries.list(9).at(-1)?.state).toBe('sent')
  })

  test('is tried no more after a day of attempts', () => {
    expect(nextDeliveryTry(1000, noon)).toBeUndefined()
  })
})

test('the ledger is written with an fsync of its own, and only the ledger', () => {
  const { store, path } = outbox()
  store.close()
  const db = openDatabase(path)
  onTestFinished(() => void db.close())
  db.exec(`create temp table seen (synchronous integer);
    create temp trigger watch after update on main.delivery begin insert into seen select synchronous from pragma_synchronous; end`)
  const deliveries = createDeliveryStore(db)
  const row = deliveries.claim(1, noon, leaseMs)
  if (row) deliveries.settle(row, sent, noon)
  expect(db.prepare('select synchronous from seen').pluck().all()).toEqual([2, 2]) // FULL
  expect(db.pragma('synchronous', { simple: true })).toBe(1) // NORMAL
})
