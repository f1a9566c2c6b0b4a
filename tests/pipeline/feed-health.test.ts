// One word for how a feed is doing, and what of it is told at once.
import { describe, expect, it } from 'vitest'
import { type FeedHealth, type FeedPast, feedHealth } from '../../src/pipeline/feed-health.ts'
import { feedNotice } from '../../src/pipeline/feed-notice.ts'

const dayMs = 86_400_000
const now = Date.UTC(2027, 0, 4)

/** A feed that brought `items` in the last day and five a day before. */
function past(items: number, more: Partial<FeedPast> = {}): FeedPast {
  const heard = Array.from({ length: 15 }, (_, ago) => ({
    ago,
    items: ago === 0 ? items : 5,
    lossy: 0 as const,
    renamed: 0,
  }))
  return { failures: 0, lastAttemptAt: now, lastNewAt: now - dayMs, windowMs: dayMs, heard, ...more }
}

describe('a feed is', () => {
  it.each<[string, FeedPast, FeedHealth]>([
    ['ok', past(4), { state: 'ok', usual: 5 }],
    ['silent since its last news', past(0), { state: 'silent', usual: 5, since: now - dayMs }],
    [
      'failing with its reason',
      past(0, { failures: 2, failingSince: now - 5, lastDetail: 'HTTP 500' }),
      { state: 'failing', usual: 5, since: now - 5, detail: 'HTTP 500' },
    ],
    ['gone', past(0, { failures: 1, goneAt: now }), { state: 'gone', usual: 5, since: now }],
    [
      'moved while sources.yaml names an old address',
      past(4, { movedTo: 'https://b.example/f' }),
      { state: 'moved', usual: 5, detail: 'https://b.example/f' },
    ],
    [
      'failing rather than moved, for that is what has to be mended',
      past(4, { movedTo: 'https://b.example/f', failures: 1, failingSince: now }),
      { state: 'failing', usual: 5, since: now },
    ],
    [
      'a duplicate, whatever else was known of it',
      past(0, { duplicateOf: 'https://b.example/f', failures: 3 }),
      { state: 'duplicate', usual: 5, detail: 'https://b.example/f' },
    ],
  ])('%s', (_, feed, health) => {
    expect(feedHealth(feed)).toEqual(health)
  })

  it('silent only when it usually brings three reports or more', () => {
    const usually = (items: number) => {
      const { heard } = past(0)
      return feedHealth(past(0, { heard: heard.map((day) => (day.ago === 0 ? day : { ...day, items })) }))
        .state
    }
    expect([usually(2), usually(3)]).toEqual(['ok', 'silent'])
  })

  it('flooding beyond 500 renamed entries a day, in a window of any length', () => {
    const renamed = (count: number, windowMs: number) =>
      feedHealth({ ...past(1, { windowMs }), heard: [{ ago: 0, items: 1, lossy: 0, renamed: count }] }).state
    expect([renamed(500, dayMs), renamed(501, dayMs)]).toEqual(['ok', 'flooding'])
    expect([renamed(1000, 2 * dayMs), renamed(1001, 2 * dayMs)]).toEqual(['ok', 'flooding'])
  })
})

/** What is told while a feed passes through these states, one after the other. */
function told(...states: readonly FeedHealth[]): readonly string[] {
  const lines: string[] = []
  let last: string | undefined
  for (const health of states) {
    const notice = feedNotice(health, last, now)
    if (notice.isNews)
      lines.push(health.detail === undefined ? health.state : `${health.state} ${health.detail}`)
    last = notice.told
  }
  return lines
}

describe('a trouble is told', () => {
  const ok: FeedHealth = { state: 'ok' }
  const stumbling: FeedHealth = { state: 'failing', since: now - dayMs + 1 }
  const dead: FeedHealth = { state: 'failing', since: now - dayMs }
  const silent: FeedHealth = { state: 'silent' }

  it('once while it lasts, and again after the feed was well', () => {
    expect(told(silent, silent, silent)).toEqual(['silent'])
    expect(told(silent, ok, silent)).toEqual(['silent', 'silent'])
  })

  it('when a feed failed for a day, not when it stumbles', () => {
    expect(told(stumbling, ok, stumbling, stumbling)).toEqual([])
    expect(told(stumbling, dead, dead)).toEqual(['failing'])
    expect(told(dead, { state: 'lossy' }, stumbling, dead)).toEqual(['failing', 'failing'])
  })

  it('not again when a silent feed stumbles in between', () => {
    expect(told(silent, stumbling, silent)).toEqual(['silent'])
  })

  const moved = (detail: string): FeedHealth => ({ state: 'moved', detail })

  it('of a move once, although failing, silence and losses hide the move for a while', () => {
    expect(told(moved('a'), dead, moved('a'))).toEqual(['moved a', 'failing'])
    expect(told(moved('a'), { state: 'lossy' }, silent, silent, moved('a'), silent)).toEqual([
      'moved a',
      'silent',
      'silent',
    ])
    expect(told(moved('a'), dead, moved('b'), ok, moved('a'))).toEqual([
      'moved a',
      'failing',
      'moved b',
      'moved a',
    ])
  })

  it('for each new address', () => {
    expect(told(moved('a'), moved('a'), moved('b'))).toEqual(['moved a', 'moved b'])
  })
})
