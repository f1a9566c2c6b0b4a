// What the tests of this name share.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Item, NormalisedFeed } from '../../src/model/item.ts'
import { type ReadContext, readFeed } from '../../src/pipeline/parse.ts'
import type { FeedCase } from '../conformance/score-feeds.ts'

export const fixtures = join(import.meta.dirname, '..', 'fixtures', 'feeds')
export const cases = JSON.parse(readFileSync(join(fixtures, 'cases.json'), 'utf8')) as readonly FeedCase[]
export const context: ReadContext = {
  url: 'https://courier.example/feed.xml',
  fetchedAt: Date.UTC(2026, 9, 14),
  pause: () => setImmediate(),
}

export async function read(text: string, more: Partial<ReadContext> = {}): Promise<NormalisedFeed> {
  const reading = await readFeed(text, { ...context, ...more })
  if (!reading.ok) throw new Error(`rejected as ${reading.detail}`)
  return reading.feed
}

export async function rejection(text: string): Promise<string> {
  const reading = await readFeed(text, context)
  return reading.ok ? 'a feed' : reading.detail
}

/** One item of an RSS feed with these elements. */
export async function item(elements: string, more: Partial<ReadContext> = {}): Promise<Item> {
  const { items } = await read(
    `<rss version="2.0"><channel><title>T</title><item>${elements}</item></channel></rss>`,
    more,
  )
  if (items[0] === undefined) throw new Error('no item')
  return items[0]
}

/** One entry of an Atom feed with these elements. */
export async function entry(elements: string): Promise<Item> {
  const { items } = await read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${elements}</entry></feed>`)
  if (items[0] === undefined) throw new Error('no entry')
  return items[0]
}
