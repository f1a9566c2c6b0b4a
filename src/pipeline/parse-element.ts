// One element of a feed, and how its text and markup are read.
import { decodeXmlText } from '../text/entities.ts'
import type { XmlName } from './parse-names.ts'

export type XmlElement = {
  readonly name: XmlName
  readonly attributes: readonly (readonly [name: string, value: string])[] // names in lower case, values decoded
  readonly base: string | undefined // xml:base in force, absolute; undefined when nobody gave one
  readonly language: string | undefined // xml:lang in force
  children: readonly XmlElement[] // none are kept inside an element that holds markup
  inner: string // the source between its tags
  mixed: boolean // there are elements inside
}

/** Most elements have no children, so they share one empty list. */
export const NO_CHILDREN: readonly XmlElement[] = []

/** Stands where an entry need not be read. */
export const UNREAD: XmlElement = {
  name: { space: '', local: '', key: '' },
  attributes: [],
  base: undefined,
  language: undefined,
  children: NO_CHILDREN,
  inner: '',
  mixed: false,
}

/** Adds to an element of a tree that is being built. */
export function addChild(parent: XmlElement, child: XmlElement): void {
  if (parent.children === NO_CHILDREN) parent.children = [child]
  else (parent.children as XmlElement[]).push(child) // nobody else holds the list yet
}

/** Elements that hold markup or text: what stands inside is theirs. */
const MARKUP = new Set(
  'title description content summary atom:title atom:subtitle atom:summary atom:content content:encoded dc:description dc:title xhtml:body body media:description media:title itunes:summary fullitem abstract atom:tagline tagline atom:info subtitle atom:rights link guid'.split(
    ' ',
  ),
)

/** Is everything inside such an element its own text or markup? Then no tree is kept of it. */
export function holdsMarkup(key: string): boolean {
  return MARKUP.has(key)
}

/** The value of an attribute, by its name with or without a prefix; trimmed. Absent and empty are undefined. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const { attributes } = element
  if (attributes.length === 0) return undefined
  const exact = attributes.find(([key]) => key === name)
  const found = exact ?? attributes.find(([key]) => key.endsWith(`:${name}`))
  return found?.[1].trim() || undefined
}

/** The first child with one of the keys, in the order of the keys. */
export function childOf(element: XmlElement, ...keys: readonly string[]): XmlElement | undefined {
  return childrenOf(element, ...keys)[0]
}

/** All children with any of the keys, by key first, then in document order. */
export function childrenOf(element: XmlElement, ...keys: readonly string[]): readonly XmlElement[] {
  if (element.children.length === 0) return NO_CHILDREN
  const found: XmlElement[] = []
  for (const key of keys) for (const child of element.children) if (child.name.key === key) found.push(child)
  return found
}

/** The characters of an element: references decoded, CDATA as it is, comments and tags left out; trimmed. */
export function textOf(element: XmlElement): string {
  const { inner } = element
  if (!inner.includes('<')) return decodeXmlText(inner).trim()
  if (isOneSection(inner)) return inner.slice(9, -3).trim()
  return splitCdata(inner, (markup) =>
    decodeXmlText(markup.replace(element.mixed ? /<[^>]*>/g : /<[!?][^>]*>/g, '')),
  ).trim()
}

/** The characters of the first of the keys that holds some. */
export function textOfChild(element: XmlElement, ...keys: readonly string[]): string | undefined {
  return firstText(childrenOf(element, ...keys))
}

/** The characters of the first element that holds some. */
export function firstText(elements: readonly XmlElement[]): string | undefined {
  for (const element of elements) {
    const text = textOf(element)
    if (text !== '') return text
  }
  return undefined
}

/** Markup for an HTML reader: unescaped markup is the raw source, so mixed content keeps its order; else the characters. */
export function markupOf(element: XmlElement): string {
  return element.mixed ? rawMarkupOf(element).trim() : textOf(element)
}

/** The raw source between the tags, CDATA sections opened. */
export function rawMarkupOf(element: XmlElement): string {
  const { inner } = element
  return inner.includes('<![CDATA[') ? splitCdata(inner, (markup) => markup) : inner
}

/** One CDATA section and nothing else, by far the most frequent case. */
function isOneSection(inner: string): boolean {
  return inner.startsWith('<![CDATA[') && inner.indexOf(']]>') === inner.length - 3
}

/** Applies `outside` to what is not CDATA; an unclosed section runs to the end. */
function splitCdata(source: string, outside: (markup: string) => string): string {
  const parts: string[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('<![CDATA[', at)
    if (open < 0) break
    const close = source.indexOf(']]>', open)
    parts.push(outside(source.slice(at, open)), source.slice(open + 9, close < 0 ? source.length : close))
    at = close < 0 ? source.length : close + 3
  }
  return at === 0 ? outside(source) : parts.join('') + outside(source.slice(at))
}
