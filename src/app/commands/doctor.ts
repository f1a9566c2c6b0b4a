// presslark doctor: each line says ok, or what is wrong and how to mend it.

import { existsSync } from 'node:fs'
import type { FeedHealth } from '../../pipeline/feed-health.ts'
import { openStore, shownFeedUrl } from '../../store/index.ts'
import { parseHttpDate } from '../../text/http-date.ts'
import { type Config, loadConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { configFolder } from '../config-folder.ts'
import { checkDatabase } from '../doctor-database.ts'
import { checkDeliveries } from '../doctor-deliveries.ts'
import { checkPermissions } from '../doctor-permissions.ts'
import { checkSecrets } from '../doctor-secrets.ts'
import { exitCodes } from '../exit.ts'
import { bad, type Finding, ok } from '../finding.ts'
import { healthDetail } from '../health-words.ts'
import { mailRemedy } from '../mail-remedy.ts'
import { numberOf } from '../number-of.ts'
import { redisRemedy } from '../redis-remedy.ts'
import { loadSecrets, type Secrets } from '../secrets.ts'
import { createFetcherFor, createOutside } from '../start.ts'
import { printable, printJson } from '../terminal.ts'
import { topicWarnings } from '../topic-warnings.ts'

function checkNode(): Finding {
  return ok('node', `${process.versions.node} (22.14 or newer is needed)`)
}

const dayMs = 24 * 3_600_000
const isWell: ReadonlySet<FeedHealth['state']> = new Set(['ok', 'lossy', 'never-fetched'])

/** Warnings only: of seventy feeds one always fails, and a doctor who cries every day is not heard. */
function checkFeeds({ settings: { databasePath } }: Config): readonly Finding[] {
  if (!existsSync(databasePath)) return []
  const store = openStore(databasePath)
  try {
    const health = store.coverage.health({ from: Date.now() - dayMs, until: Date.now() })
    const troubled = store.feeds.list().flatMap((feed) => {
      const found = health.get(feed.id)
      if (found === undefined || isWell.has(found.state)) return []
      const line = `${feed.sourceName} (${shownFeedUrl(feed.settings.url)}) is ${found.state} ${healthDetail(found)}`
      return [ok('feeds', `warning: ${printable(line).trimEnd()}`)]
    })
    return troubled.length > 0 ? troubled : [ok('feeds', 'none needs looking after')]
  } finally {
    store.close()
  }
}

async function checkRedis({ settings: { redisUrl } }: Config): Promise<Finding> {
  if (redisUrl === undefined) return ok('redis', 'not used (queue: embedded)')
  const { probeRedis } = await import('../../queue/index.ts')
  const trouble = await probeRedis(redisUrl)
  return trouble === undefined ? ok('redis', 'answers') : bad('redis', `${trouble}; ${redisRemedy(trouble)}`)
}

async function checkMail(config: Config, secrets: Secrets): Promise<Finding> {
  const { mail } = config.settings
  if (mail === undefined) return ok('mail', 'not used (no mail section in presslark.yaml)')
  const outside = createOutside({ config, secrets })
  const { host, user } = mail
  try {
    const checks = await outside.deliverer.verify()
    const trouble = checks.find((found) => found.kind === 'email' && !found.ok)
    return trouble === undefined
      ? ok(
          'mail',
          `${host} answers${user === undefined ? '; no login is configured' : ' and takes our login'}`,
        )
      : bad('mail', `${printable(trouble.detail)}; ${mailRemedy(trouble.detail)}`)
  } finally {
    await outside.deliverer.close()
    await outside.fetcher.close()
  }
}

/** Compares our clock with the first feed host that tells the time; publishers' dates are judged by ours. */
async function checkNetworkAndClock(config: Config): Promise<readonly Finding[]> {
  const feed = config.sources.flatMap((source) => source.feeds)[0]
  if (feed === undefined)
    return [bad('network', 'sources.yaml lists no feed; add one with: presslark sources add URL')]
  const { host } = new URL(feed.url)
  const fetcher = createFetcherFor(config)
  try {
    const exchange = await fetcher.request({ url: feed.url, allowPrivate: feed.allowPrivate ?? false })
    if (!exchange.ok)
      return [
        bad('network', `${host}: ${exchange.detail}; check the network, or try: presslark sources check`),
      ]
    return [ok('network', `${host} answers`), checkClock(host, String(exchange.headers['date'] ?? ''))]
  } finally {
    await fetcher.close()
  }
}

function checkClock(host: string, dateHeader: string): Finding {
  const now = Date.now()
  const skewMs = now - (parseHttpDate(dateHeader, now) ?? now)
  if (Math.abs(skewMs) <= 120_000) return ok('clock', new Date().toISOString())
  return bad(
    'clock',
    `differs by ${Math.round(skewMs / 1000)} s from ${host}; set this machine's clock (NTP)`,
  )
}

/** Publishers who want to reach us would write to somebody else. */
function contactWarning({ settings: { http } }: Config): readonly Finding[] {
  if (http.contact === undefined || !/\bexample\.(?:org|com|net)\b/.test(http.contact)) return []
  const detail = `warning: http: contact in presslark.yaml is still the example, ${printable(http.contact)}; publishers see it: put an address of yours there`
  return [ok('configuration', detail)]
}

async function examine(folder: string): Promise<readonly Finding[]> {
  try {
    const config = await loadConfig(folder)
    const secrets = loadSecrets(folder)
    const database = checkDatabase(config, Date.now())
    const counts = [
      numberOf(config.sources.length, 'source'),
      numberOf(config.topics.length, 'topic'),
      numberOf(config.digests.length, 'digest'),
    ].join(', ')
    return [
      checkNode(),
      ok('configuration', `${folder}: ${counts}`),
      ...contactWarning(config),
      ...topicWarnings(config).map((warning) => ok('configuration', warning)),
      ...checkSecrets(config, secrets),
      ...database,
      ...(database.every((finding) => finding.ok)
        ? [...checkFeeds(config), ...checkDeliveries(config, Date.now())]
        : []),
      ...checkPermissions(config),
      await checkRedis(config),
      await checkMail(config, secrets),
      ...(await checkNetworkAndClock(config)),
    ]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [checkNode(), bad('configuration', error.message)]
  }
}

/** Exit code 1 when something is wrong. */
export async function doctor(options: {
  readonly config?: string
  readonly json?: boolean
}): Promise<number> {
  const findings = await examine(configFolder(options.config))
  if (options.json) printJson(findings)
  else
    for (const finding of findings)
      process.stdout.write(`${finding.ok ? 'ok  ' : 'BAD '} ${finding.check.padEnd(14)} ${finding.detail}\n`)
  return findings.every((finding) => finding.ok) ? exitCodes.ok : exitCodes.failed
}
