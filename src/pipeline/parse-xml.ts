// The tolerant engine: source to a tree of the elements a feed is made of. Never fails; what is broken is stepped over.
import { Tokenizer } from 'htmlparser2'
import { decodeXmlText } from '../text/entities.ts'
import type { ParseCaps } from './parse-caps.ts'
import { holdsMarkup, type XmlElement } from './parse-element.ts'
import { replaceDeclaredEntities } from './parse-entities.ts'
import { OUTERMOST, resolveName, type Scope, scopeWithin } from './parse-names.ts'

export type XmlTree = {
  readonly root: XmlElement | undefined // rss, rdf:RDF, feed, channel or urlset, up to four levels deep
  readonly channel: XmlElement | undefined // what holds the feed's own fields
  readonly entries: readonly XmlElement[] // document order, whatever they stood in
  readonly omitted: number // entries beyond the cap
  readonly firstName: string // of the outermost element, '' when there is none
  readonly warnings: readonly string[]
}

type Frame = {
  readonly raw: string // the name as written, in lower case
  readonly element: XmlElement
  readonly scope: Scope
  readonly innerStart: number
  readonly opaque: boolean // inside markup: nothing below is kept
}

type Builder = {
  readonly source: string
  readonly caps: ParseCaps
  readonly stack: Frame[]
  readonly openNames: Map<string, number>
  readonly entries: XmlElement[]
  root: XmlElement | undefined
  channel: XmlElement | undefined
  firstName: string
  omitted: number
  cutAttributes: number
  cutDepth: number
  tag: string
  tagStart: number
  attributes: [string, string][]
  attribute: string
  valueStart: number
  valueEnd: number
}

/** Characters handed to the tokeniser between two pauses. */
const BATCH_LENGTH = 262_144
const ROOT_DEPTH_MAX = 4
const ATTRIBUTE_LENGTH_MAX = 65_536
const ROOTS = new Set(['rss', 'rdf:rdf', 'atom:feed', 'feed', 'urlset'])
const ENTRIES = new Set(['item', 'entry', 'atom:entry'])
/** Reads a body of any size; `pause` is awaited between batches. */
export async function parseXml(
  text: string,
  feedUrl: string,
  caps: ParseCaps,
  pause: () => Promise<void>,
): Promise<XmlTree> {
  const builder = startBuilder(replaceDeclaredEntities(text), caps)
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks(builder, feedUrl))
  for (let at = 0; at < builder.source.length; at += BATCH_LENGTH) {
    if (at > 0) await pause()
    tokenizer.write(builder.source.slice(at, at + BATCH_LENGTH))
  }
  tokenizer.end()
  closeDownTo(builder, 0, builder.source.length)
  return { ...builder, channel: builder.channel ?? builder.root, warnings: warningsOf(builder) }
}

function startBuilder(source: string, caps: ParseCaps): Builder {
  return {
    source,
    caps,
    stack: [],
    openNames: new Map(),
    entries: [],
    root: undefined,
    channel: undefined,
    firstName: '',
    omitted: 0,
    cutAttributes: 0,
    cutDepth: 0,
    tag: '',
    tagStart: 0,
    attributes: [],
    attribute: '',
    valueStart: -1,
    valueEnd: -1,
  }
}

function warningsOf({ cutAttributes, cutDepth }: Builder): readonly string[] {
  return [
    ...(cutAttributes > 0
      ? [`${cutAttributes} attributes beyond the limit of one element were left out`]
      : []),
    ...(cutDepth > 0 ? [`${cutDepth} elements were nested too deep and left out`] : []),
  ]
}

function callbacks(builder: Builder, feedUrl: string) {
  const { source } = builder
  return {
    onopentagname: (start: number, end: number) => {
      builder.tag = source.slice(start, end).toLowerCase()
      builder.tagStart = start - 1
      builder.attributes = []
    },
    onattribname: (start: number, end: number) => {
      builder.attribute = source.slice(start, end).toLowerCase()
      builder.valueStart = -1
    },
    onattribdata: (start: number, end: number) => {
      if (builder.valueStart < 0) builder.valueStart = start
      builder.valueEnd = end
    },
    onattribend: () => addAttribute(builder),
    onopentagend: (end: number) => open(builder, end + 1, feedUrl),
    onselfclosingtag: (end: number) => {
      if (open(builder, end + 1, feedUrl)) closeDownTo(builder, builder.stack.length - 1, end + 1)
    },
    onclosetag: (start: number, end: number) => close(builder, source.slice(start, end).toLowerCase(), start),
    ontext: nothing,
    onattribentity: nothing,
    oncdata: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onend: nothing,
    onprocessinginstruction: nothing,
    ontextentity: nothing,
  }
}

