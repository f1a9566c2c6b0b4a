// Enclosures and images of an entry: RSS, Atom, Media RSS, iTunes.

import type { RawEntry, Reference } from './parse-document.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './parse-element.ts'
import { type EntryFields, fieldOf } from './parse-fields.ts'
import { type Link, linksWith, textReferences } from './parse-links.ts'

type RawEnclosure = RawEntry['enclosures'][number]
const NO_ENCLOSURES: readonly RawEnclosure[] = []
const NO_IMAGES: readonly Reference[] = []

/** enclosure (at its original address where FeedBurner tells it), then links to enclosures, then Media RSS contents; duplicates are folded later, by address. */
export function readEnclosures(
  fields: EntryFields,
  links: readonly Link[],
  base: string,
): readonly RawEnclosure[] {
  const [own, media] = [fieldOf(fields, 'enclosure'), fieldOf(fields, 'media')]
  if (own.length + media.length + links.length === 0) return NO_ENCLOSURES
  const original = textReferences(fieldOf(fields, 'originalEnclosure'), base)
  return [
    ...own.flatMap((child, index) => {
      const link = original[index] // where FeedBurner's address leads
      return fromAttributes(child, base, 'length').map((one) => (link === undefined ? one : { ...one, link }))
    }),
    ...linksWith(links, 'enclosure').map((link) => enclosure(link, link.type, link.length)),
    ...media.flatMap((child) => fromAttributes(child, base, 'filesize')),
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
  const media = fieldOf(fields, 'media')
  const named = [
    fieldOf(fields, 'thumbnail'),
    fieldOf(fields, 'itunesImage'),
    fieldOf(fields, 'image'),
  ] as const
  if (enclosures.length === 0 && media.length === 0 && named.every(({ length }) => length === 0))
    return NO_IMAGES
  const [thumbnails, itunes, images] = named
  const inner = media.flatMap((content) => childrenOf(content, 'media:thumbnail'))
  return [
    ...[thumbnails, inner, itunes, media.filter(isImage)].flat().map((child) => addressOf(child, base)),
    ...enclosures.filter(({ type }) => /^image\//i.test(type ?? '')).map(({ link }) => link),
    ...images.flatMap((child) => imageAddresses(child, base)),
  ]
}

/** An image element holds a url, or is one. */
function imageAddresses(image: XmlElement, base: string): readonly Reference[] {
  const urls = textReferences(childrenOf(image, 'url'), base)
  return image.children.length > 0 ? urls : [addressOf(image, base)]
}

function addressOf(element: XmlElement, base: string): Reference {
  const href = attributeOf(element, 'url') ?? attributeOf(element, 'href') ?? textOf(element)
  return { href, base: element.base ?? base }
}

function isImage(content: XmlElement): boolean {
  return attributeOf(content, 'medium') === 'image' || /^image\//i.test(attributeOf(content, 'type') ?? '')
}
