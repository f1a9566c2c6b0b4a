// A48-A50, A53: which permanent redirect is believed, and when.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/model/outcome.ts'
import { believedMove, type MovingFeed } from '../../src/pipeline/feed-move.ts'

const hourMs = 3_600_000
const start = Date.UTC(2027, 0, 4)
const old = 'https://post.example/old.xml'
const fresh = 'https://news.example/feed.xml'

function ledTo(movedTo: string | undefined, at: number): FetchOutcome {
  const attempt = { at, durationMs: 1, url: movedTo ?? old, pace: {}, validators: {} }
  const outcome = { ...attempt, kind: 'not-modified', because: 'status-304' } as const
  return movedTo === undefined ? outcome : { ...outcome, movedTo }
}

function moving(more: Partial<MovingFeed> = {}): MovingFeed {
  return { url: old, settings: { url: old }, movedTo: fresh, movedSince: start, ...more }
}

const dayLater = (to: string = fresh) => ledTo(to, start + 24 * hourMs)

describe('a move is believed', () => {
  it('a day after it was first seen, not a moment sooner', () => {
    expect(believedMove(moving(), ledTo(fresh, start + 24 * hourMs - 1))).toBeUndefined()
    expect(believedMove(moving(), dayLater())).toBe(fresh)
  })

  it('only when the last fetches led to the same place', () => {
    expect(believedMove(moving({ movedTo: 'https://portal.example/login' }), dayLater())).toBeUndefined()
    expect(believedMove({ url: old, settings: { url: old } }, dayLater())).toBeUndefined()
    expect(believedMove(moving(), ledTo(undefined, start + 48 * hourMs))).toBeUndefined()
  })

  it('never when the fetch brought no feed, whatever it followed', () => {
    const attempt = { at: start + 48 * hourMs, durationMs: 1, url: fresh, pace: {} }
    fc.assert(
      fc.property(
        fc.constantFrom<FetchOutcome>(
          { ...attempt, kind: 'gone', status: 410 },
          { ...attempt, kind: 'rate-limited', status: 429 },
          { ...attempt, kind: 'failed', reason: 'not-a-feed', detail: 'an HTML page' },
        ),
        (outcome) => believedMove(moving(), outcome) === undefined,
      ),
    )
  })

  it('never from https to http (A53)', () => {
    const plain = 'http://news.example/feed.xml'
    expect(believedMove(moving({ movedTo: plain }), dayLater(plain))).toBeUndefined()
    const http = { url: 'http://post.example/old.xml', settings: { url: 'http://post.example/old.xml' } }
    expect(believedMove(moving({ ...http, movedTo: plain }), dayLater(plain))).toBe(plain)
  })
})

describe('a feed for which private addresses are open', () => {
  it('moves within its host only, for nobody judged the other one', () => {
    const home = 'https://post.example/new.xml'
    const settings = { url: old, allowPrivate: true }
    expect(believedMove(moving({ settings }), dayLater())).toBeUndefined()
    expect(believedMove(moving({ settings, movedTo: home }), dayLater(home))).toBe(home)
    expect(believedMove(moving(), dayLater(), true)).toBeUndefined()
    expect(believedMove(moving({ movedTo: home }), dayLater(home), true)).toBe(home)
  })
})

describe('a feed that is opened with a secret', () => {
  const within = 'https://post.example/new.xml'
  const secrets = [
    { url: 'https://reader:pass@post.example/old.xml', settings: { url: old } },
    { url: old, settings: { url: old, headers: { 'X-Key': 'pass' } } },
  ]

  it.each(secrets)('never moves to another server, which would be shown it', (feed) => {
    expect(believedMove(moving(feed), dayLater())).toBeUndefined()
  })

  it('takes it along within its server', () => {
    const [withPassword = {}, withHeader = {}] = secrets
    expect(believedMove(moving({ ...withPassword, movedTo: within }), dayLater(within))).toBe(
      'https://reader:pass@post.example/new.xml',
    )
    expect(believedMove(moving({ ...withHeader, movedTo: within }), dayLater(within))).toBe(within)
  })
})
