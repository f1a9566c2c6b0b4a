// One entry of an XML feed: every candidate for every field, in the order of docs/notes/feed-precedence.md.
import type { DateSource } from '../model/item.ts'
import type { DateClaim, Markup, RawEntry, Reference } from './parse-document.ts'
import { attributeOf, childOf, childrenOf, textOf, textOfChild, type XmlElement } from './parse-element.ts'
import { alternatesOf, type Link, linksOf, linksWith, otherLinksOf, textReferences } from './parse-links.ts'
import { readMarkup } from './parse-markup.ts'
import { readEnclosures, readImages } from './parse-media.ts'
import { readAuthors } from './parse-person.ts'

const TITLES = ['title', 'atom:title', 'dc:title', 'media:title']
const SUMMARIES = [
  'description',
  'atom:summary',
  'summary',
  'dc:description',
  'itunes:summary',
  'media:description',
]
const LATE_SUMMARIES = ['abstract', 'googleplay:description', 'itunes:subtitle']
const CONTENTS = ['content:encoded', 'atom:content', 'content', 'xhtml:body', 'body', 'fullitem']
const PUBLISHED: readonly (readonly [DateSource, readonly string[]])[] = [
  ['published', ['pubdate', 'atom:published', 'published']],
  ['issued', ['dcterms:issued', 'atom:issued', 'issued']],
  ['dc:date', ['dc:date', 'date']],
  ['created', ['dcterms:created', 'atom:created', 'created']],
]
const UPDATED = [
  'atom:updated',
  'updated',
  'dcterms:modified',
  'atom:modified',
  'modified',
  'dc:date',
  'lastmod',
]

/** Reads an item or entry; `base` is what its addresses are relative to unless xml:base says otherwise. */
export function readEntry(element: XmlElement, base: string): RawEntry {
  const links = linksOf(element, base)
  const guid = guidOf(element)
  const groups = childrenOf(element, 'media:group')
  const markups = (holder: XmlElement, keys: readonly string[]): readonly Markup[] =>
    childrenOf(holder, ...keys).map((child) => readMarkup(child, base))
  const enclosures = readEnclosures(element, links, base)
  const language = element.language ?? textOfChild(element, 'dc:language', 'language')
  const origin = originOf(element, base)
  return {
    ...(guid === undefined ? {} : { guid }),
    links: addressesOf(element, links, base),
    titles: [
      ...markups(element, TITLES),
      ...groups.flatMap((group) => markups(group, ['media:title'])),
      ...markups(element, ['itunes:title']),
    ],
    summaries: [
      ...markups(element, SUMMARIES),
      ...groups.flatMap((group) => markups(group, ['media:description'])),
      ...markups(element, LATE_SUMMARIES),
    ],
    contents: markups(element, CONTENTS),
    published: PUBLISHED.flatMap(([source, keys]) => claims(element, source, keys)),
    updated: [...claims(element, 'updated', UPDATED), ...attributeClaim(element, 'lastmod')],
    authors: readAuthors(element),
    categories: categoriesOf(element),
    enclosures,
    images: readImages(element, enclosures, base),
    comments: commentsOf(element, links, base),
    ...(language === undefined ? {} : { language }),
    ...(origin === undefined ? {} : { origin }),
  }
}

function guidOf(element: XmlElement): string | undefined {
  return (
    textOfChild(element, 'guid', 'atom:id', 'id') ??
    attributeOf(element, 'about') ??
    textOfChild(element, 'dc:identifier')
  )
}

/** The entry's own page, best candidate first. */
function addressesOf(element: XmlElement, links: readonly Link[], base: string): readonly Reference[] {
  const own = element.base ?? base
  const content = childOf(element, 'atom:content', 'content')
  const attributes = [attributeOf(element, 'about'), attributeOf(element, 'href')]
  return [
    ...textReferences(element, base, 'feedburner:origlink'),
    ...textReferences(element, base, 'link'),
    ...alternatesOf(links),
    ...permanentGuidOf(element, own),
    ...attributes.filter((href) => href !== undefined).map((href) => ({ href, base: own })),
    ...textReferences(element, base, 'atom:id', 'id').filter(({ href }) => /^https?:\/\//i.test(href)),
    ...otherLinksOf(links),
    ...(content === undefined ? [] : outOfLine(content, base)),
  ]
}

/** RSS 2.0: a guid is the address of the item unless it says that it is not. */
function permanentGuidOf(element: XmlElement, base: string): readonly Reference[] {
  const guid = childOf(element, 'guid')
  if (guid === undefined || attributeOf(guid, 'ispermalink')?.toLowerCase() === 'false') return []
  const href = textOf(guid)
  return /^https?:\/\//i.test(href) ? [{ href, base }] : []
}

/** Atom content may be a link to itself (RFC 4287, 4.1.3.2). */
function outOfLine(content: XmlElement, base: string): readonly Reference[] {
  const href = attributeOf(content, 'src')
  return href === undefined ? [] : [{ href, base: content.base ?? base }]
}

function claims(element: XmlElement, source: DateSource, keys: readonly string[]): readonly DateClaim[] {
  return childrenOf(element, ...keys)
    .map((child) => ({ source, text: textOf(child) }))
    .filter(({ text }) => text !== '')
}

function attributeClaim(element: XmlElement, name: string): readonly DateClaim[] {
  const text = attributeOf(element, name)
  return text === undefined ? [] : [{ source: 'updated', text }]
}

function categoriesOf(element: XmlElement): readonly string[] {
  const named = childrenOf(
    element,
    'category',
    'atom:category',
    'dc:subject',
    'media:category',
    'itunes:category',
  )
  const listed = childrenOf(element, 'itunes:keywords', 'media:keywords', 'keywords')
  return [
    ...named.flatMap((child) => [
      attributeOf(child, 'term'),
      attributeOf(child, 'label'),
      attributeOf(child, 'text'),
      textOf(child),
    ]),
    ...listed.flatMap((child) => textOf(child).split(/[,،;]/)),
  ].filter((name) => name !== undefined)
}

function commentsOf(element: XmlElement, links: readonly Link[], base: string): readonly Reference[] {
  const replies = linksWith(links, 'replies')
  return [
    ...textReferences(element, base, 'comments'),
    ...replies.filter(({ type }) => /html/.test(type)),
    ...replies,
  ]
}

/** RSS `<source url>` or the source feed of an Atom entry. */
function originOf(element: XmlElement, base: string): RawEntry['origin'] {
  const source = childOf(element, 'atom:source', 'source')
  if (source === undefined) return undefined
  const title =
    textOfChild(source, 'atom:title', 'title') ?? (source.children.length === 0 ? textOf(source) : '')
  const href = attributeOf(source, 'url')
  const link = href === undefined ? alternatesOf(linksOf(source, base))[0] : { href, base }
  if (title === '' && link === undefined) return undefined
  return { ...(title === '' ? {} : { title }), ...(link === undefined ? {} : { link }) }
}
