// Wires the parts together: one process with everything (`presslark run`), or one worker of many.

import type { Deliverer } from '../deliver/index.ts'
import { createFetcher, type Fetcher, type FetcherSettings, readingProgram } from '../fetch/index.ts'
import {
  afterDeaths,
  createDeliverHandler,
  createDigestHandler,
  createFetchHandler,
  createIngestHandler,
  type Desk,
  type DigestDeps,
  type FetchDeps,
  type Ingested,
} from '../jobs/index.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import {
  createEmbeddedRunner,
  type Handlers,
  type JobEvent,
  type Runner,
  type Trouble,
} from '../queue/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { createBusyWriter } from './busy-writer.ts'
import { type Config, readConfig } from './config.ts'
import { configFolder } from './config-folder.ts'
import { createDecidingEcho } from './deciding-thread.ts'
import { delivererSettings } from './deliverer-settings.ts'
import { deskOf } from './desk.ts'
import { createLanguageDetection } from './language-detection.ts'
import { createLaterDeliverer } from './later-deliverer.ts'
import { readingLimits } from './reading-limits.ts'
import { createReadingThread, type ReadingThread } from './reading-thread.ts'
import { loadSecrets, type Secrets } from './secrets.ts'
import { loadTemplate } from './templates.ts'
import { unsubscribeLinks } from './unsubscribe-desk.ts'
import { version } from './version.ts'

/** The configuration with an open store, ready for handlers. `desk` is swapped when a file of the configuration changes. */
export type Room = {
  readonly config: Config
  readonly secrets: Secrets
  readonly store: Store
  readonly desk: () => Desk
  readonly swapDesk: (config: Config) => void
}

export type RoomOptions = {
  readonly config?: string
  readonly verify?: boolean
  readonly now?: Instant
  readonly database?: string // instead of the configured one
  readonly looking?: boolean // puts nothing of the configuration in force
}

/** Applies a configuration to the store: sources, rule versions, digests, alerts; all of it, or none with a StoreError. */
function apply(store: Store, config: Config, now: Instant): void {
  store.transaction(() => {
    store.feeds.sync(config.sources)
    for (const digest of config.digests) store.editions.register(digest.id, now)
    for (const alert of config.alerts) store.alerts.register(alert.id, now)
    store.topics.register(config.topics, now) // last: the store remembers which versions it tags with, and nothing may fail after that
  })
}

// A file that nothing touched is sound as far as one knows; what rots on the disk all the same is found within a day of starts.
const verifiedForMs = 24 * 3_600_000

/** Reads the configuration and opens the store. Throws ConfigError or StoreError with the remedy. */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const folder = configFolder(options.config)
  const secrets = loadSecrets(folder)
  const { config, keep } = await readConfig(folder)
  const now = options.now ?? Date.now()
  const store = openStore(options.database ?? config.settings.databasePath, {
    verify: options.verify === true && { now, afterMs: verifiedForMs },
  })
  if (options.looking !== true) {
    apply(store, config, now)
    keep()
  }
  let desk = deskOf(config)
  return {
    config,
    secrets,
    store,
    desk: () => desk,
    swapDesk: (next) => {
      apply(store, next, Date.now())
      desk = deskOf(next)
    },
  }
}

export type Observers = {
  readonly onJob?: (event: JobEvent) => void
  readonly onIngested?: (event: Ingested) => void
  readonly onTrouble?: (trouble: Trouble) => void
  readonly onProblem?: (problem: string) => void // something of the desk's own failed, and the work went on without it
}
/** What a test, the demo or a replay replaces; everything else is the real thing. */
export type Overrides = Pick<
  FetcherSettings,
  'recordTo' | 'network' | 'onAnswer' | 'onReading' | 'readBody'
> & {
  readonly now?: () => Instant
  readonly random?: () => number
  readonly perHostGapMs?: number
  readonly gatherMs?: number // as for the ingest handler
  readonly runsOn?: boolean // the process is no round that ends: what pays in the long run is worth its start
}

const perHostGapMs = 1000

/** The guarded way to the web, as the configuration describes it. */
export function createFetcherFor({ settings }: Config, overrides: Overrides = {}): Fetcher {
  const { http } = settings
  const { recordTo, network, onAnswer, onReading, readBody } = overrides
  return createFetcher({
    userAgent: `Presslark/${version()}${http.contact === undefined ? '' : ` (+${http.contact})`}`,
    timeoutMs: http.timeout,
    ...readingLimits({ settings }),
    concurrency: http.concurrency,
    perHostConcurrency: 1,
    perHostGapMs: overrides.perHostGapMs ?? perHostGapMs,
    allowPrivate: http.allowPrivate,
    allowDowngrade: http.allowDowngrade,
    privateProxies: http.privateProxies,
    ...(recordTo === undefined ? {} : { recordTo }),
    ...(network === undefined ? {} : { network }),
    ...(onAnswer === undefined ? {} : { onAnswer }),
    ...(onReading === undefined ? {} : { onReading }),
    ...(readBody === undefined ? {} : { readBody }),
  })
}

/** For what only helps later: a disk that is full just now must not fail a job for the sake of it. */
function whenPossible(work: () => void): void {
  try {
    work()
  } catch {}
}

/** What the job brings may find room where its mark does not. */
function takingInHand({ feeds }: Store): (feedId: number) => void {
  return (feedId) => whenPossible(() => feeds.takeInHand(feedId))
}

