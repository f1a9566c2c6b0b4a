// Which trouble of a feed is worth telling somebody at once, and when it was told already.
import type { Instant } from '../model/time.ts'
import type { FeedHealth } from './feed-health.ts'

const deadAfterMs = 24 * 3_600_000

/**
 * Names the trouble to have told, undefined for none; a name other than `told` is news. While a feed fails for less than
 * a day what was told stays, so that nothing is told twice.
 */
export function troubleToTell(
  { state, since = Number.POSITIVE_INFINITY, detail }: FeedHealth,
  told: string | undefined,
  now: Instant,
): string | undefined {
  switch (state) {
    case 'failing':
      return now - since >= deadAfterMs ? state : told
    case 'moved':
      return `${state} ${detail ?? ''}`
    case 'ok':
    case 'lossy': // it was heard; editions say so as long as it lasts
    case 'never-fetched':
      return undefined
    default:
      return state
  }
}
