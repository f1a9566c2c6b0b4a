// A desk over so many feeds of the bench server, each on a host of its own, in a folder: what the growth of a desk is measured with.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')

export type FeedServer = {
  readonly port: string
  readonly grow: (every: number, entries: number) => Promise<void>
  readonly close: () => void
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout !== null) for await (const line of createInterface(stdout)) return line
  throw new Error('the feed server ended without a word')
}

/** Resolves when all feeds are ready to be served. */
export async function startFeedServer(feeds: number, entries: number): Promise<FeedServer> {
  const file = join(root, 'bench/feed-server.ts')
  const server = spawn(process.execPath, [file, String(feeds), String(entries)])
  process.once('exit', () => server.kill())
  const port = await firstLine(server)
  return {
    port,
    grow: async (every, more) => {
      const asked = new URLSearchParams({ every: String(every), entries: String(more) })
      // A connection of its own: one that was kept is closed while this process waits for a program.
      const [answer] = await once(get(`http://127.0.0.1:${port}/grow?${asked}`, { agent: false }), 'response')
      await once(answer.resume(), 'end')
    },
    close: () => void server.kill(),
  }
}

/** A host is asked once a second only: with one for all, a round would mostly wait. */
function sourceLine(number: number, port: string): string {
  const host = `127.0.${1 + Math.floor(number / 250)}.${(number % 250) + 1}`
  return `  - {id: s${number}, name: Outlet ${number}, url: "http://${host}:${port}/${number}.xml"}\n`
}

/** Writes the four files into `folder`/config, with the starter topics and a briefing of all of them. */
export function writeDesk(folder: string, feeds: number, port: string): void {
  const config = join(folder, 'config')
  mkdirSync(config, { recursive: true })
  copyFileSync(join(root, 'config/topics.yaml'), join(config, 'topics.yaml'))
  copyFileSync(join(root, 'config/digests.yaml'), join(config, 'digests.yaml'))
  writeFileSync(
    join(config, 'presslark.yaml'),
    'database: ./press.db\nhttp: { concurrency: 50, allowPrivate: true }\n',
  )
  const lines = Array.from({ length: feeds }, (_, number) => sourceLine(number, port))
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${lines.join('')}`)
}
