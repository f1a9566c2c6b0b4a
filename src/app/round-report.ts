// What one round of fetching did, told to a person: a progress bar, each failing feed with its reason, and a last line.
import type { Ingested } from '../jobs/index.ts'
import { shownFeedUrl } from '../store/index.ts'
import { troubleLine } from './events.ts'
import { startProgress } from './progress.ts'
import { printable } from './terminal.ts'

function trouble({ sourceName, url, outcome }: Ingested): string | undefined {
  const feed = `${printable(sourceName)} (${shownFeedUrl(url)})`
  if (outcome.kind === 'failed') {
    const remedy =
      outcome.reason === 'address-not-allowed' ? ' (your own network? allowPrivate: true beside its url)' : ''
    return `${feed}: ${outcome.reason === 'not-a-feed' ? 'not a feed but ' : ''}${printable(outcome.detail)}${remedy}`
  }
  if (outcome.kind === 'rate-limited') return `${feed}: asked us to slow down (HTTP ${outcome.status})`
  return outcome.kind === 'gone' ? `${feed}: gone for good (HTTP 410); it is not asked again` : undefined
}

type Manner = { readonly counted?: 'feeds' | 'polls'; readonly isQuiet?: boolean }

/** Collects the events of a round over `total` feeds, or of several rounds over as many polls; a quiet one shows no progress. */
export function createRoundReport(total: number, { counted = 'feeds', isQuiet = false }: Manner = {}) {
  const progress = isQuiet ? undefined : startProgress('fetching', total)
  const sum = { feeds: 0, unchanged: 0, failed: 0, items: 0, new: 0, duplicates: 0, revisions: 0, matches: 0 }
  const troubles: string[] = []
  const notices: string[] = []
  return {
    onIngested: (event: Ingested): void => {
      sum.feeds++
      if (event.outcome.kind === 'not-modified') sum.unchanged++
      for (const key of ['items', 'new', 'duplicates', 'revisions'] as const) sum[key] += event.counts[key]
      sum.matches += event.matches
      const line = trouble(event)
      if (line !== undefined) {
        sum.failed++
        troubles.push(line)
      }
      const notice = troubleLine(event)
      if (notice !== undefined) notices.push(notice)
      progress?.step(event.sourceName)
    },
    sum,
    troubles,
    notices,
    /** Prints only what is told once: the feeds that got into trouble or out of it. */
    endQuietly: (): void => {
      for (const line of notices) process.stderr.write(`  ${line}\n`)
    },
    /** Ends the bar and prints the summary on stderr. */
    end: (): void => {
      progress?.end()
      for (const line of [...troubles, ...notices]) process.stderr.write(`  ${line}\n`)
      const heard = sum.feeds - sum.failed
      process.stderr.write(
        `${heard} of ${sum.feeds} ${counted} heard (${sum.unchanged} unchanged), ${sum.new} new articles, ${sum.duplicates} copies, ${sum.revisions} revisions, ${sum.matches} matches\n`,
      )
    },
  }
}
