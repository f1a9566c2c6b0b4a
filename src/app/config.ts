// Loads config/ once and hands out plain data. Only here and in secrets.ts is the environment read.
import { basename, dirname, join, resolve } from 'node:path'
import type { Alert } from '../model/alert.ts'
import type { Digest } from '../model/digest.ts'
import type { FeedSettings, Source } from '../model/source.ts'
import type { Topic, Watchlist } from '../model/topic.ts'
import { type CompiledWatchlist, compileWatchlist } from '../pipeline/tag.ts'
import { sourceMistakes, topicMistakes } from './config-checks.ts'
import { ConfigError, type ConfigMistake } from './config-error.ts'
import { type ConfigFileName, configSchemas, knownKeys, type Parsed } from './config-schema.ts'
import { alertMistakes, digestMistakes } from './digest-checks.ts'
import { toAlert, toDigest } from './digest-config.ts'
import { type ListenAddress, listenHint, parseListenAddress } from './listen-address.ts'
import { mailMistakes } from './mail-checks.ts'
import { loadEnvironment } from './secrets.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

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
  readonly compiled: CompiledWatchlist
  readonly topicWarnings: readonly { readonly topicId: string; readonly message: string }[]
  readonly watchlists: readonly Watchlist[]
  readonly digests: readonly Digest[]
  readonly alerts: readonly Alert[]
}

function readFile<N extends ConfigFileName>(folder: string, name: N): YamlFile<Parsed<N>> {
  const path = join(folder, `${name}.yaml`)
  const shown = join(basename(folder), `${name}.yaml`)
  return readYamlFile(path, shown, configSchemas[name], knownKeys(name)) as YamlFile<Parsed<N>> // the schema of that name
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
    ...(bridges.includes(new URL(feed.url).host) ? { isBridged: true } : {}),
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

/** Topics without the keys zod filled with undefined: exactly what the analyst wrote. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T // same keys, fewer of them
}

/** The four files; mistakes in several of them are told together. */
function readFiles(folder: string) {
  const mistakes: ConfigMistake[] = []
  const read = <N extends ConfigFileName>(name: N): YamlFile<Parsed<N>> | undefined => {
    try {
      return readFile(folder, name)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      mistakes.push(...error.mistakes)
      return undefined
    }
  }
  const [presslark, sources, topicsFile, digests] = [
    read('presslark'),
    read('sources'),
    read('topics'),
    read('digests'),
  ]
  if (presslark && sources && topicsFile && digests) return { presslark, sources, topicsFile, digests }
  throw new ConfigError(mistakes)
}

/** Reads the four files of `folder`. Throws ConfigError with every mistake found in them. */
export function loadConfig(folder: string): Config {
  loadEnvironment(folder)
  const { presslark, sources, topicsFile, digests } = readFiles(folder)
  const topics = topicsFile.value.topics.map((topic) => withoutUndefined(topic) as Topic) // exact optional types
  const { watchlist: compiled, problems, warnings } = compileWatchlist(topics)
  const watchlists = topicsFile.value.watchlists.map((list) => ({
    ...list,
    topics: list.topics === 'all' ? topics.map((topic) => topic.id) : list.topics,
  }))
  const hasMail = presslark.value.mail !== undefined
  const mistakes = [
    ...mailMistakes(presslark, folder),
    ...sourceMistakes(sources),
    ...topicMistakes(topicsFile, topics, problems),
    ...digestMistakes(digests, { watchlists: watchlists.map((list) => list.id), hasMail, folder }),
    ...alertMistakes(digests, { topics: topics.map((topic) => topic.id), hasMail }),
  ]
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return {
    folder,
    settings: toSettings(folder, presslark.value),
    sources: sources.value.sources.map((source) => toSource(source, presslark.value.http)),
    topics,
    compiled,
    topicWarnings: warnings,
    watchlists,
    digests: digests.value.digests.map((digest) => toDigest(digest, folder)),
    alerts: digests.value.alerts.map(toAlert),
  }
}
