// Why feeds that somebody wanted fetched were not asked.
import { type FeedRow, shownFeedUrl } from '../store/index.ts'
import { printable, shortTime } from './terminal.ts'

function why(feed: FeedRow, pausedUntil: number | undefined): string {
  if (feed.polledInstead !== undefined)
    return `moved to where ${shownFeedUrl(feed.polledInstead)} lives, which is polled in its place; ask that one, or this one with --force`
  if (feed.goneAt !== undefined)
    return `gone since ${shortTime(feed.goneAt)} (HTTP 410); ask again with --force`
  if (pausedUntil !== undefined) return `its host asked everybody to wait until ${shortTime(pausedUntil)}`
  return 'being fetched by another process'
}

/** A line for each of these feeds, which were not asked. `paused` says until when each host wants to be left alone. */
export function unaskedLines(
  feeds: readonly FeedRow[],
  paused: ReadonlyMap<string, number>,
): readonly string[] {
  return feeds.map((feed) => {
    const shown = `${printable(feed.sourceName)} (${shownFeedUrl(feed.url)})`
    return `${shown} was not asked: ${why(feed, paused.get(new URL(feed.url).host))}`
  })
}
