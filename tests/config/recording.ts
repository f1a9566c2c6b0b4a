// Reads the demo's recorded feeds the plain way: rss-parser for XML, JSON.parse for JSON Feed.
import { readFileSync } from 'node:fs'
import Parser from 'rss-parser'
import { parse } from 'yaml'
import { z } from 'zod'

const demo = new URL('../../config/demo/', import.meta.url)

const RecordingSchema = z.strictObject({
  clock: z.strictObject({
    firstPoll: z.iso.datetime(),
    secondPoll: z.iso.datetime(),
    edition: z.iso.datetime(),
  }),
  feeds: z.array(
    z.strictObject({
      source: z.string(),
      path: z.string().startsWith('/'),
      contentType: z.string(),
      first: z.string(),
      second: z.string().optional(),
    }),
  ),
  promises: z.strictObject({
    outlets: z.number(),
    items: z.number(),
    arabic: z.number(),
    persian: z.number(),
    wireStory: z.url(),
    copies: z.array(z.url()),
    sameStory: z.array(z.tuple([z.url(), z.url()])),
    lookAlikes: z.array(z.tuple([z.url(), z.url()])),
    undated: z.array(z.url()),
    editedHeadlines: z.array(z.url()),
    newItems: z.array(z.url()),
  }),
})
type RecordedFeed = z.infer<typeof RecordingSchema>['feeds'][number]

/** One entry as recorded; `date` is the text of its date element, absent when there is none or an empty one. */
export type RecordedItem = {
  readonly source: string
  readonly guid: string
  readonly url: string
  readonly title: string
  readonly text: string
  readonly date?: string
}

export const recording = RecordingSchema.parse(parse(readDemo('recording.yaml')))

/** Every item the server of the demo shows in one poll; a feed without a second file shows the first again. */
export async function itemsOfPoll(poll: 'first' | 'second'): Promise<readonly RecordedItem[]> {
  const feeds = recording.feeds.map((feed) =>
    readFeed(feed, (poll === 'second' && feed.second) || feed.first),
  )
  return (await Promise.all(feeds)).flat()
}

/** A text file of config/demo. */
export function readDemo(path: string): string {
  return decode(readFileSync(new URL(path, demo)))
}

/** Decodes as the XML declaration says, and throws on bytes that the declared encoding does not have. */
function decode(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 80))
  const declared = /^<\?xml[^>]*encoding="([^"]+)"/.exec(head)?.[1]
  return new TextDecoder(declared ?? 'utf-8', { fatal: true }).decode(bytes)
}

async function readFeed(feed: RecordedFeed, file: string): Promise<readonly RecordedItem[]> {
  const text = readDemo(file)
  return file.endsWith('.json') ? readJson(feed.source, text) : await readXml(feed.source, text)
}

async function readXml(source: string, text: string): Promise<readonly RecordedItem[]> {
  const feed = await new Parser<object, { id?: string; 'dc:date'?: string }>().parseString(text)
  return feed.items.map((item) => ({
    source,
    guid: item.guid ?? item.id ?? item.link ?? '',
    url: item.link ?? '',
    title: item.title ?? '',
    text: `${item.summary ?? ''} ${item.content ?? ''}`,
    ...dated(item['dc:date'] ?? item.pubDate),
  }))
}

const JsonFeedSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      url: z.url(),
      title: z.string(),
      date_published: z.string().optional(),
      content_html: z.string().optional(),
      content_text: z.string().optional(),
    }),
  ),
})

function readJson(source: string, text: string): readonly RecordedItem[] {
  return JsonFeedSchema.parse(JSON.parse(text)).items.map((item) => ({
    source,
    guid: item.id,
    url: item.url,
    title: item.title,
    text: item.content_text ?? item.content_html ?? '',
    ...dated(item.date_published),
  }))
}

function dated(date: string | undefined): { date?: string } {
  return date === undefined || date === '' ? {} : { date }
}
