// What is due: fair to every host, bounded, and the same whoever asks and however wrong its clock is.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Desk, fetchJobs, issueEdition, plan } from '../../src/jobs/index.ts'
import type { Digest, Window } from '../../src/model/digest.ts'
import type { Job, JobOf } from '../../src/model/job.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { sourceOf } from './web-desk.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const start = Date.UTC(2027, 0, 4)

const digest: Digest = {
  id: 'morning',
  name: 'Morning',
  watchlist: 'all',
  schedule: '0 6 * * *',
  timeZone: 'UTC',
  language: 'en',
  channels: [{ kind: 'file', path: '{number}.md', format: 'md' }],
  storiesPerSection: 12,
  whenEmpty: 'send',
}

const intervalMs = 30 * minuteMs
const noCounts = { items: 0, new: 0, duplicates: 0, revisions: 0, skipped: 0, overflow: false, renamed: 0 }

function notModified(url: string, at: number): FetchOutcome {
  return { kind: 'not-modified', because: 'status-304', validators: {}, at, durationMs: 5, url, pace: {} }
}

const desk: Desk = {
  sources: new Map(),
  topics: [],
  compiled: compileWatchlist([]).watchlist,
  watchlists: [{ id: 'all', name: 'Everything', topics: [] }],
  digests: [digest],
  alerts: [],
  configHash: 'test',
}

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'presslark-plan-')), 'p.db')
}

function open(path: string): Store {
  const store = openStore(path)
  onTestFinished(() => store.close())
  return store
}

/** A store with so many feeds of each host, all due. */
function storeWith(feeds: Readonly<Record<string, number>>, path = newPath()): Store {
  const store = open(path)
  store.feeds.sync(
    Object.entries(feeds).map(([host, count]) =>
      sourceOf(
        host.replaceAll('.', '-'),
        ...Array.from({ length: count }, (_, n) => `https://${host}/${n}.xml`),
      ),
    ),
  )
  store.editions.register('morning', start)
  return store
}

const hostsOf = (jobs: readonly Job[]): readonly string[] =>
  jobs.flatMap((job) => (job.name === 'fetch' ? [new URL(job.feed.settings.url).host] : []))

const deskWith = (settings: Partial<Digest>): Desk => ({ ...desk, digests: [{ ...digest, ...settings }] })

/** Issues whatever becomes due at `now`, as a desk does that starts, and returns the windows of all editions, oldest first. */
function catchUp(store: Store, settings: Partial<Digest>, now: number): readonly Window[] {
  for (let rounds = 0; rounds < 20; rounds++) compose(store, plan(store, deskWith(settings), now), now)
  return store.editions
    .list('morning', 99)
    .map(({ window }) => window)
    .toReversed()
}

/** Issues what digest jobs ask for, by the clock of whoever composes. */
function compose(store: Store, jobs: readonly Job[], now: number): void {
  for (const { until } of jobs.filter((job): job is JobOf<'digest'> => job.name === 'digest'))
    issueEdition(
      { store, desk: () => desk, now: () => now, mailDomain: 'x.example' },
      digest,
      Date.parse(until),
    )
}

