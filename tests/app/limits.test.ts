// The limits and bridges of presslark.yaml reach the feeds, and what is cut is told.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { reportOf } from '../../src/app/commands/sources-check.ts'
import { loadConfig } from '../../src/app/config.ts'
import { ingestedFields } from '../../src/app/events.ts'
import { createFetcherFor } from '../../src/app/start.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const titles = ['Harvest begins', 'Bridge opens', 'Ferry runs again', 'Museum reopens']
const body = rss(
  'Local',
  titles.map((title, index) => ({ id: `n${index}`, title, text: 'x'.repeat(3_000) })),
)

let server: LocalServer | undefined
afterEach(() => server?.close())

async function outcomeUnder(limits: string) {
  server = await listen((_request, response) => response.end(body))
  const folder = writeDesk({
    presslark: `limits: ${limits}\n`,
    sources: `sources:\n${sourceLine('local', `${server.origin}/feed`)}`,
  })
  const config = await loadConfig(join(folder, 'config'))
  const fetcher = createFetcherFor(config)
  const settings = config.sources[0]?.feeds[0] ?? { url: '' }
  const outcome = await fetcher.fetchFeed({ feedId: 1, settings, validators: {} }, Date.now)
  await fetcher.close()
  return outcome
}

describe('a limit', () => {
  it('of entries and characters cuts the feed, and check and log say how much', async () => {
    const outcome = await outcomeUnder('{items: 3, content: 1000}')
    if (outcome.kind !== 'fetched') throw new Error(outcome.kind)
    expect(outcome.feed.items.map(({ summary }) => summary.length)).toEqual([1_000, 1_000, 1_000])
    const warnings = ['entries left out beyond the first 3: 1', 'items with a field longer than its limit: 3']
    expect(reportOf('local', outcome.url, outcome).state).toBe(`ok; ${warnings.join('; ')}`)
    const counts = { items: 3, new: 3, duplicates: 0, revisions: 0, skipped: 0, overflow: false }
    const event = { feedId: 1, url: outcome.url, sourceName: 'Local', outcome, counts, matches: 0, lagMs: 0 }
    expect(ingestedFields(event)).toMatchObject({ warnings })
  })

  it('of size refuses the body', async () => {
    expect(await outcomeUnder('{body: 2kB}')).toMatchObject({ kind: 'failed', reason: 'too-large' })
  })
})

describe('a redirect from https to http', () => {
  const pem = (name: string) =>
    readFileSync(new URL(`../fixtures/fetch/tls/${name}.pem`, import.meta.url), 'utf8')

  async function outcomeWith(http: string) {
    server = await listen((_request, response) => response.end(body))
    const plain = `${server.origin}/feed`
    const secure = createServer({ cert: pem('self-signed'), key: pem('server-key') }, (_request, response) =>
      response.writeHead(301, { location: plain }).end(),
    )
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    const { port } = secure.address() as AddressInfo // a TCP server has no other
    const feed = `{url: "https://127.0.0.1:${port}/feed", allowPrivate: true, allowBadCertificate: true}`
    const sources = `sources:\n  - {id: a, name: A, feeds: [${feed}]}\n`
    const config = await loadConfig(join(writeDesk({ presslark: `http: ${http}\n`, sources }), 'config'))
    const fetcher = createFetcherFor(config)
    const settings = config.sources[0]?.feeds[0] ?? { url: '' }
    const outcome = await fetcher.fetchFeed({ feedId: 1, settings, validators: {} }, Date.now)
    await fetcher.close()
    secure.closeAllConnections()
    secure.close()
    return outcome
  }

  it('is refused and named, unless the configuration allows it; it is never kept (A53)', async () => {
    const detail = 'a redirect from https to http'
    expect(await outcomeWith('{timeout: 5s}')).toMatchObject({
      kind: 'failed',
      reason: 'bad-redirect',
      detail,
    })
    const allowed = await outcomeWith('{timeout: 5s, allowDowngrade: true}')
    expect(allowed.kind).toBe('fetched')
    expect(allowed).not.toHaveProperty('movedTo')
  })
})

describe('a host', () => {
  it('that is listed as a bridge marks its feeds, and no others (A37)', async () => {
    const folder = writeDesk({
      presslark: 'http: {bridges: ["rsshub.example"]}\n',
      sources:
        'sources:\n  - {id: a, name: A, url: "https://rsshub.example/x"}\n  - {id: b, name: B, url: "https://outlet.example/x"}\n',
    })
    const { sources } = await loadConfig(join(folder, 'config'))
    expect(sources.map(({ feeds }) => feeds[0]?.isBridged)).toEqual([true, undefined])
  })
})

describe('customFields', () => {
  const sources = (engine: string) =>
    `sources:\n  - {id: a, name: A, feeds: [{url: "https://a.example/x", ${engine}customFields: {lead: description}}]}\n`

  it('go to the feed with the engine that reads them, and are a mistake without', async () => {
    const config = await loadConfig(join(writeDesk({ sources: sources('engine: rss-parser, ') }), 'config'))
    expect(config.sources[0]?.feeds[0]?.customFields).toEqual({ lead: 'description' })
    await expect(loadConfig(join(writeDesk({ sources: sources('') }), 'config'))).rejects.toThrow(
      'customFields need engine: rss-parser',
    )
  })
})
