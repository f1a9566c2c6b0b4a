// Which elements of an entry speak for which field, and who is believed first: the table behind docs/notes/feed-precedence.md.
import type { DateSource } from '../model/item.ts'
import type { XmlElement } from './parse-element.ts'

/** The elements found for each field, the most trusted first, document order among equals. */
export type EntryFields = readonly (readonly XmlElement[])[] // by the number of the field, for speed; see fieldOf
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
  originalEnclosure: 'feedburner:origenclosurelink',
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

const FIELDS = Object.keys(KEYS) as Field[] // the keys of KEYS are the fields
const NUMBERS = Object.fromEntries(FIELDS.map((field, index) => [field, index])) as Readonly<
  Record<Field, number>
> // one for each field
/** Nobody believes the three hundredth title; categories are cut, and shown to be, well below this. */
const ELEMENTS_MAX = 256
const NOTHING: readonly XmlElement[] = []
const NO_FIELDS: EntryFields = FIELDS.map(() => NOTHING)

type Place = { readonly field: number; readonly rank: number }
const PLACES: ReadonlyMap<string, readonly Place[]> = placesByKey()

function placesByKey(): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const [field, keys] of Object.values(KEYS).entries())
    for (const [rank, key] of keys.split(' ').entries())
      places.set(key, [...(places.get(key) ?? []), { field, rank }])
  return places
}

/** The elements of one field, the most trusted first. */
export function fieldOf(fields: EntryFields, field: Field): readonly XmlElement[] {
  return fields[NUMBERS[field]] ?? NOTHING
}

/** Sorts the children of an entry into fields, in one pass. What stands in a media:group speaks for the entry too. */
export function fieldsOf(element: XmlElement): EntryFields {
  const fields: (readonly XmlElement[])[] = NO_FIELDS.slice()
  collect(fields, element)
  for (let field = 0; field < fields.length; field++) {
    const elements = fields[field]
    if (elements !== undefined && elements.length > 1) fields[field] = byRank(field, elements)
  }
  return fields
}

function collect(fields: (readonly XmlElement[])[], holder: XmlElement): void {
  for (const child of holder.children) {
    if (child.name.key === 'media:group') collect(fields, child)
    const places = PLACES.get(child.name.key)
    if (places !== undefined) for (const { field } of places) addTo(fields, field, child)
  }
}

function addTo(fields: (readonly XmlElement[])[], field: number, element: XmlElement): void {
  const elements = fields[field]
  if (elements === undefined || elements === NOTHING) fields[field] = [element]
  else if (elements.length < ELEMENTS_MAX) (elements as XmlElement[]).push(element) // made in the line above
}

function byRank(field: number, elements: readonly XmlElement[]): readonly XmlElement[] {
  const key = elements[0]?.name.key
  if (elements.every(({ name }) => name.key === key)) return elements
  return elements.toSorted((a, b) => rankOf(a, field) - rankOf(b, field))
}

function rankOf(element: XmlElement, field: number): number {
  return PLACES.get(element.name.key)?.find((place) => place.field === field)?.rank ?? 0
}

/** The kind of claim that a date element of the field `published` makes. */
export function dateSourceOf(element: XmlElement): DateSource {
  return SOURCES.get(element.name.local) ?? 'published'
}
