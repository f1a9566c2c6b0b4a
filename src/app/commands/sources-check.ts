// presslark sources check: asks every feed once and shows what it is. Stores nothing.
import type { FetchOutcome } from '../../model/outcome.ts'
import type { FeedSettings, Source } from '../../model/source.ts'
import { shownFeedUrl } from '../../store/index.ts'
import { configFolder, loadConfig } from '../config.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { loadSecrets } from '../secrets.ts'
import { createFetcherFor } from '../start.ts'
import { printJson, shortTime, startProgress, table } from '../terminal.ts'

type CheckOptions = { readonly config?: string; readonly json?: boolean }

export type FeedReport = {
  readonly source: string
  readonly url: string
  readonly state: string
  readonly format?: string
  readonly title?: string
  readonly items?: number
  readonly newestAt?: number
  readonly language?: string
  readonly durationMs: number
}

/** What a person wants to know of one outcome. */
export function reportOf(source: string, url: string, outcome: FetchOutcome): FeedReport {
  const base = { source, url: shownFeedUrl(url), durationMs: Math.round(outcome.durationMs) }
  if (outcome.kind === 'failed') return { ...base, state: outcome.detail }
  if (outcome.kind !== 'fetched') return { ...base, state: outcome.kind }
  const { feed } = outcome
  const dates = feed.items.map((item) => item.publishedAt ?? item.updatedAt).filter((at) => at !== undefined)
  const moved = outcome.movedTo === undefined ? '' : `, moved to ${shownFeedUrl(outcome.movedTo)}`
  return {
    ...base,
    state: `ok${moved}`,
    format: feed.format,
    items: feed.items.length,
    ...(feed.title === undefined ? {} : { title: feed.title }),
    ...(feed.language === undefined ? {} : { language: feed.language }),
    ...(dates.length > 0 ? { newestAt: Math.max(...dates) } : {}),
  }
}

function chosen(
  sources: readonly Source[],
  names: readonly string[],
): readonly { source: Source; feed: FeedSettings }[] {
  const unknown = names.find((name) => !sources.some((source) => source.id === name))
  if (unknown !== undefined)
    throw new CommandError(
      `there is no source "${unknown}" in sources.yaml`,
      'see: presslark sources list',
      exitCodes.usage,
    )
  return sources
    .filter((source) => names.length === 0 || names.includes(source.id))
    .flatMap((source) => source.feeds.map((feed) => ({ source, feed })))
}

/** Exit code 1 when a feed did not answer with a feed. */
export async function checkSources(options: CheckOptions, names: readonly string[]): Promise<number> {
  const folder = configFolder(options.config)
  const config = loadConfig(folder)
  const { expand } = loadSecrets(folder)
  const feeds = chosen(config.sources, names)
  const fetcher = createFetcherFor(config)
  const progress = startProgress('checking', feeds.length)
  const reports = await Promise.all(
    feeds.map(async ({ source, feed }) => {
      const headers = Object.fromEntries(
        Object.entries(feed.headers ?? {}).map(([name, value]) => [name, expand(value)]),
      )
      const outcome = await fetcher.fetchFeed(
        { feedId: 0, settings: { ...feed, headers }, validators: {} },
        Date.now,
      )
      progress.step(source.name)
      return reportOf(source.id, feed.url, outcome)
    }),
  )
  progress.end()
  await fetcher.close()
  if (options.json) printJson(reports)
  else {
    const rows = reports.map((row) => [
      row.source,
      row.state,
      row.format ?? '',
      String(row.items ?? ''),
      shortTime(row.newestAt),
      row.language ?? '',
      row.title ?? '',
      `${row.durationMs} ms`,
    ])
    process.stdout.write(
      table(['source', 'state', 'format', 'items', 'newest', 'language', 'title', 'took'], rows, 50),
    )
  }
  const bad = reports.filter((row) => !row.state.startsWith('ok')).length
  if (!options.json)
    process.stderr.write(`${reports.length - bad} of ${reports.length} feeds answered with a feed\n`)
  return bad === 0 ? exitCodes.ok : exitCodes.failed
}
