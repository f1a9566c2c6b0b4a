// Feeds: response bodies to normalised feeds, scored against cases.json as feeds/FORMAT.md says.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { decodeBody } from '../../src/fetch/decode.ts'
import type { Item, NormalisedFeed, Person } from '../../src/model/item.ts'
import { readFeed } from '../../src/pipeline/parse.ts'
import type { Kind } from './kind.ts'
import { type FeedCase, failuresOf } from './score-feeds.ts'
import { setFolder } from './set-folder.ts'

type FeedInput = {
  readonly id: string
  readonly path: string
  readonly contentType?: string
  readonly url?: string
}
const BODY_BYTES_MAX = 16 * 1024 * 1024

async function outputOf({ id, path, contentType, url }: FeedInput, dir: string): Promise<object> {
  const bytes = readFileSync(resolve(dir, path))
  const before = process.cpuUsage()
  const decoded = decodeBody(bytes, { bytesMax: BODY_BYTES_MAX, ...(contentType ? { contentType } : {}) })
  if (!decoded.ok) return { id, reject: decoded.detail, ms: msSince(before) }
  const context = { url: url ?? 'https://feed.example/', fetchedAt: Date.now(), pause: () => setImmediate() }
  const reading = await readFeed(decoded.text, context)
  const ms = msSince(before)
  if (!reading.ok) return { id, reject: reading.detail, ms }
  return {
    id,
    engine: reading.feed.engine,
    ms,
    feed: feedOutput(reading.feed),
    items: reading.feed.items.map(itemOutput),
  }
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / 1000)
}

function feedOutput({ title, siteUrl, description, language }: NormalisedFeed): object {
  return { title, link: siteUrl, description, language }
}

function itemOutput(item: Item): object {
  return {
    id: item.guid,
    link: item.url,
    title: item.title,
    date: iso(item.publishedAt),
    updated: iso(item.updatedAt),
    author: item.authors.map(nameOf).join(', '),
    summary: item.summaryHtml,
    content: item.contentHtml ?? item.summaryHtml,
    text: item.text,
    categories: item.categories,
    enclosures: item.enclosures,
    image: item.image,
    comments: item.comments,
  }
}

function nameOf({ name, email, url }: Person): string {
  return name ?? email ?? url ?? ''
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

export const kind: Kind = {
  start: () => (input, dir) => outputOf(input as FeedInput, dir), // the line format of the kind
  score: async (dir) => {
    const root = setFolder(dir, 'feeds')
    if (!existsSync(join(root, 'cases.json'))) return []
    const cases = JSON.parse(readFileSync(join(root, 'cases.json'), 'utf8')) as readonly FeedCase[] // the documented shape
    const failing: string[] = []
    for (const one of cases) {
      const output = await outputOf({ ...one, path: join(root, 'files', one.file) }, root)
      const failures = failuresOf(one, JSON.parse(JSON.stringify(output)))
      if (failures.length > 0) failing.push(`${one.id} (${failures.join('; ')})`)
    }
    return [{ set: 'feeds', passed: cases.length - failing.length, of: cases.length, failing }]
  },
}
