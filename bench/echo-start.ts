// What starting up costs: a store of so many recent reports, and the CPU time of reading them into fresh indexes.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createEcho, type Desk } from '../src/jobs/index.ts'
import type { Source } from '../src/model/source.ts'
import { compileWatchlist } from '../src/pipeline/tag.ts'
import { openStore, type Store } from '../src/store/index.ts'
import { type Generated, generateReports } from './echo-articles.ts'

const HOUR_MS = 3_600_000
const BATCH = 5_000
const source: Source = {
  id: 'a',
  name: 'Outlet',
  family: 'a',
  kind: 'independent',
  grade: 'C',
  feeds: [{ url: 'https://a.example/feed' }],
}
const desk: Desk = {
  sources: new Map(),
  topics: [],
  compiled: compileWatchlist([]).watchlist,
  watchlists: [],
  digests: [],
  alerts: [],
  configHash: 'bench',
}

function insert(store: Store, { document }: Generated, storyId: number): number {
  const { title, text: summary, at: firstSeenAt } = document
  const item = { title, summary, text: '', authors: [], categories: [], enclosures: [], flags: [] }
  return store.articles.insert({
    item,
    sourceId: 'a',
    feedId: 1,
    firstSeenAt,
    storyId,
    storyBecause: 'bench',
  })
}

function keep(store: Store, echo: ReturnType<typeof createEcho>, report: Generated): void {
  const { text, sourceId, at } = report.document
  const document = { ...report.document }
  const [verdict] = echo.judge([{ document, compared: text, known: {}, isLate: false }])
  if (verdict?.report === undefined) return
  const row = { sourceId, at, seenAt: at, report: verdict.report }
  if ('articleId' in verdict) {
    const { storyId, place } = verdict
    if (place.storyId === 'new') store.stories.create(at)
    echo.writeReports([{ ...row, storyId, articleId: insert(store, report, storyId) }])
  } else echo.writeReports([{ ...row, articleId: verdict.decision.of }])
}

/** Stores the reports as ingest would: copies as copies, the others in the stories that they join. */
function fill(store: Store, reports: readonly Generated[], now: number): void {
  const echo = createEcho(store, () => desk)
  echo.follow(now)
  for (let from = 0; from < reports.length; from += BATCH) {
    store.transaction(() => {
      for (const report of reports.slice(from, from + BATCH)) keep(store, echo, report)
    })
  }
  echo.forget(now) // as the program does every hour: notes what was learned
}

function start(store: Store, now: number, how: string): void {
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const echo = createEcho(store, () => desk)
  echo.follow(now)
  const { user, system } = process.cpuUsage(cpu)
  const [known, stories] = [echo.duplicates().size, echo.stories().size]
  const seconds = ((user + system) / 1e6).toFixed(2)
  process.stdout.write(`  ${how}: ${seconds} s CPU, ${known} reports known, ${stories} stories\n`)
}

/** Prints what a start with `count` reports of the last three days costs. */
export function measureStart(count: number, now: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
  const file = join(folder, 'start.db')
  const store = openStore(file)
  store.feeds.sync([source])
  fill(store, generateReports(count, 71 * HOUR_MS, now), now)
  store.checkpoint()
  const bytes = (statSync(file).size / count).toFixed(0)
  process.stdout.write(`start with ${count} reports, ${bytes} bytes of file a report\n`)
  start(store, now, 'from the snapshot')
  const other = new Database(file)
  other.exec('delete from echo_snapshot')
  other.close()
  start(store, now, 'report by report')
  store.close()
  rmSync(folder, { recursive: true, force: true })
}
