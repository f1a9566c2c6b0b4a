// An edition, timed: compose and render all formats of 30 and of 300 stories, out of archives of 10,000, 100,000 and 1,000,000 articles.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Desk, previewEdition } from '../src/jobs/index.ts'
import type { Digest } from '../src/model/digest.ts'
import type { Topic } from '../src/model/topic.ts'
import { compileWatchlist } from '../src/pipeline/tag.ts'
import { openStore, type Store } from '../src/store/index.ts'

const archiveSizes = [10_000, 100_000, 1_000_000] as const
const storyCounts = [30, 300] as const
const rounds = 7
const processes = 5 // the first edition of a process can be timed once in each, so the median of several is told
const dayMs = 86_400_000
const articlesPerDay = 10_000 // about what 500 sources publish
const topicCount = 10
const until = Date.UTC(2026, 10, 22, 5)

const topics: readonly Topic[] = Array.from({ length: topicCount }, (_, index) => ({
  id: `topic-${index}`,
  name: `Topic ${index}`,
  any: ['reservoir'],
}))
const desk: Desk = {
  sources: new Map(),
  topics,
  compiled: compileWatchlist(topics).watchlist,
  watchlists: [{ id: 'all', name: 'Everything', topics: topics.map(({ id }) => id) }],
  digests: [],
  alerts: [],
  configHash: 'bench',
}
const digest: Digest = {
  id: 'morning',
  name: 'Morning',
  watchlist: 'all',
  schedule: '0 5 * * *',
  timeZone: 'Asia/Baghdad',
  language: 'en',
  channels: [],
  storiesPerSection: 200,
  whenEmpty: 'send',
}

/** Articles up to `until`, the newest last; of each day the last `stories` match one topic each. Written in SQL: how they come in is timed elsewhere. */
function fill(path: string, from: number, to: number, stories: number): void {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = off')
  const at = `(${until} - (${to} - n) * ${Math.floor(dayMs / articlesPerDay)} - 1)`
  const numbers = `with recursive numbers (n) as (select ${from + 1} union all select n + 1 from numbers where n < ${to})`
  db.exec(`begin;
    ${numbers} insert into story (id, created_at) select n, ${at} from numbers;
    ${numbers} insert into article (id, source_id, feed_id, guid, url, url_key, title, summary, body, author, language, categories, flags,
      published_at, first_seen_at, story_id, story_because)
    select n, 's' || (n % 50), n % 50 + 1, 'g' || n, 'https://wire.example/2026/reservoir-' || n, 'wire.example/' || n,
      'Reservoir ' || n || ' at lowest level in a decade, ministry says after a meeting',
      'Officials met on Saturday. The ministry said water of reservoir ' || n || ' would be cut by a fifth until the spring. Farmers were not asked.',
      '', '', 'en', '[]', '[]', ${at}, ${at}, n, 'first' from numbers;
    ${numbers} insert into sighting (article_id, feed_id, item_key, content_hash, url, title, seen_at, because)
    select n, n % 50 + 1, 'k' || n, 'h', null, '', ${at}, 'first' from numbers;
    ${numbers} insert into topic_match (article_id, topic_id, rule_version, term, field, start_offset, end_offset)
    select n, 'topic-' || (n % ${topicCount}), 1, 'reservoir', 'summary', 56, 65 from numbers
      where (${to} - n) % ${articlesPerDay} < ${stories};
    commit;`)
  db.close()
}

/** Fifty sources that were heard every day of the last six weeks. */
function listen(path: string): void {
  const db = new Database(path)
  db.exec(`with recursive polls (n) as (select 0 union all select n + 1 from polls where n < 50 * 42)
    insert into fetch (feed_id, at, duration_ms, outcome, new_articles)
    select n % 50 + 1, ${until} - (n / 50) * ${dayMs} - 3600000, 5, 'fetched', 200 from polls;`)
  db.close()
}

function openArchive(path: string): Store {
  const store = openStore(path)
  store.feeds.sync(
    Array.from({ length: 50 }, (_, index) => ({
      id: `s${index}`,
      name: `Outlet ${index}`,
      family: `f${index % 30}`,
      kind: 'independent' as const,
      grade: 'B' as const,
      feeds: [{ url: `https://s${index}.example/feed` }],
    })),
  )
  store.topics.register(topics, 0)
  return store
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

type Timed = {
  readonly firstMs: number
  readonly ms: number
  readonly stories: number
  readonly megabytes: number
}

/** The first edition of a process as a worker makes it, with its memory; and the median of the ones after it. */
function timed(path: string): Timed {
  const store = openArchive(path)
  const deps = { store, desk: () => desk, now: () => until, mailDomain: 'bench.example' }
  const once = (): { readonly ms: number; readonly stories: number } => {
    const started = cpuMs()
    const { edition } = previewEdition(deps, digest, until)
    const stories = edition.sections.reduce((sum, section) => sum + section.stories.length, 0)
    return { ms: cpuMs() - started, stories }
  }
  const { ms: firstMs, stories } = once()
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const later = Array.from({ length: rounds }, () => once().ms)
  store.close()
  return { firstMs, ms: median(later), stories, megabytes }
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** The CPU time of a Node that runs nothing, in milliseconds: how quick the machine is while the editions are timed. */
function bareNode(): number {
  const script =
    'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000))'
  return Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout)
}

/** Processes of their own for each archive, so that none is measured with the memory of another; by turns with a bare Node. */
function timedApart(path: string): Timed & { readonly bareMs: number } {
  const turns = Array.from({ length: processes }, () => {
    const { stdout } = spawnSync(process.execPath, [import.meta.filename, path], { encoding: 'utf8' })
    return { ...(JSON.parse(stdout) as Timed), bareMs: bareNode() } // what this file prints when it is given a path
  })
  const middle = (of: (turn: (typeof turns)[number]) => number): number => median(turns.map(of))
  return {
    firstMs: middle(({ firstMs }) => firstMs),
    ms: middle(({ ms }) => ms),
    stories: middle(({ stories }) => stories),
    megabytes: middle(({ megabytes }) => megabytes),
    bareMs: middle(({ bareMs }) => bareMs),
  }
}

function compare(folder: string, count: number): void {
  let smallest = 0
  for (const size of archiveSizes) {
    const path = join(folder, `${count}-${size}.db`)
    openArchive(path).close()
    listen(path)
    fill(path, 0, size, count)
    const { firstMs, ms, stories, megabytes, bareMs } = timedApart(path)
    rmSync(path, { force: true })
    smallest ||= ms
    process.stdout.write(
      `${stories} stories out of ${size} articles: ${firstMs.toFixed(0)} ms of CPU for the first, ${ms.toFixed(0)} ms for the next (${(ms / smallest).toFixed(2)} times the smallest archive), ${megabytes} MB; a bare Node ${bareMs.toFixed(0)} ms\n`,
    )
  }
}

const [given] = process.argv.slice(2)
if (given === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
  try {
    for (const count of storyCounts) compare(folder, count)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
} else process.stdout.write(JSON.stringify(timed(given)))
