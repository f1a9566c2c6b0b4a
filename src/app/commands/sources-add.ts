// presslark sources add: finds the feeds of an address, shows them, and adds one to sources.yaml.
import type { FoundFeed } from '../../fetch/index.ts'
import { acceptableSource } from '../acceptable-source.ts'
import { type Config, loadConfig } from '../config.ts'
import { configFolder } from '../config-folder.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { freshId } from '../fresh-id.ts'
import { appendSources, type NewSource } from '../sources-file.ts'
import { createFetcherFor } from '../start.ts'
import { strictWarning } from '../strict-warning.ts'
import { table } from '../table.ts'
import { printable, shortTime } from '../terminal.ts'
import { typedAddress } from '../typed-address.ts'

type AddOptions = {
  readonly config?: string
  readonly id?: string
  readonly name?: string
  readonly first?: boolean
  readonly allowPrivate?: boolean
}

function show(feeds: readonly FoundFeed[]): void {
  const rows = feeds.map((feed) => [
    feed.url,
    feed.title ?? '',
    feed.format,
    String(feed.items),
    shortTime(feed.newestAt),
    feed.language ?? '',
  ])
  process.stdout.write(table(['feed', 'title', 'format', 'items', 'newest', 'language'], rows, 70))
}

function choose(
  url: string,
  feeds: readonly FoundFeed[],
  { first = false, allowPrivate = false }: AddOptions,
): FoundFeed {
  const [feed] = feeds
  if (feed === undefined)
    throw new CommandError(
      `no feed was found at ${url}`,
      'name the address of the feed itself, or of the page that links to it',
    )
  if (feeds.length > 1 && !first)
    throw new CommandError(
      `${feeds.length} feeds were found`,
      `add one by its address (presslark sources add ${feed.url}${allowPrivate ? ' --allow-private' : ''}), or the first with --first`,
      exitCodes.usage,
    )
  return feed
}

/** What may help, by what `detail` says; the first that fits is taken. */
const advices: readonly (readonly [RegExp, string])[] = [
  [/address not allowed/, 'for a feed of your own network, add --allow-private'],
  [
    /^certificate:/,
    'for a server that you know, add the feed to sources.yaml by hand, with allowBadCertificate: true',
  ],
  [
    /^HTTP (401|403|406|429|451)/,
    'the site refuses programs here; its feed may answer all the same: find its address in a browser, and add that',
  ],
  [
    /too long|timed out|stalled/,
    'try again later, or give it more time with http: timeout in presslark.yaml',
  ],
  [/^not an http/, 'name the address of a site or feed, such as https://example.org'],
]

function adviceFor(detail: string, address: string): string {
  if (detail.startsWith('TLS') && !/^https?:/i.test(address))
    return `the site may have no https; try: presslark sources add http://${address}`
  const advice = advices.find(([pattern]) => pattern.test(detail))
  return advice?.[1] ?? 'check the address, or try the address of the feed itself'
}

function hostName(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '')
}

/** Throws CommandError for what sources.yaml would not take, such as an odd --id; a feed's odd language is left out. */
function accepted(wanted: NewSource): NewSource {
  const acceptance = acceptableSource(wanted)
  if ('source' in acceptance) return acceptance.source
  throw new CommandError(`it cannot be added: ${acceptance.because}`, undefined, exitCodes.usage)
}

/** Writes the feed into sources.yaml and returns the id of its source; refuses one that is listed already and says where. */
function addFeed(config: Config, feed: FoundFeed, options: AddOptions): string {
  const { allowPrivate = false } = options
  const owner = config.sources.find((source) => source.feeds.some((known) => known.url === feed.url))
  if (owner !== undefined)
    throw new CommandError(`${feed.url} is listed already, under "${owner.id}"`, undefined, exitCodes.usage)
  const ids = new Set(config.sources.map((source) => source.id))
  if (options.id !== undefined && ids.has(options.id))
    throw new CommandError(`the id "${options.id}" is taken`, 'choose another with --id', exitCodes.usage)
  const host = hostName(feed.url)
  const id = options.id ?? freshId(host, host, ids)
  const language = feed.language?.toLowerCase().split(/[-_]/)[0]
  const name = options.name ?? (feed.title || host)
  appendSources(config.folder, [
    accepted({ id, name, url: feed.url, language, ...(allowPrivate ? { allowPrivate } : {}) }),
  ])
  return id
}

/** Finds the feeds of an address, shows them, and adds the one there is. */
export async function addSource(options: AddOptions, [typed = '']: readonly string[]): Promise<undefined> {
  const url = typedAddress(typed)
  const folder = configFolder(options.config)
  const config = await loadConfig(folder)
  const { allowPrivate = false } = options
  const fetcher = createFetcherFor(
    allowPrivate
      ? { ...config, settings: { ...config.settings, http: { ...config.settings.http, allowPrivate } } }
      : config,
  )
  try {
    if (process.stderr.isTTY) process.stderr.write(`looking for feeds at ${printable(url)}\n`) // may take a minute
    const { feeds, detail } = await fetcher.discoverFeeds(url, Date.now)
    if (feeds.length === 0 && detail !== undefined)
      throw new CommandError(`${url}: ${detail}`, adviceFor(detail, url))
    if (feeds.length > 0) show(feeds)
    const feed = choose(url, feeds, options)
    const id = addFeed(config, feed, options)
    const exchange = await fetcher.request({ url: feed.url, allowPrivate })
    const warning = exchange.ok ? await strictWarning(exchange.bytes) : undefined
    if (warning !== undefined)
      process.stderr.write(
        `note: the feed is not strictly valid (${printable(warning)}); presslark reads it all the same\n`,
      )
    process.stdout.write(
      `Added "${id}" to ${folder}/sources.yaml; look it over (country, kind, grade), then: presslark fetch ${id}\n`,
    )
  } finally {
    await fetcher.close()
  }
  return undefined
}
