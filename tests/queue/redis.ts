// A real Redis for the queue tests: a private server in a temporary folder, or the one REDIS_URL names.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'

const program = 'redis-server'

export type TestRedis = {
  readonly url: string
  /** A client for the test's own questions and misdeeds. */
  readonly client: Redis
  /** SIGKILL: what only memory held is gone. */
  readonly kill: () => Promise<void>
  /** SIGSTOP: it answers nobody, and nobody hears that it is gone; SIGCONT ends that. */
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void
  /** Starts it again on the same port with the same files. */
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The Redis of REDIS_URL when set, a private one otherwise. */
export async function anyRedis(): Promise<Pick<TestRedis, 'url' | 'close'>> {
  const url = process.env['REDIS_URL']
  return url ? { url, close: async () => undefined } : startRedis()
}

type ServerOptions = {
  readonly port?: number
  readonly password?: string
  readonly settings?: readonly string[] // as on the command line, e.g. ['--maxmemory-policy', 'allkeys-lru']
}

/** A private server on loopback that keeps its jobs on disk (AOF). */
export async function startRedis(options: ServerOptions = {}): Promise<TestRedis> {
  if (spawnSync(program, ['--version']).status !== 0)
    throw new Error('The queue tests need a Redis: apt-get install -y redis-server, or set REDIS_URL.')
  const folder = await mkdtemp(join(tmpdir(), 'presslark-redis-'))
  const { port = await freePort(), password = '', settings = [] } = options
  const url = `redis://:${password}@127.0.0.1:${port}`
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => undefined) // expected while the server is down
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    const basics = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--requirepass', password]
    // With the usual everysec a busy disk lets Redis answer up to two seconds before it writes, and SIGKILL takes those.
    const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
    server = spawn(program, [...basics, ...durable, ...settings], { stdio: 'ignore' })
    await client.ping()
  }
  async function kill(): Promise<void> {
    if (server === undefined) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
    server = undefined
  }
  async function close(): Promise<void> {
    client.disconnect()
    await kill()
    await rm(folder, { recursive: true, force: true })
  }
  await start()
  const signal = (name: NodeJS.Signals) => void server?.kill(name)
  return { url, client, kill, signal, start, close }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await pause(0)
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
