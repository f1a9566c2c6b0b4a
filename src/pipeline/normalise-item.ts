// The one mapper: what any engine found for an entry becomes an item, so its identity never depends on the engine.
import type { Enclosure, Item, ItemFlag, Person } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { htmlToText } from '../text/html.ts'
import { addressOf, firstAddress } from './normalise-address.ts'
import { type Content, contentOf } from './normalise-content.ts'
import { datesOf } from './normalise-date.ts'
import { languageOf } from './normalise-language.ts'
import { cleanText, oneLine, titleOf } from './normalise-text.ts'
import type { ParseCaps } from './parse-caps.ts'
import type { RawEntry } from './parse-document.ts'

export type ItemContext = {
  readonly fetchedAt: Instant
  readonly timeZone: string | undefined
  readonly language: string | undefined // of the feed, else of its source
  readonly caps: ParseCaps
}

type Draft = { -readonly [Key in keyof Item]: Item[Key] }

/** Never throws; what cannot be used is left out and flagged, the item itself is always kept. */
export function normaliseItem(entry: RawEntry, context: ItemContext): Item {
  const { categoriesMax, contentLengthMax, titleLengthMax: lengthMax } = context.caps
  const title = titleOf(entry.titles, lengthMax)
  const summary = contentOf(entry.summaries, contentLengthMax)
  const content = contentOf(entry.contents, contentLengthMax)
  const { flag, dates } = datesOf(entry.published, entry.updated, context.fetchedAt, context.timeZone)
  const guid = guidOf(entry.guid, lengthMax)
  const categories = distinct(entry.categories)
  const cut = title?.cut || summary?.cut || content?.cut || guid?.cut || categories.length > categoriesMax
  const item: Draft = {
    ...dates,
    summary: summary?.text ?? '',
    text: (content ?? summary)?.text ?? '',
    authors: peopleOf(entry.authors, lengthMax),
    categories: categories.slice(0, categoriesMax).filter((name) => name.length <= lengthMax),
    enclosures: enclosuresOf(entry, lengthMax),
    flags: [],
  }
  if (guid !== undefined && !guid.cut) item.guid = guid.text
  if (title !== undefined) item.title = title.text
  if (summary !== undefined) item.summaryHtml = summary.html
  if (content !== undefined) item.contentHtml = content.html
  addAddresses(item, entry, content ?? summary, lengthMax)
  const language = languageOf(entry.language) ?? context.language
  if (language !== undefined) item.language = language
  item.flags = flagsOf(flag, item.guid === undefined && item.url === undefined, cut === true)
  return item
}

function addAddresses(item: Draft, entry: RawEntry, content: Content | undefined, lengthMax: number): void {
  const url = firstAddress(entry.links, lengthMax)
  const image = imageOf(entry, content, lengthMax)
  const comments = firstAddress(entry.comments, lengthMax)
  const origin = originOf(entry, lengthMax)
  if (url !== undefined) item.url = url
  if (image !== undefined) item.image = image
  if (comments !== undefined) item.comments = comments
  if (origin !== undefined) item.origin = origin
}

/** A guid cut short could equal another one, so a guid that is too long is none. */
function guidOf(guid: string | undefined, lengthMax: number): { text: string; cut: boolean } | undefined {
  const text = guid === undefined ? '' : guid.length > lengthMax ? guid.slice(0, 1) : cleanText(guid)
  return guid === undefined || text === '' ? undefined : { text, cut: guid.length > lengthMax }
}

function flagsOf(date: ItemFlag | undefined, isNameless: boolean, cut: boolean): readonly ItemFlag[] {
  return [
    ...(date === undefined ? [] : [date]),
    ...(isNameless ? ['no-id' as const] : []),
    ...(cut ? ['cut' as const] : []),
  ]
}

function distinct(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  for (const name of names) seen.add(oneLine(name))
  seen.delete('')
  return [...seen]
}

function peopleOf(authors: readonly Person[], lengthMax: number): readonly Person[] {
  const people = authors.slice(0, 100).map(({ name, email, url }) => {
    const clean = name === undefined ? '' : oneLine(htmlToText(name)).slice(0, lengthMax)
    return {
      ...(clean ? { name: clean } : {}),
      ...(email ? { email: cleanText(email) } : {}),
      ...(url ? { url: cleanText(url) } : {}),
    }
  })
  if (people.length < 2) return people.filter((one) => Object.keys(one).length > 0)
  const named = people.filter((one) => Object.keys(one).length > 0)
  return named.filter(
    (one, index) =>
      index === named.findIndex((other) => other.name === one.name && other.email === one.email),
  )
}

function enclosuresOf(entry: RawEntry, lengthMax: number): readonly Enclosure[] {
  if (entry.enclosures.length === 0) return []
  const byUrl = new Map<string, Enclosure>()
  for (const { link, ...rest } of entry.enclosures.slice(0, 100)) {
    const url = addressOf(link, lengthMax)
    if (url !== undefined && !byUrl.has(url)) byUrl.set(url, { url, ...rest })
  }
  return [...byUrl.values()]
}

function imageOf(entry: RawEntry, content: Content | undefined, lengthMax: number): string | undefined {
  const shown = content?.image
  const base = entry.contents[0]?.base ?? entry.summaries[0]?.base ?? ''
  return firstAddress(
    shown === undefined ? entry.images : [...entry.images, { href: shown, base }],
    lengthMax,
  )
}

function originOf(entry: RawEntry, lengthMax: number): Item['origin'] {
  if (entry.origin === undefined) return undefined
  const { title, link } = entry.origin
  const name = oneLine(htmlToText(title)).slice(0, lengthMax)
  const url = link === undefined ? undefined : addressOf(link, lengthMax)
  if (name === '' && url === undefined) return undefined
  return { ...(name === '' ? {} : { title: name }), ...(url === undefined ? {} : { url }) }
}
