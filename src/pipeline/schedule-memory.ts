// What is remembered of a feed between two fetches, and how an answer changes it.
import type { FeedPace } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'

/** Plain data; `{}` for a feed never fetched. */
export type FeedSchedule = {
  readonly failures?: number // in a row; rate limits and refusals count
  readonly pace?: FeedPace // as the feed last said: a 304 does not repeat it
  readonly freshForMs?: number // as the server last said, likewise
  readonly lastNewAt?: Instant // when it last brought something new
  readonly usualGapMs?: number // between two fetches that brought something new; recent ones count more
  readonly wholeBodyAt?: Instant // when it last sent a body instead of a 304
  readonly notModifiedAt?: Instant // when it last answered 304
  readonly liedAt?: Instant // when an audit last proved such an answer wrong
  readonly hurriedMs?: number // interval in place of the configured one, for a feed that lost entries
  readonly auditedAt?: Instant // when its validators were last left out on purpose
}

type Heard = Extract<FetchOutcome, { kind: 'fetched' | 'not-modified' }>

// The weight of the newest gap in the running mean.
const newestWeight = 0.2

/** The memory after a feed answered. `newItems` of this fetch; unknown counts as some. */
export function remembered(
  state: FeedSchedule,
  outcome: Heard,
  newItems: number | undefined,
  now: Instant,
): FeedSchedule {
  const isNew = outcome.kind === 'fetched' && newItems !== 0
  const is304 = outcome.kind === 'not-modified' && outcome.because === 'status-304'
  const pace = outcome.kind === 'fetched' ? outcome.feed.pace : state.pace
  const freshForMs = outcome.pace.freshForMs ?? (is304 ? state.freshForMs : undefined)
  const usualGapMs = isNew ? meanGapMs(state, now) : state.usualGapMs
  const wholeBodyAt = is304 ? state.wholeBodyAt : now
  const notModifiedAt = is304 ? now : state.notModifiedAt
  return {
    lastNewAt: isNew ? now : (state.lastNewAt ?? now),
    ...(pace === undefined ? {} : { pace }),
    ...(freshForMs === undefined ? {} : { freshForMs }),
    ...(usualGapMs === undefined ? {} : { usualGapMs }),
    ...(wholeBodyAt === undefined ? {} : { wholeBodyAt }),
    ...(notModifiedAt === undefined ? {} : { notModifiedAt }),
    ...(state.liedAt === undefined ? {} : { liedAt: state.liedAt }),
    ...(state.hurriedMs === undefined ? {} : { hurriedMs: state.hurriedMs }),
    ...(state.auditedAt === undefined ? {} : { auditedAt: state.auditedAt }),
  }
}

function meanGapMs({ lastNewAt, usualGapMs }: FeedSchedule, now: Instant): number | undefined {
  if (lastNewAt === undefined) return undefined
  const gapMs = Math.max(0, now - lastNewAt)
  return Math.round(usualGapMs === undefined ? gapMs : usualGapMs + newestWeight * (gapMs - usualGapMs))
}
