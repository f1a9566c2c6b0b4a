// Polls answered by 304 and by a gzip body: how many a second, and what a poll costs beside undici alone.
import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { createFetcher } from '../src/fetch/index.ts'

const pollsPerRound = 1_000
const rounds = 15
const inFlight = 20
const etag = '"e1"'

// The server runs in a process of its own, so that its work is not counted as ours.
function serve(): void {
  const item = (number: number) => `<item><title>Story ${number}</title><guid>${number}</guid></item>`
  const items = Array.from({ length: 30 }, (_, number) => item(number)).join('')
  const body = gzipSync(`<rss version="2.0"><channel><title>Harbour Post</title>${items}</channel></rss>`)
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
    else response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)) // a TCP server has no other
  process.on('disconnect', () => process.exit())
}

type Figures = { readonly cpuMs: number; readonly perSecond: number }

async function measure(poll: () => Promise<void>): Promise<Figures> {
  const lane = async () => {
    for (let count = 0; count < pollsPerRound / inFlight; count++) await poll()
  }
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: inFlight }, lane))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startedMs) / 1_000
  return { cpuMs: (user + system) / 1_000 / pollsPerRound, perSecond: pollsPerRound / seconds }
}

/** A few rounds after one to warm up, taken in turn so that a busy machine slows all alike. */
async function inTurn(polls: Readonly<Record<string, () => Promise<void>>>): Promise<Map<string, Figures[]>> {
  const figures = new Map<string, Figures[]>()
  for (let round = 0; round <= rounds; round++) {
    for (const [name, poll] of Object.entries(polls)) {
      const now = await measure(poll)
      if (round > 0) figures.set(name, [...(figures.get(name) ?? []), now])
    }
  }
  return figures
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

async function run(port: number): Promise<void> {
  const origin = `http://127.0.0.1:${port}`
  const agent = new Agent({ connections: inFlight })
  const bare = async (headers: Record<string, string>) => {
    const response = await agent.request({ origin, path: '/feed', method: 'GET', headers })
    const bytes = await response.body.bytes()
    if (bytes.length > 0) gunzipSync(bytes)
  }
  const fetcher = createFetcher({
    userAgent: 'Presslark bench',
    timeoutMs: 30_000,
    bodyBytesMax: 10_000_000,
    concurrency: inFlight,
    perHostConcurrency: inFlight,
    perHostGapMs: 0,
    allowPrivate: true,
  })
  const settings = { url: `${origin}/feed` }
  const fetchOnce = async (expected: string, validators: { etag?: string }) => {
    const { kind } = await fetcher.fetchFeed({ feedId: 1, settings, validators }, Date.now)
    if (kind !== expected) throw new Error(`expected ${expected}, was ${kind}`)
  }
  const figures = await inTurn({
    'undici alone, 304': () => bare({ 'if-none-match': etag }),
    'fetchFeed, 304': () => fetchOnce('not-modified', { etag }),
    'undici alone, gzip': () => bare({}),
    'fetchFeed, gzip and 30 items': () => fetchOnce('fetched', {}),
  })
  for (const [name, taken] of figures) {
    const perSecond = median(taken.map((one) => one.perSecond))
    const cpuMs = median(taken.map((one) => one.cpuMs))
    process.stdout.write(`${name}: ${Math.round(perSecond)} polls/s, ${cpuMs.toFixed(3)} CPU ms a poll\n`)
  }
  const alone = figures.get('undici alone, 304') ?? []
  const ratios = (figures.get('fetchFeed, 304') ?? []).map(
    ({ cpuMs }, round) => cpuMs / (alone[round]?.cpuMs ?? Number.NaN),
  )
  process.stdout.write(
    `fetchFeed, 304: ${median(ratios).toFixed(2)} times the CPU of undici alone, the median of ${rounds} rounds\n`,
  )
  await Promise.all([fetcher.close(), agent.destroy()])
}

if (process.argv[2] === 'serve') serve()
else {
  const server = fork(import.meta.filename, ['serve'])
  const port = await new Promise<number>((resolve) =>
    server.once('message', (message) => resolve(Number(message))),
  )
  await run(port)
  server.disconnect()
}
