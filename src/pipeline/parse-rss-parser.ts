// The rss-parser engine: a strict second reader, into the same tree and so through the same mapper.
import { escapeHtml } from '../text/entities.ts'
import type { ParseCaps } from './parse-caps.ts'
import { addChild, holdsMarkup, NO_CHILDREN, type XmlElement } from './parse-element.ts'
import { namesAsWritten, outermostScope, resolveName, type Scope, scopeWithin } from './parse-names.ts'
import type { XmlTree } from './parse-xml.ts'

/** What xml2js makes of an element: its text, or an object of attributes (`$`), text (`_`) and lists of children. */
type XmlObject = Readonly<Record<string, unknown>>
/** The methods of rss-parser that its types leave out. */
type Builders = Record<
  'buildAtomFeed' | 'buildRSS2' | 'buildRSS1' | 'buildRSS0_9',
  (document: XmlObject) => object
>

type Walk = {
  readonly caps: ParseCaps
  readonly feedUrl: string
  readonly standsFor: ReadonlyMap<string, string> // a feed's own elements, in lower case, to the standard ones
  readonly entries: XmlElement[]
  channel: XmlElement | undefined
  omitted: number
}
type Surroundings = Pick<XmlElement, 'base' | 'language'> & { readonly scope: Scope; readonly depth: number }

const ENTRIES = new Set(['item', 'entry', 'atom:entry'])

/** The tree of a well-formed feed; undefined when rss-parser cannot read it. */
export async function parseWithRssParser(
  text: string,
  feedUrl: string,
  caps: ParseCaps,
  customFields: Readonly<Record<string, string>> = {},
): Promise<XmlTree | undefined> {
  try {
    return treeOf(await readDocument(text, { defaultRSS: 2 }), feedUrl, caps, customFields)
  } catch {
    return undefined
  }
}

/**
 * Where a body breaks the rules of XML or of feeds, as rss-parser's strict reader sees it: line and column from 1.
 * What is wrong with the whole is at 1:1.
 */
export async function strictCheck(
  text: string,
): Promise<{ ok: true } | { ok: false; line: number; column: number; message: string }> {
  try {
    await readDocument(text, {})
    return { ok: true }
  } catch (error) {
    return { ok: false, ...placeOf(error instanceof Error ? error.message : 'unreadable') }
  }
}

/** sax writes "message\nLine: 3\nColumn: 17\nChar: x", both counted from 0. */
function placeOf(report: string): { line: number; column: number; message: string } {
  const [, line = '0', column = '1'] = /\nLine: (\d+)\nColumn: (\d+)/.exec(report) ?? []
  return { line: Number(line) + 1, column: Math.max(1, Number(column)), message: report.split('\n')[0] ?? '' }
}

/**
 * rss-parser's own reading and recognition of versions, stopped before it builds items: its snippet code is quadratic
 * on hostile text (4-19 s for 200 KB) and cannot be switched off. Imported only here: it is slow to load and seldom needed.
 */
async function readDocument(text: string, options: { defaultRSS?: number }): Promise<XmlObject> {
  const { default: Parser } = await import('rss-parser')
  let document: XmlObject = {}
  const keep = (found: XmlObject): object => {
    document = found
    return { items: [] }
  }
  const parser = new Parser(options)
  const builders: Builders = { buildAtomFeed: keep, buildRSS2: keep, buildRSS1: keep, buildRSS0_9: keep }
  await Object.assign(parser, builders).parseString(text)
  return document
}

function treeOf(
  document: XmlObject,
  feedUrl: string,
  caps: ParseCaps,
  customFields: Readonly<Record<string, string>>,
): XmlTree {
  const standsFor = new Map(
    Object.entries(customFields).map(([own, standard]) => [own.toLowerCase(), standard]),
  )
  const walk: Walk = { caps, feedUrl, standsFor, entries: [], channel: undefined, omitted: 0 }
  const [[name, value] = ['', '']] = Object.entries(document)
  const root = elementOf(walk, name, value, {
    scope: outermostScope(),
    base: undefined,
    language: undefined,
    depth: 0,
  })
  const { channel, entries, omitted } = walk
  return { root, channel: channel ?? root, entries, omitted, firstName: name.toLowerCase(), warnings: [] }
}

function elementOf(walk: Walk, raw: string, value: unknown, around: Surroundings): XmlElement {
  const attributes = attributesOf(value).slice(0, walk.caps.attributesMax)
  const scope = namesAsWritten(scopeWithin(around.scope, raw, attributes))
  const own = attributes.find(([key]) => key === 'xml:base')?.[1]
  const base =
    own === undefined ? around.base : (URL.parse(own, around.base ?? walk.feedUrl)?.href ?? around.base)
  const name = resolveName(scope, walk.standsFor.get(raw.toLowerCase()) ?? raw)
  const inside = childrenIn(value)
  const element: XmlElement = {
    name,
    attributes,
    base,
    language: attributes.find(([key]) => key === 'xml:lang')?.[1] ?? around.language,
    children: NO_CHILDREN,
    inner: holdsMarkup(name.key) ? innerOf(value, walk.caps.depthMax) : escapeHtml(characters(value)),
    mixed: inside.length > 0,
  }
  if (name.key === 'channel') walk.channel ??= element
  if (holdsMarkup(name.key) || around.depth >= walk.caps.depthMax) return element
  const within = { scope, base, language: element.language, depth: around.depth + 1 }
  for (const [child, each] of inside) place(walk, element, elementOf(walk, child, each, within))
  return element
}

function place(walk: Walk, parent: XmlElement, child: XmlElement): void {
  if (!ENTRIES.has(child.name.key)) addChild(parent, child)
  else if (walk.entries.length < walk.caps.itemsMax) walk.entries.push(child)
  else walk.omitted++
}

function isObject(value: unknown): value is XmlObject {
  return typeof value === 'object' && value !== null
}

function characters(value: unknown): string {
  const text = isObject(value) ? value['_'] : value
  return typeof text === 'string' ? text : ''
}

function attributesOf(value: unknown): readonly (readonly [string, string])[] {
  const attributes = isObject(value) ? value['$'] : undefined
  return isObject(attributes)
    ? Object.entries(attributes).map(([name, text]) => [name.toLowerCase(), String(text)])
    : []
}

function childrenIn(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, list]) =>
    name !== '$' && name !== '_' && Array.isArray(list)
      ? list.map((one: unknown) => [name, one] as const)
      : [],
  )
}

/** Markup again, as source. Text comes before elements: xml2js does not know their order, which is why it is the second choice. */
function innerOf(value: unknown, depthLeft: number): string {
  const inside = depthLeft > 0 ? childrenIn(value) : []
  const elements = inside.map(([name, each]) => {
    const attributes = attributesOf(each).map(
      ([key, text]) => ` ${key}="${escapeHtml(text).replaceAll('"', '&quot;')}"`,
    )
    return `<${name}${attributes.join('')}>${innerOf(each, depthLeft - 1)}</${name}>`
  })
  return escapeHtml(characters(value)) + elements.join('')
}
