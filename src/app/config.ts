// Loads config/ once and hands out plain data. Besides secrets.ts and config-folder.ts nothing else reads the environment.
import { dirname, resolve } from 'node:path'
import type { Alert } from '../model/alert.ts'
import type { Digest } from '../model/digest.ts'
import type { FeedSettings, Source } from '../model/source.ts'
import type { Topic, Watchlist } from '../model/topic.ts'
import { type Compilation, type CompiledWatchlist, compileWatchlist } from '../pipeline/tag.ts'
import { ConfigError } from './config-error.ts'
import { type ConfigValues, keepChecked, readKept } from './config-kept.ts'
import type { Parsed } from './config-schema.ts'
import { topicsIn } from './config-topics.ts'
import { toAlert, toDigest } from './digest-config.ts'
import { type ListenAddress, listenHint, parseListenAddress } from './listen-address.ts'
import { loadEnvironment } from './secrets.ts'

/** What presslark.yaml and the environment say; paths are absolute. */
export type Settings = Omit<Parsed<'presslark'>, 'database' | 'editions' | 'feeds' | 'queue' | 'metrics'> & {
  readonly databasePath: string
  readonly editionsFolder: string
  readonly feedsFolder?: string
  readonly redisUrl?: string // absent: the embedded runner
  readonly listen?: ListenAddress // for monitors; absent: nobody is answered
}

/** The whole configuration as plain data. */
export type Config = {
  readonly folder: string
  readonly settings: Settings
  readonly sources: readonly Source[]
  readonly topics: readonly Topic[]
  readonly compiled: CompiledWatchlist // made when first asked for, as are the warnings
  readonly topicWarnings: Compilation['warnings']
  readonly watchlists: readonly Watchlist[]
  readonly digests: readonly Digest[]
  readonly alerts: readonly Alert[]
}

/** The environment first, since each process of several needs a port of its own; `off` there silences one. */
function listenAddress(configured: string | undefined): ListenAddress | undefined {
  const wanted = process.env['PRESSLARK_METRICS']
  if (wanted === 'off') return undefined
  const text = wanted ?? configured
  if (text === undefined) return undefined
  const address = parseListenAddress(text)
  if (address !== undefined) return address
  throw new ConfigError([
    { file: 'environment', message: `PRESSLARK_METRICS is "${text}"`, hint: listenHint },
  ])
}

function toSettings(folder: string, parsed: Parsed<'presslark'>): Settings {
  const { database, editions, feeds, queue, metrics, mail, ...rest } = parsed
  const base = dirname(folder)
  const dkim = mail?.dkim && { ...mail.dkim, keyFile: resolve(base, mail.dkim.keyFile) }
  const redisUrl = process.env['PRESSLARK_REDIS_URL'] ?? (queue === 'embedded' ? undefined : queue)
  const listen = listenAddress(metrics.listen)
  return {
    ...rest,
    ...(listen === undefined ? {} : { listen }),
    ...(mail && { mail: { ...mail, ...(dkim && { dkim }) } }),
    databasePath: resolve(base, database),
    editionsFolder: resolve(base, editions),
    ...(feeds === undefined ? {} : { feedsFolder: resolve(base, feeds) }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
  }
}

type RawSource = Parsed<'sources'>['sources'][number]
type RawFeed = NonNullable<RawSource['feeds']>[number]

function toFeedSettings({ charset, interval, ...feed }: RawFeed): FeedSettings {
  const { url, language, engine, customFields, timeZone, allowPrivate, allowBadCertificate, proxy, headers } =
    feed
  return {
    url: url.replace(/#.*$/, ''),
    ...(language === undefined ? {} : { language }),
    ...(engine === undefined ? {} : { engine }),
    ...(customFields === undefined ? {} : { customFields }),
    ...(charset === undefined ? {} : { fallbackCharset: charset }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(interval === undefined ? {} : { intervalMs: interval }),
    ...(allowPrivate === undefined ? {} : { allowPrivate }),
    ...(allowBadCertificate === undefined ? {} : { allowBadCertificate }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(headers === undefined ? {} : { headers }),
  }
}

/** A feed's settings with what presslark.yaml says of all feeds and of its host. */
function inSetting(feed: FeedSettings, { allowPrivate, bridges }: Settings['http']): FeedSettings {
  return {
    ...(allowPrivate ? { allowPrivate } : {}),
    ...(bridges.length > 0 && bridges.includes(new URL(feed.url).host) ? { isBridged: true } : {}),
    ...feed,
  }
}

function toSource(raw: RawSource, http: Settings['http']): Source {
  const feeds = raw.feeds ?? (raw.url === undefined ? [] : [{ url: raw.url }])
  return {
    id: raw.id,
    name: raw.name,
    kind: raw.kind,
    grade: raw.grade,
    family: raw.family ?? raw.id,
    ...(raw.country === undefined ? {} : { country: raw.country }),
    ...(raw.language === undefined ? {} : { language: raw.language }),
    feeds: feeds.map(toFeedSettings).map((feed) => inSetting(feed, http)),
  }
}

/** The bundled program, whose name changes with any of its parts; undefined for sources, which change at every key pressed. */
const build = import.meta.url.endsWith('.ts') ? undefined : import.meta.url

type Reading = {
  readonly values: ConfigValues
  readonly compile: () => Compilation
  readonly keep: () => void
}

/** Topics of a kept copy have no mistakes; they are compiled when the first article has to be tagged. */
function fromKept(values: ConfigValues): Reading {
  let compilation: Compilation | undefined
  const compile = () => {
    compilation ??= compileWatchlist(topicsIn(values.topics))
    return compilation
  }
  return { values, compile, keep: () => {} }
}

async function fromFiles(folder: string): Promise<Reading> {
  const { checkFiles } = await import('./config-files.ts')
  const { values, texts, compilation } = checkFiles(folder)
  const keep = () => (build === undefined ? undefined : keepChecked(folder, build, values, texts))
  return { values, compile: () => compilation, keep }
}

function toConfig(folder: string, { values, compile }: Reading): Config {
  const { presslark, sources, digests } = values
  const topics = topicsIn(values.topics)
  return {
    folder,
    settings: toSettings(folder, presslark),
    sources: sources.sources.map((source) => toSource(source, presslark.http)),
    topics,
    get compiled() {
      return compile().watchlist
    },
    get topicWarnings() {
      return compile().warnings
    },
    watchlists: values.topics.watchlists.map((list) => ({
      ...list,
      topics: list.topics === 'all' ? topics.map((topic) => topic.id) : list.topics,
    })),
    digests: digests.digests.map((digest) => toDigest(digest, folder)),
    alerts: digests.alerts.map(toAlert),
  }
}

/** The configuration, and `keep` to let the next start read it at once: call it when the database is there. Throws as `loadConfig` does. */
export async function readConfig(
  folder: string,
): Promise<{ readonly config: Config; readonly keep: () => void }> {
  loadEnvironment(folder)
  const kept = build === undefined ? undefined : readKept(folder, build)
  const reading = kept === undefined ? await fromFiles(folder) : fromKept(kept)
  return { config: toConfig(folder, reading), keep: reading.keep }
}

/** Reads the four files of `folder`. Throws ConfigError with every mistake found in them. */
export async function loadConfig(folder: string): Promise<Config> {
  return (await readConfig(folder)).config
}
