// Whole desks as processes of their own over Redis, timed from the first job to the last article, with the CPU of each process.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { startRedis } from '../tests/queue/redis.ts'

const feeds = Number(process.env['FEEDS'] ?? 200)
const items = Number(process.env['ITEMS'] ?? 50)
const root = join(import.meta.dirname, '..')
const ticksPerSecond = 100 // of /proc on Linux

function writeConfig(folder: string, port: string): void {
  const config = join(folder, 'config')
  mkdirSync(config)
  writeFileSync(join(config, 'topics.yaml'), readFileSync(join(root, 'config/topics.yaml')))
  writeFileSync(join(config, 'digests.yaml'), 'digests: []\n')
  writeFileSync(
    join(config, 'presslark.yaml'),
    'database: ./bench.db\nhttp: { concurrency: 50, allowPrivate: true }\n',
  )
  // One address each: a host is asked once a second only.
  const address = (n: number) => `http://127.0.${1 + Math.floor(n / 250)}.${(n % 250) + 1}:${port}/${n}.xml`
  const lines = Array.from(
    { length: feeds },
    (_, n) => `  - {id: s${n}, name: Outlet ${n}, url: "${address(n)}"}`,
  )
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${lines.join('\n')}\n`)
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface(child.stdout)) return line
  throw new Error('the child ended without a word')
}

/** User and system time of a running process, in milliseconds; Linux only. */
function cpuMsOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond
}

function fetchedFeeds(path: string): number {
  try {
    const db = new Database(path, { readonly: true })
    const count = Number(db.prepare('select count(distinct feed_id) from fetch').pluck().get())
    db.close()
    return count
  } catch {
    return 0 // not made yet
  }
}

/** Resolves when the program has logged the line with which it says that it runs. */
async function runs(child: ChildProcess): Promise<void> {
  if (child.stderr)
    for await (const line of createInterface(child.stderr))
      if (line.includes('runs')) return void child.stderr.resume()
  throw new Error('a program ended early')
}

type Program = { readonly name: string; readonly child: ChildProcess; readonly cpuBeforeMs: number }

async function start(
  name: string,
  args: readonly string[],
  folder: string,
  redisUrl: string,
): Promise<Program> {
  const env = { ...process.env, PRESSLARK_CONFIG: join(folder, 'config'), PRESSLARK_REDIS_URL: redisUrl }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  await runs(child)
  return { name, child, cpuBeforeMs: cpuMsOf(child) }
}

/** `fetchers` 0: the one process with the embedded runner. */
async function timeStack(fetchers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-stacks-'))
  const server = spawn(process.execPath, [join(root, 'bench/feed-server.ts'), String(feeds), String(items)])
  const redis = await startRedis({ settings: ['--appendfsync', 'everysec'] })
  const programs: Program[] = []
  try {
    writeConfig(folder, await firstLine(server))
    const worker = (name: string) => start(name, [join(root, 'workers', `${name}.ts`)], folder, redis.url)
    if (fetchers > 0) {
      programs.push(await worker('ingest'))
      for (let number = 0; number < fetchers; number++) programs.push(await worker('fetch'))
    }
    const startedAt = performance.now()
    programs.push(
      fetchers > 0
        ? await worker('scheduler')
        : await start('run', [join(root, 'src/app/cli.ts'), 'run', '--queue', 'embedded'], folder, redis.url),
    )
    while (fetchedFeeds(join(folder, 'bench.db')) < feeds) await pause(20)
    tell(fetchers, performance.now() - startedAt, programs)
  } finally {
    for (const { child } of programs) child.kill('SIGKILL')
    server.kill()
    await redis.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function tell(fetchers: number, wallMs: number, programs: readonly Program[]): void {
  const cpuMs = programs.map(({ child, cpuBeforeMs }) => cpuMsOf(child) - cpuBeforeMs)
  const of = (name: string) =>
    programs.reduce((sum, program, index) => sum + (program.name === name ? (cpuMs[index] ?? 0) : 0), 0)
  const title = fetchers === 0 ? 'one process' : `${fetchers} fetch`
  const writer = of('ingest') + of('run')
  process.stdout.write(
    `| ${title} | ${(wallMs / 1_000).toFixed(1)} | ${Math.round((feeds * items * 1_000) / wallMs)} | ${(of('fetch') / feeds).toFixed(2)} | ${(writer / feeds).toFixed(2)} | ${Math.round((feeds * items * 1_000) / writer)} |\n`,
  )
}

/** Prints one row for the embedded runner and one for each number of fetch processes. */
export async function timeStacks(): Promise<void> {
  process.stdout.write(
    `\n${feeds} feeds x ${items} items, from the start of the scheduler to the last article\n\n`,
  )
  process.stdout.write(
    '| desk | wall s | items/s | fetch CPU ms/feed | writer CPU ms/feed | items per CPU second of the writer |\n|---|---|---|---|---|---|\n',
  )
  for (const fetchers of [0, 1, 2, 4]) await timeStack(fetchers)
}
