// Which of an entry's or a feed's links is which.

import type { Reference } from './parse-document.ts'
import { attributeOf, textOf, type XmlElement } from './parse-element.ts'

export type Link = Reference & {
  readonly rel: string // 'alternate' when not given
  readonly type: string
  readonly length: string | undefined
}

const NOTHING: readonly Link[] = []

/** Relations that lead to something other than the entry itself. */
const ELSEWHERE = new Set(
  'self edit edit-media enclosure replies hub next prev first last license icon shortcut'.split(' '),
)

/** The links with an address in an attribute: Atom's, and those of feeds that forgot its namespace. */
export function linksOf(elements: readonly XmlElement[], base: string): readonly Link[] {
  if (elements.length === 0) return NOTHING
  const links: Link[] = []
  for (const element of elements) {
    const href = attributeOf(element, 'href') ?? (element.name.space === 'atom' ? textOf(element) : '')
    if (href === '') continue
    const rel = (attributeOf(element, 'rel') ?? 'alternate').toLowerCase().replace(/^.*[/#]/, '')
    const type = (attributeOf(element, 'type') ?? '').toLowerCase()
    links.push({ href, base: element.base ?? base, rel, type, length: attributeOf(element, 'length') })
  }
  return links
}

/** Alternates, pages first. */
export function alternatesOf(links: readonly Link[]): readonly Link[] {
  const alternates = linksWith(links, 'alternate')
  return alternates.length < 2
    ? alternates
    : [...alternates.filter(isPage), ...alternates.filter((link) => !isPage(link))]
}

function isPage({ type }: Link): boolean {
  return type === '' || /html/.test(type)
}

/** The links of some relation. */
export function linksWith(links: readonly Link[], rel: string): readonly Link[] {
  return links.length === 0 ? links : links.filter((link) => link.rel === rel)
}

/** What remains when an entry has no better address. */
export function otherLinksOf(links: readonly Link[]): readonly Link[] {
  return links.filter(({ rel }) => rel !== 'alternate' && !ELSEWHERE.has(rel))
}

/** The texts of elements as references. */
export function textReferences(elements: readonly XmlElement[], base: string): readonly Reference[] {
  if (elements.length === 0) return NOTHING
  const references: Reference[] = []
  for (const element of elements) {
    const href = textOf(element)
    if (href !== '') references.push({ href, base: element.base ?? base })
  }
  return references
}
