// The JSON engine: JSON Feed 1.0 and 1.1, read with the same leniency as XML.
import type { Person } from '../model/item.ts'
import type { FeedDocument, Markup, RawEntry, RawFeed, Reference } from './parse-document.ts'
import { parseLeniently } from './parse-lenient-json.ts'
import { parsePerson } from './parse-person.ts'

/** More tags, authors or attachments than this belong to no item; categories are cut, and shown to be, well below. */
const LIST_MAX = 256
type JsonObject = Readonly<Record<string, unknown>>

/** The document of a JSON text; undefined when it is no JSON or no feed. */
export function parseJsonFeed(text: string, feedUrl: string, itemsMax: number): FeedDocument | undefined {
  const { root, isWhole } = parseLeniently(text)
  if (!isObject(root) || !isFeed(root)) return undefined
  const items = Array.isArray(root['items']) ? root['items'] : []
  const authors = peopleOf(root)
  const base = stringOf(root, 'home_page_url')
  const own = base !== undefined && URL.canParse(base) ? base : feedUrl
  return {
    format: 'json',
    engine: 'json',
    feed: readFeedFields(root, feedUrl),
    entryCount: Math.min(items.length, itemsMax),
    entryAt: (index) => {
      const item: unknown = items[index]
      return isObject(item) ? readJsonEntry(item, own, authors) : undefined
    },
    omitted: Math.max(0, items.length - itemsMax),
    warnings: isWhole ? [] : ['the JSON breaks off; what came before was read'],
  }
}

/** The version says so, or there are items in an object that also names itself as a feed does. */
function isFeed(root: JsonObject): boolean {
  const version = stringOf(root, 'version') ?? ''
  return (
    /jsonfeed\.org\/version/i.test(version) ||
    (Array.isArray(root['items']) &&
      (typeof root['title'] === 'string' || typeof root['feed_url'] === 'string'))
  )
}

function readFeedFields(root: JsonObject, feedUrl: string): RawFeed {
  return {
    titles: plain(root, feedUrl, 'title'),
    descriptions: plain(root, feedUrl, 'description'),
    sites: references(root, feedUrl, 'home_page_url'),
    selfs: references(root, feedUrl, 'feed_url'),
    hubs: objectsOf(root, 'hubs').flatMap((hub) => references(hub, feedUrl, 'url')),
    olders: references(root, feedUrl, 'next_url'),
    images: references(root, feedUrl, 'icon', 'favicon'),
    language: stringOf(root, 'language'),
    pace: {},
  }
}

function readJsonEntry(item: JsonObject, base: string, feedAuthors: readonly Person[]): RawEntry {
  const people = peopleOf(item)
  const html = stringOf(item, 'content_html')
  return {
    guid: stringOf(item, 'id'),
    links: [
      ...references(item, base, 'url', 'external_url'),
      ...references(item, base, 'id').filter(({ href }) => /^https?:\/\//i.test(href)),
    ],
    titles: plain(item, base, 'title'),
    summaries: plain(item, base, 'summary'),
    contents: [
      ...(html === undefined ? [] : [{ text: html, plain: false, base }]),
      ...plain(item, base, 'content_text'),
    ],
    published: stringsOf(item, 'date_published').map((text) => ({ source: 'published', text })),
    updated: stringsOf(item, 'date_modified').map((text) => ({ source: 'updated', text })),
    authors: people.length > 0 ? people : feedAuthors,
    categories: stringsOf(item, 'tags'),
    enclosures: objectsOf(item, 'attachments').flatMap((attachment) => enclosuresOf(attachment, base)),
    images: references(item, base, 'image', 'banner_image'),
    comments: [],
    language: stringOf(item, 'language'),
    origin: undefined,
  }
}

function enclosuresOf(attachment: JsonObject, base: string): RawEntry['enclosures'] {
  const type = stringOf(attachment, 'mime_type')
  const length = Number(stringOf(attachment, 'size_in_bytes'))
  return references(attachment, base, 'url').map((link) => ({
    link,
    ...(type === undefined ? {} : { type }),
    ...(Number.isSafeInteger(length) && length >= 0 ? { length } : {}),
  }))
}

/** 1.1 has a list of authors, 1.0 has one; some feeds have their names alone. */
function peopleOf(holder: JsonObject): readonly Person[] {
  const people = [...objectsOf(holder, 'authors'), ...objectsOf(holder, 'author')].flatMap((author) => {
    const url = stringOf(author, 'url')
    const person = { ...parsePerson(stringOf(author, 'name') ?? ''), ...(url === undefined ? {} : { url }) }
    return Object.keys(person).length === 0 ? [] : [person]
  })
  if (people.length > 0) return people
  const names = [...stringsOf(holder, 'authors'), ...stringsOf(holder, 'author')]
  return names.map(parsePerson).filter((person) => person !== undefined)
}

function plain(holder: JsonObject, base: string, name: string): readonly Markup[] {
  const text = stringOf(holder, name)
  return text === undefined ? [] : [{ text, plain: true, base }]
}

function references(holder: JsonObject, base: string, ...names: readonly string[]): readonly Reference[] {
  return names.flatMap((name) => stringsOf(holder, name).map((href) => ({ href, base })))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A non-empty string, or a number written as one: many feeds have numeric ids. */
function stringOf(holder: JsonObject, name: string): string | undefined {
  return stringsOf(holder, name)[0]
}

function stringsOf(holder: JsonObject, name: string): readonly string[] {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined
  return (Array.isArray(value) ? value.slice(0, LIST_MAX) : [value])
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map((one) => String(one))
    .filter((one) => one.trim() !== '')
}

function objectsOf(holder: JsonObject, name: string): readonly JsonObject[] {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined
  return (Array.isArray(value) ? value.slice(0, LIST_MAX) : [value]).filter(isObject)
}