describe('feeds that are due at the same time', () => {
  test('take turns by host, so that none stands behind a thousand of another', () => {
    const store = storeWith({ 'many.example': 5, 'two.example': 2, 'one.example': 1 })
    expect(hostsOf(fetchJobs(store, start))).toEqual([
      'many.example',
      'two.example',
      'one.example',
      'many.example',
      'two.example',
      'many.example',
      'many.example',
      'many.example',
    ])
  })

  test('beyond what one host may be asked for wait for later ticks, and none is forgotten', () => {
    const store = storeWith({ 'many.example': 50, 'one.example': 1 })
    const asked: string[][] = []
    for (let at = start; asked.flat().length < 51 && asked.length < 20; at += 15_000)
      asked.push([...fetchJobs(store, at, { feeds: 100, perHost: 15 }).map((job) => job.id)])
    expect(asked.map((ids) => ids.length)).toEqual([16, 15, 15, 5])
    expect(new Set(asked.flat()).size).toBe(51)
  })

  test('beyond what one host may be asked for are not looked at again before their tick', () => {
    const store = storeWith({ 'many.example': 50 })
    expect(fetchJobs(store, start, { feeds: 100, perHost: 15 })).toHaveLength(15)
    const dueThen = (at: number) => fetchJobs(store, at, { feeds: 100, perHost: 100 }).length
    expect([start + 14_999, start + 15_000, start + 30_000, start + 45_000].map(dueThen)).toEqual([
      0, 15, 15, 5,
    ])
  })

  test('are claimed as far as there is room, five thousand of them too', () => {
    const hosts = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`h${n}.example`, 10]))
    const store = storeWith(hosts)
    const rounds: number[] = []
    for (let at = start, room = 2_500; room > 0; at += 15_000) {
      const jobs = fetchJobs(store, at, { feeds: room, perHost: 15 })
      room -= jobs.length
      rounds.push(jobs.length)
    }
    expect(rounds).toEqual([2_000, 500])
    expect(fetchJobs(store, start + 31_000)).toHaveLength(2_000) // the rest was left alone, and is due
    expect(fetchJobs(store, start + 31_000)).toHaveLength(500)
  })
})

describe('feeds that somebody names', () => {
  test('are claimed all at once, however many, and the others are left to others', () => {
    const hosts = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`h${n}.example`, 10]))
    const store = storeWith(hosts)
    const [first = 0, ...named] = store.feeds.ids()
    const asked = fetchJobs(store, start, { feeds: named, perHost: 100 })
    expect(new Set(asked.map(({ id }) => id))).toEqual(new Set(named.map((id) => `fetch-${id}`)))
    expect(fetchJobs(store, start, { feeds: named, perHost: 100 })).toEqual([]) // they are claimed
    expect(fetchJobs(store, start).map(({ id }) => id)).toEqual([`fetch-${first}`])
  })

  test('are claimed as far as they are due', () => {
    const store = storeWith({ 'one.example': 3 })
    const [late = 0, ...due] = store.feeds.ids()
    store.feeds.postpone(late, start + 1)
    const asked = fetchJobs(store, start, { feeds: [late, ...due], perHost: 100 })
    expect(asked.map(({ id }) => id)).toEqual(due.map((id) => `fetch-${id}`))
  })
})

