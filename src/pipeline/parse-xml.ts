// The tolerant engine: source to a tree of the elements a feed is made of. Never fails; what is broken is stepped over.
import type { ParseCaps } from './parse-caps.ts'
import { addChild, holdsMarkup, NO_CHILDREN, UNREAD, type XmlElement } from './parse-element.ts'
import { replaceDeclaredEntities } from './parse-entities.ts'
import { outermostScope, resolveName, type Scope, scopeWithin, type XmlName } from './parse-names.ts'
import { behindKnown, endSealing, noteEntry, type Sealer, sealEntry, startSealing } from './parse-sealer.ts'
import type { DocumentSeals, Sealing } from './parse-seals.ts'
import { type Attributes, scanUntil, startScan } from './parse-xml-scan.ts'

export type XmlTree = {
  readonly root: XmlElement | undefined // rss, rdf:RDF, feed, channel or urlset, up to four levels deep
  readonly channel: XmlElement | undefined // what holds the feed's own fields
  readonly entries: readonly XmlElement[] // document order, whatever they stood in
  readonly omitted: number // entries beyond the cap
  readonly firstName: string // of the outermost element, '' when there is none
  readonly warnings: readonly string[]
  readonly seals?: DocumentSeals // where they were asked for
}

/** A name as written: how often it is open, and what it means in the scope where it was last seen. */
type Tag = { readonly lower: string; openCount: number; scope: Scope; name: XmlName }

/** An element that is still open. */
type Frame = {
  readonly written: string // its name
  readonly tag: Tag
  readonly element: XmlElement
  readonly scope: Scope
  readonly innerStart: number
  readonly isOpaque: boolean // inside markup: nothing below is kept
}

type Builder = {
  readonly source: string
  readonly feedUrl: string
  readonly caps: ParseCaps
  readonly outermost: Scope
  readonly stack: Frame[]
  readonly tags: Map<string, Tag> // by name as written and in lower case
  readonly entries: XmlElement[]
  readonly sealer: Sealer | undefined
  root: XmlElement | undefined
  channel: XmlElement | undefined
  firstName: string
  omitted: number
  leftOut: number // elements nested too deep, or too many
}

/** Characters scanned between two pauses. */
const BATCH_LENGTH = 131_072
/** Of a name that has not been looked up yet. */
const NOWHERE: Scope = outermostScope()
const UNRESOLVED: XmlName = { space: '', local: '', key: '' }
const ROOT_DEPTH_MAX = 4
/** Elements in one element, entries not counted. */
const CHILDREN_MAX = 10_000
/** No vocabulary has this many names; a body that does is an attack on memory. */
const NAMES_MAX = 10_000
const ROOTS = new Set(['rss', 'rdf:rdf', 'atom:feed', 'feed', 'urlset'])
const ENTRIES = new Set(['item', 'entry', 'atom:entry'])
/** Only such a tag can end a description that somebody forgot to close. */
const ENTRY_LIKE = /^(?:[^:]*:)?(?:item|entry)$/

/** Reads a body of any size; `pause` is awaited between batches. Of an entry that `sealing` knows nothing is read. */
export async function parseXml(
  text: string,
  feedUrl: string,
  caps: ParseCaps,
  pause: () => Promise<void>,
  sealing?: Sealing,
): Promise<XmlTree> {
  const builder = startBuilder(replaceDeclaredEntities(text), feedUrl, caps, sealing)
  const { source } = builder
  const scan = startScan(source, caps.attributesMax, {
    open: (name, attributes, start, innerStart, isEmpty) =>
      open(builder, name, attributes, start, innerStart, isEmpty),
    close: (name, start) => close(builder, name, start),
    innermost: () => builder.stack.at(-1)?.written ?? '',
  })
  while (scan.at < source.length) {
    scanUntil(scan, scan.at + BATCH_LENGTH)
    if (scan.at < source.length) await pause()
  }
  closeDownTo(builder, 0, source.length)
  const { root, channel = root, entries, omitted, firstName } = builder
  const warnings = warningsOf(builder, scan.attributesCut)
  const isWhole = warnings.length === 0 && omitted === 0 && scan.absent.size === 0
  const seals = endSealing(builder.sealer, builder.channel, isWhole)
  return { root, channel, entries, omitted, firstName, warnings, ...seals }
}

