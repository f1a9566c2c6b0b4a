// Which trouble of a feed is worth telling somebody at once, and when it was told already.
import type { Instant } from '../model/time.ts'
import type { FeedHealth } from './feed-health.ts'

const deadAfterMs = 24 * 3_600_000

/**
 * Names the trouble to have told, undefined for none; a name other than `told` is news. Between being well and being
 * dead (failing for less than a day, lossy for an hour) what was told stays, so that nothing is told twice.
 */
export function troubleToTell(
  { state, since = Number.POSITIVE_INFINITY, detail }: FeedHealth,
  told: string | undefined,
  now: Instant,
): string | undefined {
  switch (state) {
    case 'failing':
      return now - since >= deadAfterMs ? state : told
    case 'lossy':
    case 'never-fetched':
      return told
    case 'moved':
      return `${state} ${detail ?? ''}`
    case 'ok':
      return undefined
    default:
      return state
  }
}
