// How long one large feed holds up everything else: fetched whole, from the request to its items, feeds of 10 MB and bodies made to hurt.
import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createFetcher } from '../src/fetch/index.ts'
import { arabicFeed, htmlFeed, newsFeed } from './parse-feeds.ts'

const MB = 1_000_000
const rounds = 3

const channel = (inside: string) => `<rss version="2.0"><channel><title>Post</title>${inside}</channel></rss>`
const item = (inside: string) => `<item><title>Bridge</title>${inside}</item>`
const filled = (part: string) => part.repeat((15 * MB) / part.length)

const bodies: Readonly<Record<string, () => string | Buffer>> = {
  '10 MB of news': () => newsFeed(10 * MB),
  '10 MB of Arabic': () => arabicFeed(10 * MB),
  '10 MB of HTML': () => htmlFeed(10 * MB),
  '15 MB of one description': () => channel(item(`<description>${filled('x &amp; y ')}</description>`)),
  '15 MB of attributes': () => channel(`<x ${filled('a="b" ')}/>`),
  '15 MB of open tags': () => channel(filled('<a>')),
  '15 MB of entries': () => channel(filled('<item/>')),
  '15 MB of keywords': () => channel(item(`<keywords>${filled('a,')}</keywords>`)),
  '15 MB in no charset': () => Buffer.alloc(15 * MB, 0xc7),
}

// In a process of its own, so that its work holds up nobody here.
function serve(): void {
  const ready = new Map(Object.entries(bodies).map(([name, make]) => [name, make()]))
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '')
    const body = ready.get(name) ?? ''
    if (name.startsWith('10 MB')) response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
    else response.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)) // a TCP server has no other
  process.on('disconnect', () => process.exit())
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** The longest turn of the event loop in CPU time of this thread, so that a busy machine adds nothing to it. */
function watchTurns(): { readonly stop: () => number } {
  let longest = 0
  let last = cpuMs()
  const turn = (): void => {
    const now = cpuMs()
    longest = Math.max(longest, now - last)
    last = now
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  return {
    stop: () => {
      clearImmediate(next)
      return Math.max(longest, cpuMs() - last)
    },
  }
}

async function run(port: number): Promise<void> {
  const fetcher = createFetcher({
    userAgent: 'Presslark bench',
    timeoutMs: 60_000,
    bodyBytesMax: 16 * 1024 * 1024,
    concurrency: 1,
    perHostConcurrency: 1,
    perHostGapMs: 0,
    allowPrivate: true,
  })
  for (const name of Object.keys(bodies)) {
    const settings = { url: `http://127.0.0.1:${port}/${encodeURIComponent(name)}` }
    const holds: number[] = []
    for (let round = 0; round < rounds; round++) {
      const turns = watchTurns()
      await fetcher.fetchFeed({ feedId: 1, settings, validators: {} }, Date.now)
      holds.push(turns.stop())
    }
    const [first = 0, ...later] = holds
    process.stdout.write(
      `${name}: held up for ${Math.max(...later).toFixed(0)} CPU ms at most, ${first.toFixed(0)} the first time\n`,
    )
  }
  await fetcher.close()
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
