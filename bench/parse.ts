// node bench/parse.ts: parse MB per CPU-second beside rss-parser and feedsmith, interleaved in one run.
import { setImmediate } from 'node:timers/promises'
import { parseFeed } from 'feedsmith'
import Parser from 'rss-parser'
import { decodeBody } from '../src/fetch/decode.ts'
import { readFeed } from '../src/pipeline/parse.ts'
import { arabicFeed, htmlFeed, newsFeed } from './parse-feeds.ts'

type Contender = { readonly name: string; readonly parse: (body: Buffer) => Promise<number> }

const MB = 1_000_000
const BODY_BYTES_MAX = 16 * 1024 * 1024
/** Many short turns: what else the machine does then hits all contenders alike. */
const ROUNDS = 25
const ROUNDS_LARGE = 7

const presslark: Contender = {
  name: 'presslark',
  parse: async (body) => {
    const decoded = decodeBody(body, { bytesMax: BODY_BYTES_MAX })
    if (!decoded.ok) throw new Error(decoded.detail)
    const pause = (): Promise<void> => setImmediate()
    const caps = { itemsMax: 100_000 } // nobody else stops at 5,000 items
    const reading = await readFeed(decoded.text, {
      url: 'https://feed.example/',
      fetchedAt: Date.now(),
      caps,
      pause,
    })
    if (!reading.ok) throw new Error(reading.detail)
    return reading.feed.items.length
  },
}
const rssParser: Contender = {
  name: 'rss-parser',
  parse: async (body) => (await new Parser().parseString(body.toString())).items.length,
}
const feedsmith: Contender = {
  name: 'feedsmith',
  parse: (body) => {
    const { feed } = parseFeed(body.toString())
    return Promise.resolve('items' in feed ? (feed.items?.length ?? 0) : 0)
  },
}
const contenders = [presslark, rssParser, feedsmith]

async function cpuMs(run: () => Promise<number>, times: number): Promise<number> {
  const before = process.cpuUsage()
  for (let time = 0; time < times; time++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function compare(title: string, body: Buffer): Promise<void> {
  const times = Math.max(1, Math.round(MB / body.length))
  const rounds = body.length > 5 * MB ? ROUNDS_LARGE : ROUNDS
  const costs = contenders.map((): number[] => [])
  for (const { parse } of contenders) await parse(body)
  for (let round = 0; round < rounds; round++)
    for (const [index, { parse }] of contenders.entries())
      costs[index]?.push(await cpuMs(() => parse(body), times))
  const rates = costs.map((ms) => body.length / MB / (median(ms) / 1000))
  const [own = [], rival = []] = costs
  const ratio = median(own.map((ms, round) => (rival[round] ?? 0) / ms))
  const cells = contenders.map(({ name }, index) => `${name} ${(rates[index] ?? 0).toFixed(1)}`)
  process.stdout.write(
    `${title.padEnd(14)} MB per CPU-second: ${cells.join(', ')}; ${ratio.toFixed(1)} x rss-parser\n`,
  )
}

/** A fetcher runs for weeks, so nobody is measured while the engine still compiles. */
async function warmUp(): Promise<void> {
  const bodies = [newsFeed(10_000), newsFeed(100_000), arabicFeed(100_000), htmlFeed(100_000)]
  for (let round = 0; round < 60; round++)
    for (const body of bodies) for (const { parse } of contenders) await parse(Buffer.from(body))
}

/** The longest time the event loop was held while one body was read. */
async function longestHold(body: Buffer): Promise<number> {
  let longest = 0
  let last = performance.now()
  const decoded = decodeBody(body, { bytesMax: BODY_BYTES_MAX })
  if (!decoded.ok) throw new Error(decoded.detail)
  const pause = async (): Promise<void> => {
    longest = Math.max(longest, performance.now() - last)
    await setImmediate()
    last = performance.now()
  }
  last = performance.now()
  await readFeed(decoded.text, { url: 'https://feed.example/', fetchedAt: Date.now(), pause })
  return Math.max(longest, performance.now() - last)
}

if (process.argv[2] === 'memory') {
  await presslark.parse(Buffer.from(arabicFeed(10 * MB)))
  process.stdout.write(
    `peak memory of a 10 MB feed: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  )
} else {
  await warmUp()
  await compare('10 KB', Buffer.from(newsFeed(10_000)))
  await compare('100 KB', Buffer.from(newsFeed(100_000)))
  await compare('1 MB', Buffer.from(newsFeed(MB)))
  await compare('10 MB Arabic', Buffer.from(arabicFeed(10 * MB)))
  await compare('10 MB HTML', Buffer.from(htmlFeed(10 * MB)))
  for (const make of [arabicFeed, htmlFeed])
    process.stdout.write(
      `longest hold of the event loop, 10 MB: ${(await longestHold(Buffer.from(make(10 * MB)))).toFixed(0)} ms\n`,
    )
}
