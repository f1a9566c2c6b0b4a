// How a feed is doing, in words for a terminal or a log line.
import type { FeedHealth } from '../pipeline/feed-health.ts'
import { shortTime } from './terminal.ts'

/** A few words that follow the state, '' when the state says it all. */
export function healthDetail({ state, usual, since, detail }: FeedHealth): string {
  switch (state) {
    case 'failing':
      return `since ${shortTime(since)}: ${detail ?? 'no reason is known'}`
    case 'gone':
      return `since ${shortTime(since)}: HTTP 410; take it out of sources.yaml`
    case 'silent':
      return `nothing new since ${shortTime(since)}, usually ${usual ?? 0} a day`
    case 'lossy':
      return 'every entry of a fetch was new: some may have been missed'
    case 'flooding':
      return 'gives its old entries a new identity at every poll'
    case 'moved':
      return `to ${detail ?? ''}: update sources.yaml`
    case 'duplicate':
      return `of ${detail ?? ''}, where it moved to: only that one is polled; take one of the two out of sources.yaml`
    default:
      return ''
  }
}
