// A desk whose archive is filled by the real command line, for the commands that look at topics.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ended, presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

export type Report = { readonly id: string; readonly title: string; readonly text?: string }

/** One poll: the id of a source, and what its feed says by then. */
export type Poll = readonly [sourceId: string, reports: readonly Report[]]

/** A desk on which the polls were made one after the other, the topics being in force. Returns its folder. */
export async function archiveOf(polls: readonly Poll[], topics: string): Promise<string> {
  const feeds = new Map<string, readonly Report[]>()
  const local = await listen((request, response) => {
    const reports = feeds.get(request.url?.slice(1) ?? '') ?? []
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(ofToday(rss('Feed', reports)))
  })
  const ids = [...new Set(polls.map(([sourceId]) => sourceId))]
  const lines = ids.map((id) => sourceLine(id, `${local.origin}/${id}`))
  const folder = writeDesk({ sources: `sources:\n${lines.join('')}`, topics: topicsFile(topics) })
  for (const [sourceId, reports] of polls) {
    feeds.set(sourceId, reports)
    await presslark(['fetch', sourceId], folder)
  }
  await local.close()
  return folder
}

/** Writes other topics; nothing puts them in force. */
export function editTopics(folder: string, topics: string): void {
  writeFileSync(join(folder, 'config/topics.yaml'), topicsFile(topics))
}

/** Puts the topics in force as the next start of the program does, by an edition that ends before the first article. */
export function putInForce(folder: string): Promise<Ended> {
  return presslark(['digest', '--as-of', '2020-01-01T00:00:00Z'], folder)
}

function topicsFile(topics: string): string {
  return `watchlists: [{id: all, name: Everything, topics: all}]\ntopics:\n${topics}`
}

/** What a command prints with `--json`. */
export async function json(args: readonly string[], folder: string): Promise<unknown> {
  const { stdout, stderr } = await presslark([...args, '--json'], folder)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** The database of a desk. */
export function databaseOf(folder: string): string {
  return join(folder, './data/presslark.db')
}

/** Copies are looked for among reports of the last days. */
function ofToday(feed: string): string {
  return feed.replaceAll(/<pubDate>[^<]*/g, `<pubDate>${new Date().toUTCString()}`)
}
