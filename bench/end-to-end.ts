// The whole line, timed: generated feeds from a local server, through fetch, parse, dedupe, tag and store, into a new SQLite file.
// FEEDS=1000 ITEMS=50 node bench/end-to-end.ts. The server and the desk are processes of their own, so that CPU is the desk's alone.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const feeds = Number(process.env['FEEDS'] ?? 1000)
const items = Number(process.env['ITEMS'] ?? 50)

type Round = {
  readonly name: string
  readonly wallMs: number
  readonly cpuMs: number
  readonly feeds: number
  readonly items: number
  readonly new: number
  readonly copies: number
  readonly unchanged: number
  readonly failed: number
}
type Report = {
  readonly rounds: readonly Round[]
  readonly peakMiB: number
  readonly databaseMiB: number
  readonly articles: number
  readonly matches: number
}

function child(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function firstLine(process: ChildProcess): Promise<string> {
  if (process.stdout === null) throw new Error('the child has no standard output')
  for await (const line of createInterface({ input: process.stdout })) return line
  throw new Error('the child ended without a word')
}

function print(report: Report): void {
  process.stdout.write(
    `${feeds} feeds x ${items} items, Node ${process.versions.node}, ${availableParallelism()} cores, full text search, tagging with the starter watchlist, duplicates and stories on\n\n`,
  )
  process.stdout.write(
    '| round | wall s | CPU s | feeds/s | items/s | CPU ms/feed | new | copies | unchanged |\n|---|---|---|---|---|---|---|---|---|\n',
  )
  for (const round of report.rounds) {
    const wallS = round.wallMs / 1000
    process.stdout.write(
      `| ${round.name} | ${wallS.toFixed(1)} | ${(round.cpuMs / 1000).toFixed(1)} | ${(round.feeds / wallS).toFixed(0)} | ${(round.items / wallS).toFixed(0)} | ${(round.cpuMs / round.feeds).toFixed(2)} | ${round.new} | ${round.copies} | ${round.unchanged} |\n`,
    )
  }
  process.stdout.write(
    `\npeak memory ${report.peakMiB.toFixed(0)} MiB, database ${report.databaseMiB.toFixed(0)} MiB, ${report.articles} articles, ${report.matches} matches\n`,
  )
  const failed = report.rounds.reduce((sum, round) => sum + round.failed, 0)
  if (failed > 0) throw new Error(`${failed} fetches failed: the figures do not count`)
}

const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
const server = child('feed-server.ts', [String(feeds), String(items)])
try {
  const port = await firstLine(server)
  const desk = child('desk.ts', [folder, port, String(feeds)])
  print(JSON.parse(await firstLine(desk)) as Report) // our own child wrote it
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}
