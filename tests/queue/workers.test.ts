// The four files in workers/ as four processes over a real Redis: a feed on loopback ends up in the database.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { programFile } from '../program-file.ts'
import { startRedis } from './redis.ts'
import { until } from './until.ts'

const reports = 1_100 // so many that a start takes its time unless the writer noted how its indexes stand
const entries = Array.from(
  { length: reports },
  (_, n) => `<item><guid>${n}</guid><title>Ferry ${n} leaves quay ${(n * 7919) % 1009}</title></item>`,
)
const feed = `<rss version="2.0"><channel><title>Harbour Gazette</title>${entries.join('')}</channel></rss>`

const manyProcessesMs = 90_000 // five programs start; six seconds alone, far more on a machine that is busy

test(
  'a feed that a fetch worker polls is written by the ingest worker, and all four end when asked, the writer ready for a quick start',
  async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const folder = writeDesk(await serveFeed())
    const start = (name: string) => startWorker(name, redis.url, folder)

    const ingest = start('ingest') // first and alone, because it creates the database
    await until(() => says(ingest, 'worker runs'))
    const others = ['scheduler', 'fetch', 'digest'].map(start)
    const all = [ingest, ...others]
    await until(() => all.map((worker) => says(worker, 'worker runs')).every(Boolean))
    await until(() => says(ingest, `"new":${reports}`))

    const ended = all.map(({ process }) => once(process, 'exit'))
    for (const { process } of all) process.kill('SIGTERM')
    expect(await Promise.all(ended)).toEqual(all.map(() => [0, null]))
    const store = openStore(join(folder, 'data/presslark.db'), { readonly: true })
    onTestFinished(() => store.close())
    expect(store.echo.snapshot()?.afterId).toBe(reports)
  },
  manyProcessesMs,
)

function startWorker(name: string, redisUrl: string, folder: string) {
  const file = programFile(`workers/${name}`)
  const env = { ...process.env, PRESSLARK_REDIS_URL: redisUrl, PRESSLARK_CONFIG: join(folder, 'config') }
  const worker: ChildProcess = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void worker.kill('SIGKILL'))
  const lines: string[] = []
  if (worker.stderr) createInterface(worker.stderr).on('line', (line) => lines.push(line))
  return { process: worker, lines }
}

/** Has the worker logged this? Throws what it logged when it has ended before its time. */
function says(worker: ReturnType<typeof startWorker>, text: string): boolean {
  if (worker.process.exitCode !== null) throw new Error(`a worker ended early:\n${worker.lines.join('\n')}`)
  return worker.lines.some((line) => line.includes(text))
}

async function serveFeed(): Promise<string> {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'application/rss+xml').end(feed),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/rss.xml`
}

/** A folder with the smallest configuration that listens to one feed. */
function writeDesk(url: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-desk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = {
    presslark: { http: { timeout: '5s' } },
    sources: { sources: [{ id: 'gazette', name: 'Harbour Gazette', feeds: [{ url, allowPrivate: true }] }] },
    topics: {
      watchlists: [{ id: 'port', name: 'The port', topics: 'all' }],
      topics: [{ id: 'ferry', name: 'Ferries', any: ['ferry'] }],
    },
    digests: { digests: [] },
  }
  mkdirSync(join(folder, 'config'))
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(folder, 'config', `${name}.yaml`), JSON.stringify(value)) // JSON is YAML
  return folder
}
