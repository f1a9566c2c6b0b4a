// A feed is fetched when its host's turn has come, and not at all while the host asked everybody to wait.
import type { FeedRef } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { sharesHost } from '../pipeline/shared-host.ts'
import type { Exchange, ExchangeRequest } from './exchange.ts'
import { fetchFeed } from './fetch-feed.ts'
import { hostRefusals } from './host-refusals.ts'
import { type HostTurnsSettings, hostTurns } from './host-turns.ts'
import type { ReadingLimits } from './read-answer.ts'
import type { Recognition } from './read-body.ts'
import { type Target, targetOf } from './target.ts'

type Settings = HostTurnsSettings &
  Omit<ReadingLimits, 'onTurn'> & {
    readonly allowPrivate: boolean
    readonly onReading?: (feedId: number) => void
  }
type FetchFeed = (
  feed: FeedRef,
  now: () => Instant,
  recognise?: () => Recognition | undefined,
) => Promise<FetchOutcome>

const notAUrl = { kind: 'failed', reason: 'connect', detail: 'not an http or https URL', url: '' } as const

export function politeFeed(
  settings: Settings,
  request: (request: ExchangeRequest) => Promise<Exchange>,
  closing: AbortSignal,
): FetchFeed {
  const turnAt = hostTurns(settings, closing)
  const refusals = hostRefusals()
  const fetchNow = async (
    feed: FeedRef,
    home: Target,
    now: () => Instant,
    recognise?: () => Recognition | undefined,
  ): Promise<FetchOutcome> => {
    // A private host or a bridge refuses for one feed only.
    const isShared = settings.allowPrivate || sharesHost(feed.settings)
    const standing = isShared ? undefined : refusals.standing(home.host, home.url, now())
    if (standing !== undefined) return standing
    const onTurn = () => settings.onReading?.(feed.feedId)
    const outcome = await fetchFeed(feed, home, now, request, { ...settings, onTurn }, recognise)
    if (!isShared) refusals.note(home.host, outcome)
    return outcome
  }
  return async (feed, now, recognise) => {
    const home = targetOf(feed.settings.url)
    if (home === undefined) return { ...notAUrl, at: now(), durationMs: 0, pace: {} }
    const leave = await turnAt(home.host)
    try {
      return await fetchNow(feed, home, now, recognise)
    } finally {
      leave()
    }
  }
}
