// A14 and its amendment: validators are left out only for a feed that fell silent, or once in 30 days.
import { describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { nextFetchAt } from '../../src/pipeline/schedule.ts'
import { auditDue } from '../../src/pipeline/schedule-audit.ts'
import type { FeedSchedule } from '../../src/pipeline/schedule-memory.ts'

const hourMs = 3_600_000
const start = Date.UTC(2027, 0, 4)

type Answer = 'new' | '304' | 'same' | 'timeout'

function outcomeOf(answer: Answer, at: number): FetchOutcome {
  const attempt = { at, durationMs: 1, url: 'https://post.example/feed', pace: {} }
  if (answer === 'timeout') return { ...attempt, kind: 'failed', reason: 'timeout', detail: '' }
  if (answer === '304') return { ...attempt, kind: 'not-modified', because: 'status-304', validators: {} }
  if (answer === 'same') return { ...attempt, kind: 'not-modified', because: 'same-body', validators: {} }
  const feed = { format: 'rss', engine: 'tolerant', pace: {}, items: [], skipped: [], warnings: [] } as const
  return { ...attempt, kind: 'fetched', status: 200, validators: {}, bodyHash: '', bytes: 1, feed }
}

/** Polls every hour; `answer` is told the hour and whether this request was an audit. Returns the hours of all audits. */
function auditsOf(hours: number, answer: (hour: number, isAudit: boolean) => Answer): readonly number[] {
  const audits: number[] = []
  let state: FeedSchedule = {}
  for (let hour = 0; hour < hours; hour++) {
    const at = start + hour * hourMs
    const isAudit = auditDue(state, at)
    if (isAudit) audits.push(hour)
    const polled = { outcome: outcomeOf(answer(hour, isAudit), at), intervalMs: hourMs }
    state = nextFetchAt(state, polled, at, 0).schedule
  }
  return audits
}

describe('an audit of validators', () => {
  it('does not happen in ten days of 304s from a feed without a history (A14)', () => {
    expect(auditsOf(240, (hour) => (hour === 0 ? 'new' : '304'))).toEqual([])
  })

  it('does not happen to a feed that keeps publishing', () => {
    expect(auditsOf(24 * 40, (hour) => (hour % 6 === 0 ? 'new' : '304'))).toEqual([])
  })

  it('happens once a day while an hourly feed is silent, until it speaks', () => {
    const audits = auditsOf(24 * 6, (hour, isAudit) => {
      if (hour < 24 || hour >= 100) return 'new'
      return isAudit ? 'same' : '304'
    })
    expect(audits).toEqual([48, 72, 96])
  })

  it('finds what a stuck server hides', () => {
    const audits = auditsOf(24 * 3, (hour, isAudit) => (hour < 24 || isAudit ? 'new' : '304'))
    expect(audits).toEqual([48])
  })

  it('waits longer for a feed that usually publishes every other day', () => {
    const audits = auditsOf(24 * 20, (hour, isAudit) =>
      hour < 240 && hour % 48 === 0 ? 'new' : isAudit ? 'same' : '304',
    )
    expect(audits[0]).toBe(192 + 4 * 48 + 1)
  })

  it('judges silence by many gaps, not by the last one', () => {
    // Hourly for 100 hours, then one gap of 20: the usual gap stays near an hour, so a day of silence is enough.
    const audits = auditsOf(24 * 7, (hour, isAudit) =>
      hour < 100 || hour === 120 ? 'new' : isAudit ? 'same' : '304',
    )
    expect(audits).toEqual([145])
  })

  it('happens after 30 days without a body in any case', () => {
    expect(auditsOf(24 * 62, (hour, isAudit) => (hour === 0 ? 'new' : isAudit ? 'same' : '304'))).toEqual([
      720, 1440,
    ])
  })

  it('counts when it fails: the next is a day later', () => {
    const audits = auditsOf(24 * 4, (hour, isAudit) => (hour < 24 ? 'new' : isAudit ? 'timeout' : '304'))
    expect(audits).toEqual([48, 72])
  })
})