function startBuilder(
  source: string,
  feedUrl: string,
  caps: ParseCaps,
  sealing: Sealing | undefined,
): Builder {
  return {
    source,
    feedUrl,
    caps,
    outermost: outermostScope(),
    stack: [],
    tags: new Map(),
    entries: [],
    sealer: sealing === undefined ? undefined : startSealing(source, sealing),
    root: undefined,
    channel: undefined,
    firstName: '',
    omitted: 0,
    leftOut: 0,
  }
}

function warningsOf({ leftOut }: Builder, attributesCut: number): readonly string[] {
  return [
    ...(attributesCut > 0 ? [`attributes left out beyond the limit of one element: ${attributesCut}`] : []),
    ...(leftOut > 0 ? [`elements left out beyond the limits of depth and number: ${leftOut}`] : []),
  ]
}

/** The tag of a name as written; undefined when there are too many names already. */
function tagOf(builder: Builder, written: string): Tag | undefined {
  const known = builder.tags.get(written)
  if (known !== undefined || builder.tags.size >= NAMES_MAX) return known
  const lower = written.toLowerCase()
  const tag = builder.tags.get(lower) ?? {
    lower,
    openCount: 0,
    scope: NOWHERE,
    name: UNRESOLVED,
  }
  builder.tags.set(written, tag).set(lower, tag)
  return tag
}

function open(
  builder: Builder,
  written: string,
  attributes: Attributes,
  start: number,
  innerStart: number,
  isEmpty: boolean,
): number | undefined {
  const { stack } = builder
  const tag = tagOf(builder, written)
  if (tag === undefined) {
    builder.leftOut++
    return undefined
  }
  if (builder.firstName === '') builder.firstName = tag.lower
  const inMarkup = stack.at(-1)?.isOpaque === true && !ENTRY_LIKE.test(tag.lower)
  if (!inMarkup) resolve(builder, tag, attributes, start)
  if (stack.length >= builder.caps.depthMax) builder.leftOut++
  else if (inMarkup) pushMarkup(builder, written, tag, innerStart)
  else {
    const behind = passKnown(builder, tag, written, start, innerStart)
    if (behind !== undefined) return behind
    push(builder, written, tag, attributes, innerStart)
  }
  if (isEmpty && stack.at(-1)?.innerStart === innerStart) closeDownTo(builder, stack.length - 1, innerStart)
  return undefined
}

/** The offset behind an entry that is known and stays unread; undefined for anything else. */
function passKnown(
  { sealer, entries, stack, root, channel, caps }: Builder,
  { name: { key } }: Tag,
  written: string,
  start: number,
  innerStart: number,
): number | undefined {
  if (sealer === undefined || root === undefined || !isEntry({ root }, key)) return undefined
  noteEntry(sealer, start, stack, root, channel)
  if (entries.length >= caps.itemsMax) return undefined
  const behind = behindKnown(sealer, entries.length, written, innerStart)
  if (behind === undefined) return undefined
  const parent = stack.at(-1)
  if (parent !== undefined) parent.element.mixed = true
  entries.push(UNREAD)
  return behind
}

/** Finds out what the name means here, and closes an entry that another one follows. */
function resolve(builder: Builder, tag: Tag, attributes: Attributes, start: number): void {
  const outer = builder.stack.at(-1)?.scope ?? builder.outermost
  const scope = attributes.length === 0 ? outer : scopeWithin(outer, tag.lower, attributes)
  if (tag.scope !== scope) {
    tag.scope = scope
    tag.name = resolveName(scope, tag.lower)
  }
  if (isEntry(builder, tag.name.key)) closeEntry(builder, start)
}

/** Inside markup only the nesting matters: the element around it will be read as source. */
function pushMarkup(builder: Builder, written: string, tag: Tag, innerStart: number): void {
  const around = builder.stack.at(-1)
  if (around === undefined) return
  around.element.mixed = true
  builder.stack.push({
    written,
    tag,
    element: around.element,
    scope: around.scope,
    innerStart,
    isOpaque: true,
  })
  tag.openCount++
}

