// One entry of an XML feed: every candidate for every field, in the order of docs/notes/feed-precedence.md.
import type { DateClaim, RawEntry, Reference } from './parse-document.ts'
import { attributeOf, firstText, textOf, textOfChild, type XmlElement } from './parse-element.ts'
import { dateSourceOf, type EntryFields, fieldOf, fieldsOf } from './parse-fields.ts'
import { alternatesOf, type Link, linksOf, linksWith, otherLinksOf, textReferences } from './parse-links.ts'
import { readMarkups } from './parse-markup.ts'
import { readEnclosures, readImages } from './parse-media.ts'
import { readAuthors } from './parse-person.ts'

/** Nobody lists more keywords than this holds; the cap on categories cuts them, and shows it, well below. */
const KEYWORDS_LENGTH_MAX = 65_536

/** Reads an item or entry; `base` is what its addresses are relative to unless xml:base says otherwise. */
export function readEntry(element: XmlElement, base: string): RawEntry {
  const fields = fieldsOf(element)
  const links = linksOf(fieldOf(fields, 'atomLink'), base)
  const enclosures = readEnclosures(fields, links, base)
  return {
    guid:
      firstText(fieldOf(fields, 'guid')) ??
      attributeOf(element, 'about') ??
      firstText(fieldOf(fields, 'identifier')),
    links: addressesOf(element, fields, links, base),
    titles: readMarkups(fieldOf(fields, 'title'), base),
    summaries: readMarkups(fieldOf(fields, 'summary'), base),
    contents: readMarkups(fieldOf(fields, 'content'), base),
    published: publicationsOf(fields),
    updated: updatesOf(element, fields),
    authors: readAuthors(fieldOf(fields, 'author'), fieldOf(fields, 'source')),
    categories: categoriesOf(fields),
    enclosures,
    images: readImages(fields, enclosures, base),
    comments: commentsOf(fields, links, base),
    language: element.language ?? firstText(fieldOf(fields, 'language')),
    origin: originOf(fields, base),
  }
}

/** The entry's own page, best candidate first. */
function addressesOf(
  element: XmlElement,
  fields: EntryFields,
  links: readonly Link[],
  base: string,
): readonly Reference[] {
  const original = textReferences(fieldOf(fields, 'originalLink'), base)
  const own = textReferences(fieldOf(fields, 'link'), base)
  const best =
    original.length === 0 && links.length === 0 ? own : [...original, ...own, ...alternatesOf(links)]
  return best.length > 0 ? best : fallbackAddressesOf(element, fields, links, base)
}

function fallbackAddressesOf(
  element: XmlElement,
  fields: EntryFields,
  links: readonly Link[],
  base: string,
): readonly Reference[] {
  const own = element.base ?? base
  const attributes = [attributeOf(element, 'about'), attributeOf(element, 'href')]
  return [
    ...fieldOf(fields, 'guid').flatMap((guid) => permanentGuidOf(guid, own)),
    ...attributes.filter((href) => href !== undefined).map((href) => ({ href, base: own })),
    ...fieldOf(fields, 'guid').flatMap((id) => addressOfId(id, base)),
    ...otherLinksOf(links),
    ...fieldOf(fields, 'content').flatMap((content) => outOfLine(content, base)),
  ]
}

/** RSS 2.0: a guid is the address of the item unless it says that it is not. */
function permanentGuidOf(guid: XmlElement, base: string): readonly Reference[] {
  if (guid.name.local !== 'guid' || attributeOf(guid, 'ispermalink')?.toLowerCase() === 'false') return []
  const href = textOf(guid)
  return /^https?:\/\//i.test(href) ? [{ href, base }] : []
}

/** The id of an Atom entry may be an address. */
function addressOfId(id: XmlElement, base: string): readonly Reference[] {
  return id.name.local === 'guid'
    ? []
    : textReferences([id], base).filter(({ href }) => /^https?:\/\//i.test(href))
}

/** Atom content may be a link to itself (RFC 4287, 4.1.3.2). */
function outOfLine(content: XmlElement, base: string): readonly Reference[] {
  const href = attributeOf(content, 'src')
  return href === undefined ? [] : [{ href, base: content.base ?? base }]
}

function publicationsOf(fields: EntryFields): readonly DateClaim[] {
  const claims: DateClaim[] = []
  for (const child of fieldOf(fields, 'published'))
    claims.push({ source: dateSourceOf(child), text: textOf(child) })
  return claims
}

function updatesOf(element: XmlElement, fields: EntryFields): readonly DateClaim[] {
  const attribute = attributeOf(element, 'lastmod') // of the Channel Definition Format
  const claims: DateClaim[] = []
  for (const child of fieldOf(fields, 'updated')) claims.push({ source: 'updated', text: textOf(child) })
  if (attribute !== undefined) claims.push({ source: 'updated', text: attribute })
  return claims
}

function categoriesOf(fields: EntryFields): readonly string[] {
  const names: string[] = []
  for (const child of fieldOf(fields, 'category')) {
    if (child.attributes.length > 0) names.push(...attributeNames(child))
    names.push(textOf(child))
  }
  for (const child of fieldOf(fields, 'keywords'))
    for (const name of textOf(child).slice(0, KEYWORDS_LENGTH_MAX).split(/[,،;]/)) names.push(name)
  return names
}

function attributeNames(category: XmlElement): readonly string[] {
  const values = ['term', 'label', 'text'].map((name) => attributeOf(category, name))
  return values.filter((value) => value !== undefined)
}

function commentsOf(fields: EntryFields, links: readonly Link[], base: string): readonly Reference[] {
  const replies = linksWith(links, 'replies')
  return [
    ...textReferences(fieldOf(fields, 'comments'), base),
    ...replies.filter(({ type }) => /html/.test(type)),
    ...replies,
  ]
}

/** RSS `<source url>` or the source feed of an Atom entry. */
function originOf(fields: EntryFields, base: string): RawEntry['origin'] {
  const [source] = fieldOf(fields, 'source')
  if (source === undefined) return undefined
  const title =
    textOfChild(source, 'atom:title', 'title') ?? (source.children.length === 0 ? textOf(source) : '')
  const href = attributeOf(source, 'url')
  const own = linksOf(fieldOf(fieldsOf(source), 'atomLink'), base)
  const link = href === undefined ? alternatesOf(own)[0] : { href, base }
  return title === '' && link === undefined ? undefined : { title, link }
}
