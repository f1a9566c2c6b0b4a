// presslark sources check: asks every feed once and shows what it is. Stores nothing.
import type { FetchOutcome } from '../../model/outcome.ts'
import type { FeedSettings, Source } from '../../model/source.ts'
import { shownFeedUrl } from '../../store/index.ts'
import { loadConfig } from '../config.ts'
import { configFolder } from '../config-folder.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { startProgress } from '../progress.ts'
import { loadSecrets } from '../secrets.ts'
import { createFetcherFor } from '../start.ts'
import { strictWarning } from '../strict-warning.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type CheckOptions = { readonly config?: string; readonly json?: boolean }

const xmlFormats: ReadonlySet<string> = new Set(['rss', 'rdf', 'atom']) // that a strict reader can judge

export type FeedReport = {
  readonly source: string
  readonly url: string
  readonly state: string
  readonly format?: string
  readonly title?: string
  readonly items?: number
  readonly newestAt?: number
  readonly language?: string
  readonly strict?: string // where the feed breaks the rules; it is read all the same
  readonly durationMs: number
}

/** What a person wants to know of one outcome; `strict` is what a strict reader says of it. */
export function reportOf(source: string, url: string, outcome: FetchOutcome, strict?: string): FeedReport {
  const base = { source, url: shownFeedUrl(url), durationMs: Math.round(outcome.durationMs) }
  if (outcome.kind === 'failed') return { ...base, state: outcome.detail }
  if (outcome.kind !== 'fetched') return { ...base, state: outcome.kind }
  const { feed } = outcome
  const dates = feed.items.map((item) => item.publishedAt ?? item.updatedAt).filter((at) => at !== undefined)
  const moved = outcome.movedTo === undefined ? '' : `, moved to ${shownFeedUrl(outcome.movedTo)}`
  return {
    ...base,
    state: ['ok', ...feed.warnings].join('; ') + moved,
    format: feed.format,
    items: feed.items.length,
    ...(feed.title === undefined ? {} : { title: feed.title }),
    ...(feed.language === undefined ? {} : { language: feed.language }),
    ...(strict === undefined ? {} : { strict }),
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

type Checker = {
  readonly check: (source: Source, feed: FeedSettings) => Promise<FeedReport>
  readonly close: () => Promise<void>
}

/** Asks feeds as polling does, and keeps the bytes of each answer until they were read strictly too. */
async function createChecker(folder: string): Promise<Checker> {
  const { expand } = loadSecrets(folder)
  const bodies = new Map<string, Uint8Array>()
  const fetcher = createFetcherFor(await loadConfig(folder), {
    onAnswer: ({ url, bytes }) => void bodies.set(url, bytes),
  })
  const strictly = async (outcome: FetchOutcome): Promise<string | undefined> => {
    const bytes = bodies.get(outcome.url)
    bodies.delete(outcome.url)
    const isXmlFeed = outcome.kind === 'fetched' && xmlFormats.has(outcome.feed.format)
    return isXmlFeed && bytes !== undefined ? strictWarning(bytes) : undefined
  }
  return {
    check: async (source, feed) => {
      const headers = Object.fromEntries(
        Object.entries(feed.headers ?? {}).map(([name, value]) => [name, expand(value)]),
      )
      const ref = { feedId: 0, settings: { ...feed, headers }, validators: {} }
      const outcome = await fetcher.fetchFeed(ref, Date.now)
      return reportOf(source.id, feed.url, outcome, await strictly(outcome))
    },
    close: () => fetcher.close(),
  }
}

const columns = ['source', 'state', 'format', 'items', 'newest', 'language', 'title', 'strictly', 'took']

function cells(row: FeedReport): readonly string[] {
  return [
    row.source,
    row.state,
    row.format ?? '',
    String(row.items ?? ''),
    shortTime(row.newestAt),
    row.language ?? '',
    row.title ?? '',
    row.strict ?? (xmlFormats.has(row.format ?? '') ? 'valid' : ''),
    `${row.durationMs} ms`,
  ]
}

/** Exit code 1 when a feed did not answer with a feed; one that breaks rules but can be read is none of those. */
export async function checkSources(options: CheckOptions, names: readonly string[]): Promise<number> {
  const folder = configFolder(options.config)
  const feeds = chosen((await loadConfig(folder)).sources, names)
  const checker = await createChecker(folder)
  const progress = startProgress('checking', feeds.length)
  const reports = await Promise.all(
    feeds.map(async ({ source, feed }) => {
      const report = await checker.check(source, feed)
      progress.step(source.name)
      return report
    }),
  )
  progress.end()
  await checker.close()
  if (options.json) printJson(reports)
  else process.stdout.write(table(columns, reports.map(cells), 60))
  const bad = reports.filter((row) => !row.state.startsWith('ok')).length
  if (!options.json)
    process.stderr.write(`${reports.length - bad} of ${reports.length} feeds answered with a feed\n`)
  return bad === 0 ? exitCodes.ok : exitCodes.failed
}