function push(builder: Builder, written: string, tag: Tag, attributes: Attributes, innerStart: number): void {
  const { name, scope } = tag
  const parent = builder.stack.at(-1)
  const around = parent?.element
  const element: XmlElement = {
    name,
    attributes,
    base: attributes.length === 0 ? around?.base : baseWithin(around?.base, attributes, builder.feedUrl),
    language:
      attributes.length === 0 ? around?.language : (attributeIn(attributes, 'xml:lang') ?? around?.language),
    children: NO_CHILDREN,
    inner: '',
    mixed: false,
  }
  place(builder, parent, element)
  const isOpaque = builder.root !== undefined && holdsMarkup(name.key)
  builder.stack.push({ written, tag, element, scope, innerStart, isOpaque })
  tag.openCount++
}

function attributeIn(attributes: Attributes, name: string): string | undefined {
  return attributes.find(([key]) => key === name)?.[1]
}

function baseWithin(outer: string | undefined, attributes: Attributes, feedUrl: string): string | undefined {
  const own = attributeIn(attributes, 'xml:base')
  return own === undefined ? outer : (URL.parse(own.trim(), outer ?? feedUrl)?.href ?? outer)
}

/** Puts an element where it belongs: root, channel, entry, or child of its parent. */
function place(builder: Builder, parent: Frame | undefined, element: XmlElement): void {
  const { key } = element.name
  if (parent !== undefined) parent.element.mixed = true
  builder.root ??= isRoot(key, builder.stack.length) ? element : undefined
  if (builder.root === undefined) return
  if (key === 'channel') builder.channel ??= element
  if (isEntry(builder, key)) addEntry(builder, element)
  else if (parent !== undefined && parent.element.children.length < CHILDREN_MAX)
    addChild(parent.element, element)
  else if (parent !== undefined) builder.leftOut++
}

/** A channel without its rss is the Channel Definition Format, or a feed whose first line got lost. */
function isRoot(key: string, depth: number): boolean {
  return key === 'channel' ? depth === 0 : depth < ROOT_DEPTH_MAX && ROOTS.has(key)
}

/** In a sitemap an entry is called url, which elsewhere is the address of an image. */
function isEntry({ root }: Pick<Builder, 'root'>, key: string): boolean {
  return key === 'url' ? root?.name.key === 'urlset' : ENTRIES.has(key)
}

function addEntry(builder: Builder, element: XmlElement): void {
  if (builder.entries.length < builder.caps.itemsMax) builder.entries.push(element)
  else builder.omitted++
}

/** An entry never stands in another: whoever forgot to close the last one gets it closed here. */
function closeEntry(builder: Builder, start: number): void {
  const depth = builder.stack.findIndex(({ element }) => isEntry(builder, element.name.key))
  if (depth >= 0) closeDownTo(builder, depth, start)
}

/** Closes the innermost element of that name and all inside it; a tag that closes nothing is stepped over. */
function close(builder: Builder, written: string, start: number): void {
  const innermost = builder.stack.at(-1)
  if (innermost !== undefined && innermost.written === written) {
    if (innermost.element === builder.entries.at(-1))
      sealEntry(builder.sealer, builder.entries.length - 1, start, written)
    closeDownTo(builder, builder.stack.length - 1, start)
    return
  }
  const tag = tagOf(builder, written)
  if (tag === undefined || tag.openCount === 0) return
  let depth = builder.stack.length - 1
  while (builder.stack[depth]?.tag !== tag) depth--
  closeDownTo(builder, depth, start)
}

function closeDownTo(builder: Builder, depth: number, end: number): void {
  const { stack, source } = builder
  while (stack.length > depth) {
    const frame = stack.pop()
    if (frame === undefined) return
    if (stack.at(-1)?.isOpaque !== true) frame.element.inner = source.slice(frame.innerStart, end)
    frame.tag.openCount--
  }
}