/** The outside world: the web and the recipients, and the thread that reads what comes; `fetcher.close` ends it too. */
export type Outside = {
  readonly fetcher: Fetcher
  readonly deliverer: Deliverer
  readonly reading: Pick<ReadingThread, 'stayHere'>
}

/**
 * Opens nothing yet; `close` both when done. With a store and without Redis, the store knows which feed is being read, should this
 * process die of it: Redis counts such deaths by itself.
 */
export function createOutside(
  { config, secrets, store }: Pick<Room, 'config' | 'secrets'> & Partial<Pick<Room, 'store'>>,
  overrides: Overrides = {},
): Outside {
  const isAlone = store !== undefined && config.settings.redisUrl === undefined
  const reading = createReadingThread()
  const web = createFetcherFor(config, {
    readBody: reading.readBody,
    ...(isAlone ? { onReading: takingInHand(store) } : {}),
    ...overrides,
  })
  const close = async (): Promise<void> => {
    await web.close()
    await reading.close()
  }
  const fetcher = { ...web, close }
  const deliverer = createLaterDeliverer(delivererSettings(config.settings, secrets, fetcher))
  return { fetcher, deliverer, reading }
}

/** The digest's dependencies, also for the command line. */
export function digestDeps(
  { store, desk, config }: Room,
  now: () => Instant,
  onTemplateFailure?: (problem: string) => void,
): DigestDeps {
  const mailDomain = config.settings.mail?.from.match(/@([^\s>]+)/)?.[1] ?? 'presslark.invalid'
  const templates = { load: loadTemplate, ...(onTemplateFailure && { onFailure: onTemplateFailure }) }
  return { store, desk, now, mailDomain, templates }
}

/** `settle` makes the next start quick: call it before the store is closed, when nothing more is to be stored. */
export type DeskHandlers = Handlers & { readonly settle: () => void }

/** By what the store knows the entries of a feed again. From sources nothing is known again: they change at every key pressed. */
function recogniser({ feedListings }: Store): NonNullable<FetchDeps['recognise']> {
  return (feedId) => {
    if (readingProgram === undefined) return undefined
    const known = feedListings.known(feedId)
    return known === undefined ? { reader: readingProgram } : { reader: readingProgram, known }
  }
}

/** Every handler, for a process that does everything. */
export async function createHandlers(
  room: Room,
  outside: Outside,
  observers: Observers,
  overrides: Overrides = {},
): Promise<DeskHandlers> {
  const { store, desk, config, secrets } = room
  const now = overrides.now ?? Date.now
  const writer = createBusyWriter()
  const isWanted = (): boolean => overrides.runsOn === true && writer.isBusy()
  const recognise = recogniser(store)
  const echo = createDecidingEcho({ store, databasePath: store.path, desk, now, isWanted })
  let newArticles = 0
  const language = createLanguageDetection((feedId) => {
    const feed = store.feeds.find(feedId)
    return (feed?.settings.language ?? feed?.language) !== undefined
  })
  const takeInHand = config.settings.redisUrl === undefined ? takingInHand(store) : () => undefined
  const ingest = language.before(
    createIngestHandler({
      store,
      desk,
      echo,
      now,
      random: overrides.random ?? Math.random,
      intervalMs: config.settings.http.interval,
      opensPrivate: config.settings.http.allowPrivate,
      takesPushes: config.settings.websub !== undefined,
      detectLanguage: language.detect,
      gatherMs: overrides.gatherMs ?? 0,
      onWriting: takeInHand,
      onIngested: (event) => {
        newArticles += event.counts.new
        writer.note(event.counts.items)
        observers.onIngested?.(event)
      },
    }),
  )
  return {
    fetch: createFetchHandler({ fetcher: outside.fetcher, now, expand: secrets.expand, recognise }),
    ingest,
    digest: createDigestHandler(
      digestDeps(room, now, observers.onProblem ?? ((problem) => process.stderr.write(`${problem}\n`))),
    ),
    deliver: createDeliverHandler({
      store,
      deliverer: outside.deliverer,
      desk,
      now,
      ...unsubscribeLinks(room),
    }),
    settle: () =>
      whenPossible(() => {
        if (echo.settle(now())) store.search.mergeSegments(newArticles) // after many reports there are many
      }),
  }
}

/** Outcomes that are handed to the one writer at a time: it still writes one after the other, but small ones in one transaction. */
export const ingestsTogether = 8
/** Without Redis all that wait are in this process anyhow. A thousand polls without news take some fifty transactions, not five hundred. */
const ingestsInProcess = 64
/** How long the daily program lets them gather. */
export const gatherMs = 25

/** The runner the configuration asks for; a wary one of this process has one outcome in hand at a time. */
export async function createRunner(
  config: Config,
  handlers: Handlers,
  observers: Observers,
  isWary = false,
): Promise<Runner> {
  const onEvent = observers.onJob ?? (() => undefined)
  const onTrouble = observers.onTrouble ?? (() => undefined)
  const { redisUrl, http } = config.settings
  const together = redisUrl === undefined ? ingestsInProcess : ingestsTogether
  const concurrency = { fetch: http.concurrency, ingest: isWary ? 1 : together, digest: 1, deliver: 2 }
  if (redisUrl === undefined) return createEmbeddedRunner({ handlers, concurrency, onEvent })
  const { createBullRunner } = await import('./redis-runner.ts')
  const givenUp = (job: Job): readonly Job[] => afterDeaths(job, Date.now())
  return createBullRunner({ redisUrl, handlers, concurrency, onEvent, onTrouble, afterDeaths: givenUp })
}
