// Which elements of an entry speak for which field, and who is believed first: the table behind docs/notes/feed-precedence.md.
import type { DateSource } from '../model/item.ts'
import type { XmlElement } from './parse-element.ts'

/** The elements found for each field, the most trusted first, document order among equals. */
export type EntryFields = ReadonlyMap<Field, readonly XmlElement[]>
export type Field = keyof typeof KEYS

const KEYS = {
  guid: 'guid atom:id id',
  identifier: 'dc:identifier',
  originalLink: 'feedburner:origlink',
  link: 'link',
  atomLink: 'atom:link link',
  title: 'title atom:title dc:title media:title itunes:title',
  summary:
    'description atom:summary summary dc:description itunes:summary media:description abstract googleplay:description itunes:subtitle',
  content: 'content:encoded atom:content content xhtml:body body fullitem',
  published:
    'pubdate atom:published published dcterms:issued atom:issued issued dc:date date dcterms:created atom:created created',
  updated: 'atom:updated updated dcterms:modified atom:modified modified dc:date lastmod',
  author: 'atom:author author dc:creator itunes:author media:credit dc:contributor',
  category: 'category atom:category dc:subject media:category itunes:category',
  keywords: 'itunes:keywords media:keywords keywords',
  enclosure: 'enclosure',
  media: 'media:content',
  thumbnail: 'media:thumbnail',
  itunesImage: 'itunes:image',
  image: 'image',
  comments: 'comments',
  language: 'dc:language language',
  source: 'atom:source source',
} as const

/** What a date says about itself by the element it stands in. */
const SOURCES: ReadonlyMap<string, DateSource> = new Map([
  ['pubdate', 'published'],
  ['published', 'published'],
  ['issued', 'issued'],
  ['date', 'dc:date'],
  ['created', 'created'],
])

type Place = { readonly field: Field; readonly rank: number }
const PLACES: ReadonlyMap<string, readonly Place[]> = placesByKey()
const NOTHING: readonly XmlElement[] = []

function placesByKey(): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const [field, keys] of Object.entries(KEYS) as [Field, string][]) // the keys of KEYS are the fields
    for (const [rank, key] of keys.split(' ').entries())
      places.set(key, [...(places.get(key) ?? []), { field, rank }])
  return places
}

/** The elements of one field, the most trusted first. */
export function fieldOf(fields: EntryFields, field: Field): readonly XmlElement[] {
  return fields.get(field) ?? NOTHING
}

/** Sorts the children of an entry into fields, in one pass. What stands in a media:group speaks for the entry too. */
export function fieldsOf(element: XmlElement): EntryFields {
  const fields = new Map<Field, XmlElement[]>()
  collect(fields, element)
  for (const [field, elements] of fields) if (elements.length > 1) sortByRank(field, elements)
  return fields
}

function collect(fields: Map<Field, XmlElement[]>, holder: XmlElement): void {
  for (const child of holder.children) {
    if (child.name.key === 'media:group') collect(fields, child)
    const places = PLACES.get(child.name.key)
    if (places !== undefined) for (const { field } of places) addTo(fields, field, child)
  }
}

function addTo(fields: Map<Field, XmlElement[]>, field: Field, element: XmlElement): void {
  const elements = fields.get(field)
  if (elements === undefined) fields.set(field, [element])
  else elements.push(element)
}

function sortByRank(field: Field, elements: XmlElement[]): void {
  const [first] = elements
  if (elements.some(({ name }) => name.key !== first?.name.key))
    elements.sort((a, b) => rankOf(a, field) - rankOf(b, field))
}

function rankOf(element: XmlElement, field: Field): number {
  return PLACES.get(element.name.key)?.find((place) => place.field === field)?.rank ?? 0
}

/** The kind of claim that a date element of the field `published` makes. */
export function dateSourceOf(element: XmlElement): DateSource {
  return SOURCES.get(element.name.local) ?? 'published'
}
