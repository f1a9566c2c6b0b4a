// The one writer, timed: outcomes that were fetched before are stored one after the other, and where the time goes is told.
// FEEDS=600 ITEMS=50 node bench/ingest.ts; the first third is not timed. Tagging is the difference to the same work without a single topic. Outcomes come to the
// writer as the embedded runner hands them on. The split is that of one thread; the last line adds the thread for copies and stories.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createDecidingEcho } from '../src/app/deciding-thread.ts'
import { createFetcherFor, openRoom, type Room } from '../src/app/start.ts'
import {
  createEcho,
  createFetchHandler,
  createIngestHandler,
  type Echo,
  fetchJobs,
} from '../src/jobs/index.ts'
import type { JobOf } from '../src/model/job.ts'

const feeds = Number(process.env['FEEDS'] ?? 600)
const warmUp = Math.floor(feeds / 3) // stored before the clock starts: a thread of its own compiles everything anew
const items = Number(process.env['ITEMS'] ?? 50)
const timedItems = (feeds - warmUp) * items
const together = 16
const root = join(import.meta.dirname, '..')

type Spent = { store: number; commit: number; echo: number }

/** CPU time of our thread: a machine that is busy with other things makes the wall clock useless for parts this small. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function clocked<T>(spent: Spent, bucket: keyof Spent, work: () => T): T {
  const startedAt = cpuMs()
  try {
    return work()
  } finally {
    spent[bucket] += cpuMs() - startedAt
  }
}

/** The same object, every call of its functions timed. */
function timed<T extends object>(part: T, bucket: keyof Spent, spent: Spent): T {
  const entries = Object.entries(part).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function'
      ? (...args: unknown[]) => clocked(spent, bucket, () => value.apply(part, args))
      : value,
  ])
  return Object.fromEntries(entries) as T // the same keys and the same types
}

/** What the writer asks of copies and stories, timed. */
function timedEcho(echo: Echo, spent: Spent): Echo {
  return {
    ...echo,
    judge: (questions) => clocked(spent, 'echo', () => echo.judge(questions)),
    writeReports: (reports) => clocked(spent, 'store', () => echo.writeReports(reports)),
  }
}

function timedStore({ store }: Room, spent: Spent): Room['store'] {
  const names = ['articles', 'search', 'topics', 'stories', 'feeds', 'coverage', 'feedListings'] as const
  const nouns = names.map((name) => [name, { value: timed(store[name], 'store', spent) }])
  const transaction = <T>(work: () => T): T => {
    let innerMs = 0
    const startedAt = cpuMs()
    const result = store.transaction(() => {
      const begunAt = cpuMs()
      const done = work()
      innerMs = cpuMs() - begunAt
      return done
    })
    spent.commit += cpuMs() - startedAt - innerMs
    return result
  }
  return Object.create(store, { ...Object.fromEntries(nouns), transaction: { value: transaction } })
}

