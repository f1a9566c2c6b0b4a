// A61: what is confirmed to a hub, when it is asked again, and how often a feed is polled that pushes.
import { describe, expect, it } from 'vitest'
import { answerHub, type HubQuestion, pushedIntervalMs, refusedTryAt } from '../../src/pipeline/websub.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const now = Date.UTC(2027, 0, 4)
const topic = 'https://outlet.example/feed'
const known = { topic, isListed: true, askedAt: now - 60_000 }

const question = (changes: Partial<HubQuestion>): HubQuestion => ({
  mode: 'subscribe',
  topic,
  challenge: 'c',
  ...changes,
})

describe('a hub that asks whether we meant it', () => {
  it('is told yes for the topic that we asked for, with its lease', () => {
    expect(answerHub(known, question({ leaseSeconds: 86_400 }), now)).toEqual({
      kind: 'confirm',
      leaseUntil: now + dayMs,
      renewAt: now + 18 * hourMs,
    })
  })

  it.each([
    ['another topic', known, { topic: 'https://other.example/feed' }],
    ['nothing to repeat', known, { challenge: '' }],
    ['a mode that nobody knows', known, { mode: 'publish' }],
    ['a request that we never made', { topic, isListed: true }, {}],
    ['a request of the day before', { ...known, askedAt: now - dayMs }, {}],
    ['the end of what we still want', known, { mode: 'unsubscribe' }],
  ])('is refused %s (A61)', (_, ours, changes) => {
    expect(answerHub(ours, question(changes), now)).toEqual({ kind: 'refuse' })
  })

  it('may end what we no longer list', () => {
    expect(answerHub({ ...known, isListed: false }, question({ mode: 'unsubscribe' }), now).kind).toBe(
      'leave',
    )
  })

  it('may deny, at any time', () => {
    expect(answerHub({ topic, isListed: true }, question({ mode: 'denied', reason: 'full' }), now)).toEqual({
      kind: 'denied',
      detail: 'denied by the hub full',
    })
  })

  it.each([
    [undefined, 10 * dayMs],
    [1, hourMs],
    [10 ** 9 - 1, 90 * dayMs],
  ])('with a lease of %s seconds gets one of %s ms', (leaseSeconds, leaseMs) => {
    const verdict = answerHub(known, question(leaseSeconds === undefined ? {} : { leaseSeconds }), now)
    expect(verdict).toMatchObject({ kind: 'confirm', leaseUntil: now + leaseMs })
  })
})

it('a hub that refuses is asked after an hour, doubling to a week', () => {
  const waits = [1, 2, 3, 9, 1_000].map((failures) => (refusedTryAt(failures, now) - now) / hourMs)
  expect(waits).toEqual([1, 2, 4, 168, 168])
})

it('a feed that is pushed is polled once a day, unless it is polled less often anyway (A61)', () => {
  expect(pushedIntervalMs(hourMs, now + 1, now)).toBe(dayMs)
  expect(pushedIntervalMs(3 * dayMs, now + 1, now)).toBe(3 * dayMs)
  expect(pushedIntervalMs(hourMs, now, now)).toBe(hourMs)
  expect(pushedIntervalMs(hourMs, undefined, now)).toBe(hourMs)
})
