// `npm run stack`: every worker as a process of its own over Redis, on this machine and without Docker. Ctrl-C stops it all.
// `npm run stack -- 4` runs four fetchers. Uses PRESSLARK_REDIS_URL when set, else a throw-away redis-server.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const fetchers = Number(process.argv[2] ?? 2)
if (!Number.isInteger(fetchers) || fetchers < 1 || fetchers > 64) {
  process.stderr.write('usage: npm run stack -- [number of fetchers, 1 to 64]\n')
  process.exit(2)
}

const redisPort = 6399 // not the usual one, which may be in use
const folder = mkdtempSync(join(tmpdir(), 'presslark-stack-'))
const children = new Map<string, ChildProcess>()
let stopping = false

function start(name: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: name === 'redis', // Ctrl-C reaches the whole group, but Redis must outlive the workers
  })
  children.set(name, child)
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => process.stdout.write(`${name.padEnd(10)} | ${line}\n`))
  child.on('error', (error) => void stop(`${name} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    children.delete(name)
    if (!stopping) void stop(`${name} ended by itself (${signal ?? `exit code ${code}`})`)
  })
}

/** A worker left alone is of no use, so the first that ends takes the others with it; Redis goes last. */
async function stop(because?: string): Promise<void> {
  if (stopping) return
  stopping = true
  if (because !== undefined) process.stderr.write(`stack: ${because}\n`)
  await end([...children.keys()].filter((name) => name !== 'redis'))
  await end(['redis'])
  rmSync(folder, { recursive: true, force: true })
  process.exit(because === undefined ? 0 : 1)
}

async function end(names: readonly string[]): Promise<void> {
  const running = names.flatMap((name) => children.get(name) ?? [])
  const ended = running.map((child) => once(child, 'exit'))
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(ended)
}

process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())

const given = process.env['PRESSLARK_REDIS_URL']
const url = given ?? `redis://127.0.0.1:${redisPort}`
if (given === undefined) {
  const settings = [
    '--port',
    String(redisPort),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--maxmemory-policy',
    'noeviction',
  ]
  start('redis', 'redis-server', [...settings, '--loglevel', 'warning'])
}
for (const file of readdirSync(new URL('../workers/', import.meta.url))) {
  const name = file.replace(/\.ts$/, '')
  const path = new URL(`../workers/${file}`, import.meta.url).pathname
  const count = name === 'fetch' ? fetchers : 1
  for (let number = 1; number <= count; number++)
    start(count > 1 ? `${name}-${number}` : name, process.execPath, [path], { PRESSLARK_REDIS_URL: url })
}
