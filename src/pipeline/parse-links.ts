// Which of an entry's or a feed's links is which.

import type { Reference } from './parse-document.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './parse-element.ts'

export type Link = Reference & {
  readonly rel: string // 'alternate' when not given
  readonly type: string
  readonly length: string | undefined
}

/** Relations that lead to something other than the entry itself. */
const ELSEWHERE = new Set(
  'self edit edit-media enclosure replies hub next prev first last license icon shortcut'.split(' '),
)

/** The links with an address in an attribute: Atom's, and those of feeds that forgot its namespace. */
export function linksOf(element: XmlElement, base: string): readonly Link[] {
  return childrenOf(element, 'atom:link', 'link').flatMap((link) => {
    const href =
      attributeOf(link, 'href') ?? (link.name.space === 'atom' ? textOf(link) || undefined : undefined)
    if (href === undefined) return []
    const rel = (attributeOf(link, 'rel') ?? 'alternate').toLowerCase().replace(/^.*[/#]/, '')
    const type = (attributeOf(link, 'type') ?? '').toLowerCase()
    return [{ href, base: link.base ?? base, rel, type, length: attributeOf(link, 'length') }]
  })
}

/** Alternates, pages first. */
export function alternatesOf(links: readonly Link[]): readonly Link[] {
  const alternates = links.filter(({ rel }) => rel === 'alternate')
  const isPage = ({ type }: Link): boolean => type === '' || /html/.test(type)
  return [...alternates.filter(isPage), ...alternates.filter((link) => !isPage(link))]
}

/** The links of some relation. */
export function linksWith(links: readonly Link[], rel: string): readonly Link[] {
  return links.filter((link) => link.rel === rel)
}

/** What remains when an entry has no better address. */
export function otherLinksOf(links: readonly Link[]): readonly Link[] {
  return links.filter(({ rel }) => rel !== 'alternate' && !ELSEWHERE.has(rel))
}

/** The text of the children with a key, as references. */
export function textReferences(
  element: XmlElement,
  base: string,
  ...keys: readonly string[]
): readonly Reference[] {
  return childrenOf(element, ...keys).flatMap((child) => {
    const href = textOf(child)
    return href === '' ? [] : [{ href, base: child.base ?? base }]
  })
}