function writeDesk(folder: string, name: string, port: string, withTopics: boolean): Promise<Room> {
  const config = join(folder, name, 'config')
  mkdirSync(config, { recursive: true })
  const none = 'watchlists: [{id: none, name: None, topics: all}]\ntopics: []\n'
  const topics = withTopics ? readFileSync(join(root, 'config/topics.yaml'), 'utf8') : none
  const sources = Array.from({ length: feeds }, (_, n) => {
    const language = (['en', 'en', 'ar', 'fa'] as const)[n % 4]
    return `  - {id: s${n}, name: Outlet ${n}, language: ${language}, url: "http://127.0.1.${(n % 200) + 1}:${port}/${n}.xml"}`
  })
  writeFileSync(join(config, 'topics.yaml'), topics)
  writeFileSync(join(config, 'digests.yaml'), 'digests: []\n')
  writeFileSync(join(config, 'presslark.yaml'), 'http: { allowPrivate: true, concurrency: 50 }\n')
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${sources.join('\n')}\n`)
  return openRoom({ config })
}

async function fetchAll(room: Room): Promise<readonly JobOf<'ingest'>[]> {
  const fetcher = createFetcherFor(room.config, { perHostGapMs: 0 })
  const fetch = createFetchHandler({ fetcher, now: Date.now, expand: (text) => text })
  const jobs = fetchJobs(room.store, Date.now()).flatMap((job) => (job.name === 'fetch' ? [fetch(job)] : []))
  const ingests = (await Promise.all(jobs)).flat()
  await fetcher.close()
  return ingests.filter((job): job is JobOf<'ingest'> => job.name === 'ingest')
}

type Stored = {
  readonly cpuMs: number // of this thread
  readonly wallMs: number
  readonly spent: Spent
  readonly articles: number
}

type Way = { readonly isTimed?: boolean; readonly isDecidedApart?: boolean }

/** What storing the jobs in a new room costs; `isTimed` says where it goes, and makes it slower. */
async function storeAll(
  room: Room,
  jobs: readonly JobOf<'ingest'>[],
  { isTimed = false, isDecidedApart = false }: Way = {},
): Promise<Stored> {
  const spent: Spent = { store: 0, commit: 0, echo: 0 }
  const { store, desk } = room
  const apart = { store, desk, databasePath: store.path, now: Date.now, isWanted: () => true }
  const echo: Echo = isDecidedApart ? createDecidingEcho(apart) : createEcho(store, desk)
  const ingest = createIngestHandler({
    store: isTimed ? timedStore(room, spent) : room.store,
    desk: room.desk,
    echo: isTimed ? timedEcho(echo, spent) : echo,
    now: Date.now,
    random: () => 0,
    intervalMs: 1_800_000,
    detectLanguage: () => 'und',
  })
  const storeEach = async (some: readonly JobOf<'ingest'>[]): Promise<void> => {
    const waiting = some.values()
    const lane = async (): Promise<void> => {
      for (const job of waiting) await ingest(job)
    }
    await Promise.all(Array.from({ length: together }, lane))
  }
  await storeEach(jobs.slice(0, warmUp))
  Object.assign(spent, { store: 0, commit: 0, echo: 0 } satisfies Spent)
  const [startedAt, startedWallMs, before] = [cpuMs(), performance.now(), store.stats(0).articles]
  await storeEach(jobs.slice(warmUp))
  const wallMs = performance.now() - startedWallMs
  const result = { cpuMs: cpuMs() - startedAt, wallMs, spent, articles: store.stats(0).articles - before }
  echo.settle(Date.now())
  store.close()
  return result
}

function print(full: Stored, bare: Stored, { cpuMs: timedMs, spent }: Stored): void {
  const perItem = (ms: number) => `${((ms * 1_000) / timedItems).toFixed(0)} µs`
  const part = (ms: number) => (ms / timedMs) * full.cpuMs
  const tagging = Math.max(0, full.cpuMs - bare.cpuMs)
  const [echo, rows, commits] = [part(spent.echo), part(spent.store), part(spent.commit)]
  process.stdout.write(
    `${feeds - warmUp} feeds x ${items} items, ${full.articles} new articles: ${Math.round((timedItems * 1_000) / full.cpuMs)} items per second of CPU, ${perItem(full.cpuMs)} an item\n\n`,
  )
  process.stdout.write(
    '| copies and stories | tagging | rows and search index | commits | the rest: reading, cutting words |\n',
  )
  process.stdout.write('|---|---|---|---|---|\n')
  const shares = [echo, tagging, rows, commits, full.cpuMs - echo - tagging - rows - commits]
  process.stdout.write(`| ${shares.map(perItem).join(' | ')} |\n`)
}

function compare(alone: Stored, deciding: Stored): void {
  const rate = (ms: number) => Math.round((timedItems * 1_000) / ms)
  const line = ({ cpuMs: ms, wallMs }: Stored) =>
    `${rate(wallMs)} items per second, ${rate(ms)} per second of the writer's CPU`
  process.stdout.write(`\none thread: ${line(alone)}\n`)
  process.stdout.write(`with the deciding thread: ${line(deciding)}\n`)
}

const folder = mkdtempSync(join(tmpdir(), 'presslark-ingest-'))
const server = spawn(process.execPath, [join(root, 'bench/feed-server.ts'), String(feeds), String(items)])
try {
  const port = await new Promise<string>((resolve) => createInterface(server.stdout).once('line', resolve))
  const warm = await writeDesk(folder, 'warm', port, true)
  const jobs = await fetchAll(warm)
  await storeAll(warm, jobs) // compiles
  const bare = await storeAll(await writeDesk(folder, 'bare', port, false), jobs)
  const full = await storeAll(await writeDesk(folder, 'full', port, true), jobs)
  const apart = await storeAll(await writeDesk(folder, 'apart', port, true), jobs, { isDecidedApart: true })
  print(full, bare, await storeAll(await writeDesk(folder, 'timed', port, true), jobs, { isTimed: true }))
  compare(full, apart)
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}
