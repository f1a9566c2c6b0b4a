// The fields of one log line per job, and per outcome ingested.
import type { Ingested } from '../jobs/index.ts'
import type { JobEvent } from '../queue/index.ts'
import { shownFeedUrl } from '../store/index.ts'
import { healthDetail } from './health-words.ts'
import { printable } from './terminal.ts'

export function jobFields(event: JobEvent): object {
  return { ...event, durationMs: Math.round(event.durationMs) }
}

/** What became of one fetch: feed, outcome, items, new, duplicates, matches. Never a header, a query string or a body. */
export function ingestedFields({
  feedId,
  url,
  sourceName,
  outcome,
  counts,
  matches,
  lagMs,
  trouble,
}: Ingested): object {
  const reason = outcome.kind === 'failed' ? { reason: outcome.reason, detail: outcome.detail } : {}
  const warnings = outcome.kind === 'fetched' ? outcome.feed.warnings : []
  return {
    feed: feedId,
    source: sourceName,
    url: shownFeedUrl(url),
    outcome: outcome.kind,
    ...reason,
    fetchMs: Math.round(outcome.durationMs),
    ...counts,
    matches,
    lagMs: Math.round(lagMs),
    ...(warnings.length === 0 ? {} : { warnings }), // our own words: what was cut, and how often
    ...(trouble === undefined ? {} : { trouble: trouble.state }),
  }
}

/** One line when a feed dies, falls silent, moves or the like: told once, when it begins. */
export function troubleLine({ sourceName, url, trouble }: Ingested): string | undefined {
  if (trouble === undefined) return undefined
  return `${printable(sourceName)} (${shownFeedUrl(url)}) is ${trouble.state} ${printable(healthDetail(trouble))}`.trimEnd()
}
