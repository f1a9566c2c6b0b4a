// Enclosures and images of an entry: RSS, Atom, Media RSS, iTunes.

import type { RawEntry, Reference } from './parse-document.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './parse-element.ts'
import { type Link, linksWith } from './parse-links.ts'

type RawEnclosure = RawEntry['enclosures'][number]

/** enclosure, then links to enclosures, then Media RSS contents; duplicates are folded later, by address. */
export function readEnclosures(
  element: XmlElement,
  links: readonly Link[],
  base: string,
): readonly RawEnclosure[] {
  return [
    ...childrenOf(element, 'enclosure').flatMap((child) => fromAttributes(child, base, 'length')),
    ...linksWith(links, 'enclosure').map((link) => enclosure(link, link.type, link.length)),
    ...mediaContentsOf(element).flatMap((child) => fromAttributes(child, base, 'filesize')),
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

/** media:content stands in the entry or in a media:group. */
function mediaContentsOf(element: XmlElement): readonly XmlElement[] {
  return [element, ...childrenOf(element, 'media:group')].flatMap((holder) =>
    childrenOf(holder, 'media:content'),
  )
}

/** Images by precedence: thumbnails, itunes:image, media contents that are images, image enclosures, image elements. */
export function readImages(
  element: XmlElement,
  enclosures: readonly RawEnclosure[],
  base: string,
): readonly Reference[] {
  const contents = mediaContentsOf(element)
  const holders = [element, ...childrenOf(element, 'media:group'), ...contents]
  const thumbnails = holders.flatMap((holder) => childrenOf(holder, 'media:thumbnail'))
  const itunes = childrenOf(element, 'itunes:image')
  return [
    ...[...thumbnails, ...itunes, ...contents.filter(isImage)].flatMap((child) => addressOf(child, base)),
    ...enclosures.filter(({ type }) => /^image\//i.test(type ?? '')).map(({ link }) => link),
    ...childrenOf(element, 'image').flatMap((child) => [
      ...childrenOf(child, 'url').map((url) => ({ href: textOf(url), base: url.base ?? base })),
      ...(child.children.length === 0 ? [{ href: textOf(child), base: child.base ?? base }] : []),
    ]),
  ].filter(({ href }) => href !== '')
}

function addressOf(element: XmlElement, base: string): readonly Reference[] {
  const href = attributeOf(element, 'url') ?? attributeOf(element, 'href') ?? textOf(element)
  return [{ href, base: element.base ?? base }]
}

function isImage(content: XmlElement): boolean {
  return attributeOf(content, 'medium') === 'image' || /^image\//i.test(attributeOf(content, 'type') ?? '')
}
