// Text constructs: what an element's type and mode say about the characters in it (RFC 4287, 3.1; Atom 0.3, 3.1).

import type { Markup } from './parse-document.ts'
import { attributeOf, markupOf, rawMarkupOf, textOf, type XmlElement } from './parse-element.ts'
import { withInnerBases } from './parse-inner-base.ts'

/** Source longer than this is not even decoded; contents are cut to two thirds of it. */
const SOURCE_LENGTH_MAX = 1_572_864

/**
 * Reads elements as markup. A loop, since the engine gives `map` another kind of array once it optimises the caller, and
 * then throws away what it had optimised for the readers of the old kind.
 */
export function readMarkups(elements: readonly XmlElement[], base: string): readonly Markup[] {
  const markups: Markup[] = []
  for (const element of elements) markups.push(readMarkup(element, base))
  return markups
}

/** Reads an element as markup. RSS has no types, so there everything is HTML, escaped or not. */
function readMarkup(element: XmlElement, base: string): Markup {
  if (element.inner.length > SOURCE_LENGTH_MAX)
    return {
      ...readMarkup({ ...element, inner: element.inner.slice(0, SOURCE_LENGTH_MAX) }, base),
      cut: true,
    }
  const type = (attributeOf(element, 'type') ?? '').toLowerCase()
  const own = element.base ?? base
  if (isBase64(element, type))
    return { text: fromBase64(textOf(element)), plain: /^text\/plain/.test(type), base: own }
  if (isXhtml(element, type)) return xhtmlOf(element, own)
  if (type === 'text' || type === 'text/plain') return { text: textOf(element), plain: true, base: own }
  return { text: markupOf(element), plain: false, base: own }
}

/** Atom 0.3 says it in `mode`; Atom 1.0 says it by a media type that is neither text nor XML. */
function isBase64(element: XmlElement, type: string): boolean {
  const mode = attributeOf(element, 'mode')?.toLowerCase()
  if (mode !== undefined) return mode === 'base64'
  if (element.name.space !== 'atom' || element.mixed || !/^[\w.+-]+\/[\w.+-]+/.test(type)) return false
  return !/^text\/|[+/]xml\b|^application\/json/.test(type)
}

/** What is no base64 after all is shown as it is. */
function fromBase64(text: string): string {
  const packed = text.replace(/\s+/g, '')
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return text
  try {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch {
    return text
  }
}

function isXhtml(element: XmlElement, type: string): boolean {
  return element.mixed && (type === 'xhtml' || /[+/]xml\b/.test(type) || element.name.key === 'xhtml:body')
}

const DIV = /^\s*(?:<!--[\s\S]*?-->\s*)?<((?:[\w-]+:)?div)(\s[^>]*)?>([\s\S]*)<\/\1\s*>\s*$/i

/** The div that wraps XHTML is not part of it; its xml:base and prefix are undone. */
function xhtmlOf(element: XmlElement, base: string): Markup {
  const raw = rawMarkupOf(element).trim()
  const [, name = '', attributes = '', inside] = DIV.exec(raw) ?? []
  const own = /\bxml:base\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1]
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : ''
  const outer = own === undefined ? base : (URL.parse(own, base)?.href ?? base)
  const text = withInnerBases(withoutPrefix((inside ?? raw).trim(), prefix), outer)
  return { text, plain: false, base: outer }
}

function withoutPrefix(markup: string, prefix: string): string {
  return prefix === '' ? markup : markup.replace(new RegExp(`(</?)${prefix}:`, 'g'), '$1')
}
