// Containers of the image: each service of docker-compose.yml as a process of another user, who may write the data and nothing else.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { parse } from 'yaml'
import { z } from 'zod'
import { freePort, startRedis } from '../queue/redis.ts'
import { writeSoakDesk } from './desk-config.ts'
import { buildImage, type Image, nobody } from './image.ts'
import { openMailSink } from './mail-sink.ts'
import { openPress } from './press.ts'

export type ImageReport = {
  readonly mebibytes: number // of the folder /app, with the packages
  readonly reports: number
  readonly stored: number
  readonly complaints: readonly string[]
}

const service = z.looseObject({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
})
const compose = z.looseObject({ services: z.record(z.string(), z.unknown()) })

type Container = {
  readonly name: string
  readonly child: ChildProcess
  readonly port: number
  readonly said: string[]
}

const servicesWithout = new Set(['redis', 'mailpit']) // other people's images

/** Every worker as docker-compose.yml starts it, and last of all the image as it runs when nobody says what. */
function containersOf(
  image: Image,
): readonly { name: string; command: readonly string[]; environment: object }[] {
  const text = readFileSync(join(import.meta.dirname, '../../docker-compose.yml'), 'utf8')
  const { services } = compose.parse(parse(text, { merge: true }))
  const workers = Object.entries(services).filter(([name]) => !servicesWithout.has(name))
  const order = ['ingest', 'scheduler', 'fetch', 'digest'] // as depends_on cannot say: the writer makes the database
  return workers
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, one]) => ({ name, ...service.parse(one) }))
    .map(({ name, command, environment }) => ({
      name,
      command,
      environment: { ...image.environment, ...environment },
    }))
}

async function startContainer(
  image: Image,
  { name, command, environment }: ReturnType<typeof containersOf>[number],
  redisUrl: string,
): Promise<Container> {
  const port = await freePort() // containers share the port, processes of one machine cannot
  const [program = '', ...args] = command
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: image.app,
    env: {
      ...environment,
      PRESSLARK_METRICS: String(port),
      ...(redisUrl === '' ? {} : { PRESSLARK_REDIS_URL: redisUrl }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
  })
  const said: string[] = []
  child.stderr?.on('data', (data: Buffer) => void said.push(String(data)))
  const container = { name, child, port, said }
  while (!isHealthy(image, container)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${said.join('')}`)
    await pause(100)
  }
  return container
}

/** What Docker does every half minute. */
function isHealthy({ health, app }: Image, { port }: Pick<Container, 'port'>): boolean {
  const args = health.slice(1).map((one) => one.replace('9464', String(port)))
  return spawnSync(process.execPath, args, { cwd: app }).status === 0
}

async function stopContainer({ name, child, said }: Container): Promise<readonly string[]> {
  const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode])
  child.kill('SIGTERM')
  const [code] = await ended
  return code === 0 ? [] : [`${name} ended with ${code}: ${said.slice(-3).join('')}`]
}

/** What stands below /app, without what belongs to volumes. */
function contents(app: string): ReadonlyMap<string, number> {
  const files = globSync('**/*', {
    cwd: app,
    exclude: (path) => /^(?:data|editions|config)(?:\/|$)/.test(path),
  })
  return new Map(files.map((file) => [file, statSync(join(app, file)).mtimeMs]))
}

function bytesOf(folder: string): number {
  return globSync('**/*', { cwd: folder }).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
}

function storedIn(app: string): number {
  try {
    const db = new Database(join(app, 'data/presslark.db'), { readonly: true })
    const count = Number(db.prepare('select count(*) from article').pluck().get())
    db.close()
    return count
  } catch {
    return 0
  }
}

function mount(image: Image, urls: readonly string[], mailPort: number): void {
  rmSync(join(image.app, 'config'), { recursive: true })
  writeSoakDesk(image.app, {
    urls,
    mailPort,
    http: { timeout: '5s', interval: '10m', concurrency: 4 },
    digest: { id: 'often', name: 'Often', schedule: '*/10 * * * *' },
  })
  for (const volume of ['data', 'editions'].map((name) => join(image.app, name))) {
    rmSync(volume, { recursive: true, force: true })
    mkdirSync(volume)
    if (process.getuid?.() === 0) chownSync(volume, nobody, nobody)
  }
}

/** Builds the image, runs the services of docker-compose.yml from it, and then the image alone. */
export async function runImage(tell: (line: string) => void): Promise<ImageReport> {
  const image = buildImage(tell)
  const [press, sink, redis] = [await openPress(4, 5), await openMailSink(1), await startRedis()]
  const running: Container[] = []
  const found: string[] = []
  let stored = 0
  try {
    const before = contents(image.app)
    const alone = { name: 'run', command: image.command, environment: image.environment }
    for (const [containers, url] of [
      [containersOf(image), redis.url],
      [[alone], ''],
    ] as const) {
      mount(image, press.urls, sink.port)
      for (const one of containers) {
        tell(`start ${one.name}: ${one.command.join(' ')}`)
        running.push(await startContainer(image, one, url))
      }
      while (storedIn(image.app) < 20 && running.every(({ child }) => child.exitCode === null))
        await pause(100)
      for (const one of running.splice(0)) found.push(...(await stopContainer(one)))
      stored += storedIn(image.app)
    }
    const changed = [...contents(image.app)].filter(([file, at]) => before.get(file) !== at)
    const mebibytes = Math.round(bytesOf(image.app) / 2 ** 20)
    const reports = 2 * [...press.served().values()].flat().length
    return {
      mebibytes,
      reports,
      stored,
      complaints: [...found, ...changed.map(([file]) => `${file} was written`)],
    }
  } finally {
    for (const { child } of running) child.kill('SIGKILL')
    await Promise.all([press.close(), sink.close(), redis.close()])
    image.remove()
  }
}
