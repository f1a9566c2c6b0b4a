// What a desk of 100 feeds costs when its archive grows old: five days, eight months, three years of a thousand articles a day.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type FeedServer, startFeedServer, writeDesk } from './growing-desk.ts'
import { growthTable } from './growth-table.ts'
import { type Cost, runProgram } from './measured-program.ts'

const feeds = 100
const entries = 50
const live = feeds * entries // what a first round brings; everything older is filled in
const newEntries = 10 // of each feed, in every turn
const dayMs = 86_400_000
const fillPort = '1024' // of the feeds in an archive that is filled; nobody asks them

const work = {
  version: ['--version'],
  start: ['fetch', 's0'],
  run: ['run', '--once'], // after a round, so that nothing is due
  query: ['search', 'Hezbollah', '--since', '24h', '--limit', '10000'],
  wholeQuery: ['search', 'Hezbollah', '--limit', '50'],
  edition: ['digest', 'morning', '--dry-run'],
  stats: ['stats'],
  sources: ['sources', 'list'],
} as const
type Turn = { readonly [N in keyof typeof work | 'round']: Cost }
type Archive = {
  readonly articles: number
  readonly folder: string
  readonly server: FeedServer
  readonly first: Cost
  readonly whole: Cost
  readonly turns: Turn[]
  readonly bytes: number
}

/** The archive of everything but the last days, filled once a day. */
function oldArchive(articles: number): string {
  const folder = join(tmpdir(), `presslark-archive-${articles}`)
  const path = join(folder, 'press.db')
  if (existsSync(path) && Date.now() - statSync(path).mtimeMs < dayMs) return path
  rmSync(folder, { recursive: true, force: true })
  const begun = `${folder}-${process.pid}`
  writeDesk(begun, feeds, fillPort)
  const args = [join(import.meta.dirname, 'old-archive.ts'), begun, String(articles)]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error('the archive was not filled')
  renameSync(begun, folder) // half an archive is never taken for a whole one
  return path
}

/** The bench server has another port at every run. */
function movePort(path: string, port: string): void {
  const db = new Database(path)
  const [from, to] = [`:${fillPort}/`, `:${port}/`]
  db.prepare('update feed set url = replace(url, ?, ?), settings = replace(settings, ?, ?)').run(
    from,
    to,
    from,
    to,
  )
  db.close()
}

async function openArchive(articles: number, within: string): Promise<Archive> {
  const folder = join(within, `articles-${articles}`)
  mkdirSync(folder)
  const server = await startFeedServer(feeds, entries)
  writeDesk(folder, feeds, server.port)
  const path = join(folder, 'press.db')
  copyFileSync(oldArchive(articles - live), path)
  movePort(path, server.port)
  runProgram(folder, ['fetch', 's0']) // keeps the checked copy of the configuration
  const first = runProgram(folder, ['fetch'])
  const whole = runProgram(folder, work.run) // this file was never read whole; the later starts need not do so
  return { articles, folder, server, first, whole, turns: [], bytes: statSync(path).size }
}

async function turn({ folder, server }: Archive): Promise<Turn> {
  await server.grow(1, newEntries)
  const round = runProgram(folder, ['fetch'])
  const costs = Object.entries(work).map(([name, args]) => [name, runProgram(folder, args)] as const)
  return { round, ...Object.fromEntries(costs) } as Turn // the names of `work`
}

function print(archives: readonly Archive[]): void {
  const cpuOf = (name: keyof Turn, less?: keyof Turn) => (index: number) =>
    archives[index]?.turns.map((costs) => costs[name].cpuMs - (less === undefined ? 0 : costs[less].cpuMs)) ??
    []
  const perEntry = (name: keyof Turn, less?: keyof Turn) => (index: number) =>
    cpuOf(name, less)(index).map((ms) => (ms * 1_000) / (feeds * newEntries))
  const of = (value: (archive: Archive) => number) => (index: number) =>
    archives.slice(index, index + 1).map(value)
  growthTable(
    'an archive of so many articles',
    archives.map(({ articles }) => articles),
    [
      [`a round of ${feeds * newEntries} new entries, CPU us an entry`, perEntry('round')],
      ['the same, less a start', perEntry('round', 'start')],
      [`the round of ${live} before it`, of(({ first }) => (first.cpuMs * 1_000) / live)],
      ['a start, with one feed, CPU ms', cpuOf('start')],
      ['start and end of `run`, CPU ms', cpuOf('run')],
      ['the first one, which reads the whole file', of(({ whole }) => whole.cpuMs)],
      ['a query of the last day, CPU ms', cpuOf('query')],
      ['the same, less `--version`', cpuOf('query', 'version')],
      ['a query of everything, newest 50', cpuOf('wholeQuery')],
      ['an edition', cpuOf('edition')],
      ['the same, less `--version`', cpuOf('edition', 'version')],
      ['`stats`', cpuOf('stats')],
      ['`sources list`', cpuOf('sources')],
      [
        'memory of a round at most, MiB',
        (index) => archives[index]?.turns.map(({ round }) => round.peakMiB) ?? [],
      ],
      ['bytes of file an article', of(({ bytes, articles }) => bytes / articles)],
    ],
  )
}

/** The sizes take turns, so that a slow minute of the machine meets all of them. */
export async function measureArchives(
  sizes: readonly number[],
  { turns, folder }: { readonly turns: number; readonly folder: string },
): Promise<void> {
  const archives: Archive[] = []
  try {
    for (const articles of sizes) archives.push(await openArchive(articles, folder))
    for (let count = 0; count < turns; count++)
      for (const archive of archives) archive.turns.push(await turn(archive))
    print(archives)
  } finally {
    for (const { server } of archives) server.close()
  }
}
