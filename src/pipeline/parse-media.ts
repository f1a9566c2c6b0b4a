// Enclosures and images of an entry: RSS, Atom, Media RSS, iTunes.

import type { RawEntry, Reference } from './parse-document.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './parse-element.ts'
import { type EntryFields, fieldOf } from './parse-fields.ts'
import { type Link, linksWith, textReferences } from './parse-links.ts'

type RawEnclosure = RawEntry['enclosures'][number]

/** enclosure, then links to enclosures, then Media RSS contents; duplicates are folded later, by address. */
export function readEnclosures(
  fields: EntryFields,
  links: readonly Link[],
  base: string,
): readonly RawEnclosure[] {
  return [
    ...fieldOf(fields, 'enclosure').flatMap((child) => fromAttributes(child, base, 'length')),
    ...linksWith(links, 'enclosure').map((link) => enclosure(link, link.type, link.length)),
    ...fieldOf(fields, 'media').flatMap((child) => fromAttributes(child, base, 'filesize')),
  ]
}

function fromAttributes(element: XmlElement, base: string, lengthName: string): readonly RawEnclosure[] {
  const href = attributeOf(element, 'url') ?? attributeOf(element, 'href')
  if (href === undefined) return []
  const link = { href, base: element.base ?? base }
  return [enclosure(link, attributeOf(element, 'type') ?? '', attributeOf(element, lengthName))]
}

function enclosure({ href, base }: Reference, type: string, length: string | undefined): RawEnclosure {
  const bytes = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
  return {
    link: { href, base },
    ...(type ? { type } : {}),
    ...(bytes === undefined ? {} : { length: bytes }),
  }
}

/** Images by precedence: thumbnails, itunes:image, media contents that are images, image enclosures, image elements. */
export function readImages(
  fields: EntryFields,
  enclosures: readonly RawEnclosure[],
  base: string,
): readonly Reference[] {
  const inner = fieldOf(fields, 'media').flatMap((content) => childrenOf(content, 'media:thumbnail'))
  return [
    ...[
      fieldOf(fields, 'thumbnail'),
      inner,
      fieldOf(fields, 'itunesImage'),
      fieldOf(fields, 'media').filter(isImage),
    ]
      .flat()
      .map((child) => addressOf(child, base)),
    ...enclosures.filter(({ type }) => type !== undefined && /^image\//i.test(type)).map(({ link }) => link),
    ...fieldOf(fields, 'image').flatMap((child) => [
      ...textReferences(childrenOf(child, 'url'), base),
      ...(child.children.length === 0 ? [addressOf(child, base)] : []),
    ]),
  ]
}

function addressOf(element: XmlElement, base: string): Reference {
  const href = attributeOf(element, 'url') ?? attributeOf(element, 'href') ?? textOf(element)
  return { href, base: element.base ?? base }
}

function isImage(content: XmlElement): boolean {
  return attributeOf(content, 'medium') === 'image' || /^image\//i.test(attributeOf(content, 'type') ?? '')
}
