// Why feeds that somebody wanted fetched were not asked.
import { refusedScope, sharesHost } from '../pipeline/shared-host.ts'
import { type FeedRow, shownFeedUrl } from '../store/index.ts'
import { printable, shortTime } from './terminal.ts'

function why(feed: FeedRow, pausedUntil: number | undefined): string {
  if (feed.polledInstead !== undefined)
    return `moved to where ${shownFeedUrl(feed.polledInstead)} lives, which is polled in its place; ask that one, or this one with --force`
  if (feed.goneAt !== undefined)
    return `gone since ${shortTime(feed.goneAt)} (HTTP 410); ask again with --force`
  if (pausedUntil !== undefined)
    return `${sharesHost(feed.settings) ? 'it asked us' : 'its host asked everybody'} to wait until ${shortTime(pausedUntil)}`
  return 'being fetched by another process'
}

/** A line for each of these feeds, which were not asked. `pauses` says until when hosts, or feeds by their address, want to be left alone. */
export function unaskedLines(
  feeds: readonly FeedRow[],
  pauses: ReadonlyMap<string, number>,
): readonly string[] {
  return feeds.map((feed) => {
    const shown = `${printable(feed.sourceName)} (${shownFeedUrl(feed.url)})`
    return `${shown} was not asked: ${why(feed, pauses.get(refusedScope(feed)))}`
  })
}
