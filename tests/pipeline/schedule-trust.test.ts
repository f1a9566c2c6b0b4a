// A14: a server that answers 304 although its feed changed is caught and asked without validators for a month.
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/model/item.ts'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { type FeedSchedule, nextFetchAt } from '../../src/pipeline/schedule.ts'
import { asksWhole, isDistrusted } from '../../src/pipeline/schedule-trust.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const start = Date.UTC(2027, 0, 4)

function itemAt(publishedAt: number | undefined): Item {
  const item = { title: 't', summary: '', text: '', authors: [], categories: [], enclosures: [], flags: [] }
  return publishedAt === undefined ? item : { ...item, publishedAt }
}

/** A whole feed with entries of these dates. */
function whole(at: number, ...dates: readonly (number | undefined)[]): FetchOutcome {
  const items = dates.map(itemAt)
  const feed = { format: 'rss', engine: 'tolerant', pace: {}, items, skipped: [], warnings: [] } as const
  const attempt = { at, durationMs: 1, url: 'https://post.example/feed', pace: {}, validators: {} }
  return { ...attempt, kind: 'fetched', status: 200, bodyHash: String(dates), bytes: 1, feed }
}

function stuck(at: number): FetchOutcome {
  const attempt = { at, durationMs: 1, url: 'https://post.example/feed', pace: {}, validators: {} }
  return { ...attempt, kind: 'not-modified', because: 'status-304' }
}

type Life = { readonly wholes: readonly number[]; readonly state: FeedSchedule; readonly at: number }

/** Polls every ten minutes for so many days. News come every hour, dated by `dateOf`; from hour 24 on the server answers 304 to all validators, whether it has news (lies) or none (is-quiet). */
function live(
  days: number,
  dateOf: (newsAt: number) => number | undefined,
  later: 'lies' | 'is-quiet',
): Life {
  const wholes: number[] = []
  let state: FeedSchedule = {}
  let at = start
  let seen = -1
  while (at < start + days * dayMs) {
    const isWhole = asksWhole(state, at)
    if (isWhole) wholes.push(at)
    const hour = Math.floor((at - start) / hourMs)
    const news = later === 'is-quiet' ? Math.min(hour, 23) : hour
    const answers304 = !isWhole && (hour >= 24 || news === seen)
    const outcome = answers304
      ? stuck(at)
      : whole(at, dateOf(start + news * hourMs), dateOf(start + (news - 1) * hourMs))
    const newItems = !answers304 && news !== seen ? 1 : 0
    if (!answers304) seen = news
    const next = nextFetchAt(state, { outcome, intervalMs: 10 * minuteMs, newItems }, at, 0)
    state = next.schedule
    at = next.nextFetchAt
  }
  return { wholes, state, at }
}

describe('a server that hides its news behind 304', () => {
  it('is asked without validators once it is caught, hourly at most, for thirty days', () => {
    const { wholes } = live(20, (newsAt) => newsAt, 'lies')
    const [caught = 0, ...after] = wholes
    expect(caught).toBeLessThanOrEqual(start + 2 * dayMs + hourMs)
    const gaps = after.map((at, index) => at - (wholes[index] ?? 0))
    expect(Math.min(...gaps)).toBe(hourMs)
    expect(after.length).toBeGreaterThan(17 * 24)
  })

  it('gets another chance after thirty days', () => {
    const liedAt = start
    expect(isDistrusted({ liedAt }, start + 30 * dayMs - 1)).toBe(true)
    expect(isDistrusted({ liedAt }, start + 30 * dayMs)).toBe(false)
  })

  it('is caught also when its entries carry no date', () => {
    expect(live(4, () => undefined, 'lies').state.liedAt).toBeDefined()
  })
})

describe('a server that tells the truth', () => {
  it('keeps its 304s when the audit of a silent feed finds nothing', () => {
    const { state, wholes } = live(10, (newsAt) => newsAt, 'is-quiet')
    expect(wholes.length).toBeGreaterThan(3)
    expect(state.liedAt).toBeUndefined()
  })

  it('keeps them when the news came up after the last 304', () => {
    const before: FeedSchedule = {
      wholeBodyAt: start,
      notModifiedAt: start + 2 * dayMs,
      lastNewAt: start,
      usualGapMs: hourMs,
    }
    const audit = (newestAt: number) => {
      const at = start + 2 * dayMs + 10 * minuteMs
      const polled = { outcome: whole(at, newestAt), intervalMs: 10 * minuteMs, newItems: 1 }
      return nextFetchAt(before, polled, at, 0).schedule.liedAt
    }
    expect(audit(start + 2 * dayMs + minuteMs)).toBeUndefined()
    expect(audit(start + 2 * dayMs - hourMs + 1)).toBeUndefined() // dated a little before it was shown
    expect(audit(start + 2 * dayMs - hourMs)).toBeDefined()
    expect(audit(start)).toBeUndefined() // an old entry proves nothing either
  })
})
