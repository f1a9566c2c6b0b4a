// Finds the feeds of a page: the page itself, those it names, known sites, and last the usual places.
import type { FeedFormat, NormalisedFeed } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Exchange } from './exchange.ts'
import { feedLinks } from './feed-links.ts'
import { presetFeed } from './feed-presets.ts'
import { feedlessSite } from './feedless-site.ts'
import { type ReadingLimits, readAnswer } from './read-answer.ts'
import { type Answer, refusal } from './refusal.ts'

/** A feed that was fetched and read, with what a person needs to choose it. */
export type FoundFeed = {
  readonly url: string // to configure: where it answered, or where a temporary redirect began
  readonly title?: string
  readonly format: FeedFormat
  readonly items: number
  readonly newestAt?: Instant // of its items
  readonly language?: string
  readonly via: 'itself' | 'preset' | 'link' | 'usual-place'
}
export type Discovery = {
  readonly feeds: readonly FoundFeed[]
  readonly detail?: string // why the page itself could not be read, or has no feeds
}
export type DiscoverTools = {
  readonly request: (url: string) => Promise<Exchange>
  readonly now: () => Instant
  readonly limits: ReadingLimits
}

type Candidate = { readonly url: string; readonly via: FoundFeed['via']; readonly title?: string }

const usualPlaces = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json']
const candidatesMax = 12

/** `text` is what a person typed: a URL, or a host without its scheme. Asks one address after the other. */
export async function discoverFeeds(text: string, tools: DiscoverTools): Promise<Discovery> {
  const start = /^https?:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`
  const advice = feedlessSite(start)
  if (advice !== undefined) return { feeds: [], detail: advice }
  const page = await read({ url: start, via: 'itself' }, tools)
  if (page.feed !== undefined) return { feeds: [page.feed] }
  const named = [...presetCandidates(start), ...linkCandidates(page)].slice(0, candidatesMax)
  const feeds = await readAll(named, tools)
  if (feeds.length > 0) return { feeds }
  const guessed = await readAll(page.url === undefined ? [] : usualCandidates(page.url), tools)
  return page.detail === undefined ? { feeds: guessed } : { feeds: guessed, detail: page.detail }
}

type Read = {
  readonly feed?: FoundFeed
  readonly url?: string // that answered with a page
  readonly html?: string
  readonly detail?: string
}

async function read(candidate: Candidate, tools: DiscoverTools): Promise<Read> {
  const answer = await tools.request(candidate.url)
  if (!answer.ok) return { detail: answer.detail }
  const fetchedAt = tools.now()
  const refused = refusal(answer, { at: fetchedAt, durationMs: 0, url: answer.url, pace: {} })
  if (refused !== undefined || answer.status === 304)
    return { url: answer.url, detail: `HTTP ${answer.status}` }
  const reading = await readAnswer(answer, fetchedAt, tools.limits)
  if (reading.ok) return { feed: found(candidate, lastingUrl(answer), reading.feed) }
  const { url } = answer
  return reading.text === undefined ? { url, detail: reading.detail } : { url, html: reading.text }
}

// Where the first temporary redirect started: what lies behind it may be elsewhere tomorrow.
function lastingUrl({ redirects, url }: Answer): string {
  return redirects.find((step) => !step.permanent)?.from ?? url
}

async function readAll(
  candidates: readonly Candidate[],
  tools: DiscoverTools,
): Promise<readonly FoundFeed[]> {
  const feeds = new Map<string, FoundFeed>() // two addresses may lead to one feed
  for (const candidate of candidates) {
    const { feed } = await read(candidate, tools)
    if (feed !== undefined && !feeds.has(feed.url)) feeds.set(feed.url, feed)
  }
  return [...feeds.values()]
}

function found({ via, title: linkTitle }: Candidate, url: string, feed: NormalisedFeed): FoundFeed {
  const { format, title = linkTitle, language } = feed
  const dates = feed.items.flatMap(({ publishedAt, updatedAt }) => publishedAt ?? updatedAt ?? [])
  return {
    url,
    via,
    format,
    items: feed.items.length,
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    ...(dates.length === 0 ? {} : { newestAt: dates.reduce((newest, at) => Math.max(newest, at)) }),
  }
}

function presetCandidates(pageUrl: string): readonly Candidate[] {
  const url = presetFeed(pageUrl)
  return url === undefined ? [] : [{ url, via: 'preset' }]
}

function linkCandidates({ html = '', url = '' }: Read): readonly Candidate[] {
  return feedLinks(html, url).map((link) => ({ ...link, via: 'link' }))
}

function usualCandidates(pageUrl: string): readonly Candidate[] {
  return usualPlaces.map((path) => ({ url: new URL(path, pageUrl).href, via: 'usual-place' }))
}