describe('a digest', () => {
  test('that was due while nothing ran is issued at the start, for its own period (C23)', () => {
    const store = storeWith({})
    compose(store, plan(store, desk, start + 5 * hourMs), start + 5 * hourMs)
    expect(store.editions.list('morning', 9)).toEqual([])
    compose(store, plan(store, desk, start + 6 * hourMs + 20 * minuteMs), start + 6 * hourMs + 20 * minuteMs)
    expect(store.editions.list('morning', 9).map(({ window }) => window.until)).toEqual([start + 6 * hourMs])
  })

  test('is issued once for five days asleep (C24)', () => {
    const store = storeWith({})
    const awake = start + 5 * dayMs + 9 * hourMs
    const jobs = plan(store, desk, awake)
    expect(jobs.filter((job) => job.name === 'digest')).toHaveLength(1)
    compose(store, jobs, awake)
    expect(plan(store, desk, awake).filter((job) => job.name === 'digest')).toEqual([])
  })

  test('is issued for each of five mornings asleep where it is asked for, and its windows join (C24)', () => {
    const store = storeWith({})
    const mornings = [0, 1, 2, 3, 4, 5].map((day) => start + day * dayMs + 6 * hourMs)
    const windows = catchUp(store, { missed: 'each' }, start + 5 * dayMs + 9 * hourMs)
    expect(windows.map(({ until }) => until)).toEqual(mornings)
    expect(windows.slice(1).map(({ from }) => from)).toEqual(mornings.slice(0, -1))
  })

  test('is issued for the last seven of a month of mornings, the first of which tells what is older (C24)', () => {
    const store = storeWith({})
    catchUp(store, {}, start + 9 * hourMs)
    const windows = catchUp(store, { missed: 'each' }, start + 30 * dayMs + 9 * hourMs).slice(1)
    expect(windows).toHaveLength(7)
    expect(windows[0]).toEqual({ from: start + 6 * hourMs, until: start + 24 * dayMs + 6 * hourMs })
    expect(windows.at(-1)?.until).toBe(start + 30 * dayMs + 6 * hourMs)
  })

  test('that would be later than it may is told with the next one (C23)', () => {
    const store = storeWith({})
    const settings = { lateAtMostMs: 2 * hourMs }
    const first = start + 6 * hourMs
    expect(catchUp(store, settings, first + 2 * hourMs).map(({ until }) => until)).toEqual([first])
    expect(catchUp(store, settings, first + dayMs + 2 * hourMs + 1)).toHaveLength(1)
    expect(catchUp(store, settings, first + 2 * dayMs)[1]).toEqual({ from: first, until: first + 2 * dayMs })
  })

  test.each(['together', 'each'] as const)(
    'is issued once for each period whatever the clock does, and no period is left out, the missed ones %s (C21)',
    (missed) => {
      const jump = fc.constantFrom(15_000, minuteMs, hourMs, 3 * hourMs, -3 * hourMs, -10 * minuteMs, dayMs)
      fc.assert(
        fc.property(fc.array(jump, { minLength: 1, maxLength: 60 }), (jumps) => {
          const store = openStore(':memory:')
          store.editions.register('morning', start)
          let now = start
          for (const ms of jumps) {
            now += ms
            compose(store, plan(store, deskWith({ missed }), now), now)
          }
          const issued = store.editions.list('morning', 99)
          const ends = issued.map(({ window }) => window.until).toSorted((a, b) => a - b)
          store.close()
          expect(new Set(ends).size).toBe(ends.length)
          // The windows join without a gap, from the registration to the last slot that any clock has shown.
          for (const [index, edition] of issued.toReversed().entries())
            if (index > 0) expect(edition.window.from).toBe(ends[index - 1])
        }),
        { numRuns: 30 },
      )
    },
  )
})

describe('two schedulers on one file, one of them ten minutes wrong', () => {
  test.each([
    ['ahead', 10 * minuteMs],
    ['behind', -10 * minuteMs],
  ])(
    'lose no feed, hurry none by more than that, and issue no edition twice when it is %s (C39)',
    (_, wrongByMs) => {
      const path = newPath()
      const right = storeWith({ 'a.example': 3, 'b.example': 2 }, path)
      const wrong = open(path)
      const polls = new Map<string, number[]>()
      for (let now = start; now < start + 7 * hourMs; now += 4 * minuteMs) {
        const jobs = [...plan(wrong, desk, now + wrongByMs), ...plan(right, desk, now)]
        const fetches = new Map(jobs.flatMap((job) => (job.name === 'fetch' ? [[job.id, job]] : []))) // a queue drops an id in use
        for (const { id, feed } of fetches.values()) {
          polls.set(id, [...(polls.get(id) ?? []), now])
          const schedule = { failures: 0 }
          const outcome = notModified(feed.settings.url, now)
          right.feeds.record({
            feedId: feed.feedId,
            outcome,
            recordedAt: now,
            schedule,
            failures: 0,
            nextFetchAt: now + intervalMs,
            counts: noCounts,
          })
        }
        compose(right, jobs, now)
      }
      expect(polls.size).toBe(5)
      const gaps = [...polls.values()].flatMap((at) =>
        at.slice(1).map((end, index) => end - (at[index] ?? 0)),
      )
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs - 10 * minuteMs)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(intervalMs + 4 * minuteMs)
      expect(right.editions.list('morning', 9).map(({ window }) => window.until)).toEqual([
        start + 6 * hourMs,
      ])
    },
  )
})