function nothing(): void {}

/** The tokeniser hands long values over in pieces; what counts is where they start and end. */
function addAttribute(builder: Builder): void {
  if (builder.attributes.length >= builder.caps.attributesMax) {
    builder.cutAttributes++
    return
  }
  const { attribute, valueStart, valueEnd } = builder
  const end = Math.min(valueEnd, valueStart + ATTRIBUTE_LENGTH_MAX)
  builder.attributes.push([
    attribute,
    valueStart < 0 ? '' : decodeXmlText(builder.source.slice(valueStart, end)),
  ])
}

function open(builder: Builder, innerStart: number, feedUrl: string): boolean {
  const { tag, stack, attributes } = builder
  if (builder.firstName === '') builder.firstName = tag
  const outer = stack.at(-1)
  const scope = scopeWithin(outer?.scope ?? OUTERMOST, tag, attributes)
  const name = resolveName(scope, tag)
  if (isEntry(builder, name.key)) closeEntry(builder)
  if (stack.length >= builder.caps.depthMax) {
    builder.cutDepth++
    return false
  }
  const parent = stack.at(-1)
  const element: XmlElement = {
    name,
    attributes,
    base: baseWithin(parent?.element.base, attributes, feedUrl),
    language: attributes.find(([key]) => key === 'xml:lang')?.[1] ?? parent?.element.language,
    children: [],
    inner: '',
    mixed: false,
  }
  place(builder, parent, element)
  const opaque = builder.root !== undefined && (parent?.opaque === true || holdsMarkup(name.key))
  stack.push({ raw: tag, element, scope, innerStart, opaque })
  builder.openNames.set(tag, (builder.openNames.get(tag) ?? 0) + 1)
  return true
}

function baseWithin(
  outer: string | undefined,
  attributes: readonly (readonly [string, string])[],
  feedUrl: string,
): string | undefined {
  const own = attributes.find(([key]) => key === 'xml:base')?.[1]
  return own === undefined ? outer : (URL.parse(own.trim(), outer ?? feedUrl)?.href ?? outer)
}

/** Puts an element where it belongs: root, channel, entry, or child of its parent. */
function place(builder: Builder, parent: Frame | undefined, element: XmlElement): void {
  const { key } = element.name
  if (parent !== undefined) parent.element.mixed = true
  if (parent?.opaque === true) return
  if (builder.root === undefined) {
    const bareChannel = key === 'channel' && builder.stack.length === 0
    if (bareChannel || (ROOTS.has(key) && builder.stack.length < ROOT_DEPTH_MAX)) builder.root = element
  }
  if (builder.root === undefined) return
  if (key === 'channel') builder.channel ??= element
  if (isEntry(builder, key)) addEntry(builder, element)
  else parent?.element.children.push(element)
}

/** In a sitemap an entry is called url, which elsewhere is the address of an image. */
function isEntry({ root }: Builder, key: string): boolean {
  return key === 'url' ? root?.name.key === 'urlset' : ENTRIES.has(key)
}

function addEntry(builder: Builder, element: XmlElement): void {
  if (builder.entries.length < builder.caps.itemsMax) builder.entries.push(element)
  else builder.omitted++
}

/** An entry never stands in another: whoever forgot to close the last one gets it closed here. */
function closeEntry(builder: Builder): void {
  const depth = builder.stack.findIndex(({ element }) => isEntry(builder, element.name.key))
  if (depth >= 0) closeDownTo(builder, depth, builder.tagStart)
}

/** Closes the innermost element of that name and all inside it; a tag that closes nothing is stepped over. */
function close(builder: Builder, raw: string, start: number): void {
  if (!builder.openNames.has(raw)) return
  const depth = builder.stack.findLastIndex((frame) => frame.raw === raw)
  closeDownTo(builder, depth, builder.source.lastIndexOf('<', start))
}

function closeDownTo(builder: Builder, depth: number, end: number): void {
  while (builder.stack.length > depth) {
    const frame = builder.stack.pop()
    if (frame === undefined) return
    if (!builder.stack.at(-1)?.opaque) frame.element.inner = builder.source.slice(frame.innerStart, end)
    const left = (builder.openNames.get(frame.raw) ?? 1) - 1
    if (left === 0) builder.openNames.delete(frame.raw)
    else builder.openNames.set(frame.raw, left)
  }
}
