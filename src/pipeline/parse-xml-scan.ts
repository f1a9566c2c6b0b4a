// A tolerant XML scanner: finds tags by offset and leaves all text alone. Why not a library's: docs/decisions/0003.
import { decodeXmlText } from '../text/entities.ts'

/** What the scanner tells. Offsets are UTF-16 units of the source. Names are as written, attribute names in lower case. */
export type XmlHandler = {
  /** `start` is the offset of `<`, `innerStart` the offset behind `>`. Returns where to go on, unless that is `innerStart`. */
  readonly open: (
    name: string,
    attributes: Attributes,
    start: number,
    innerStart: number,
    isEmpty: boolean,
  ) => number | undefined
  readonly close: (name: string, start: number) => void
  /** The innermost open element, '' when there is none: the closing tag to expect. */
  readonly innermost: () => string
}
export type Attributes = readonly (readonly [name: string, value: string])[]

export type XmlScan = {
  readonly source: string
  readonly attributesMax: number // per element; more are counted and left out
  readonly handler: XmlHandler
  at: number
  attributesCut: number
  readonly absent: Set<string> // closing marks known not to come any more, so that nobody looks twice
}

const ATTRIBUTE_LENGTH_MAX = 65_536
/** Beyond the limit and so many more the rest of a tag is stepped over, up to its next `>`. */
const ATTRIBUTES_COUNTED_MAX = 10_000
const NO_ATTRIBUTES: Attributes = []
const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const SPACE = 32
const BANG = 33
const SLASH = 47
const LESS = 60
const EQUALS = 61
const GREATER = 62
const QUESTION = 63

/** Starts a scan; nothing is read yet. */
export function startScan(source: string, attributesMax: number, handler: XmlHandler): XmlScan {
  return { source, attributesMax, handler, at: 0, attributesCut: 0, absent: new Set() }
}

/** Reads tags until offset `until` is passed or the source ends; call it again to go on. Every character is looked at a bounded number of times. */
export function scanUntil(scan: XmlScan, until: number): void {
  const { source } = scan
  while (scan.at < until) {
    const start = source.indexOf('<', scan.at)
    if (start < 0) {
      scan.at = source.length
      return
    }
    scan.at = readTag(scan, start)
  }
}

/** Reads what starts with the `<` at `start`; returns the offset behind it. */
function readTag(scan: XmlScan, start: number): number {
  const first = scan.source.charCodeAt(start + 1)
  if (first === SLASH) return readClose(scan, start)
  if (first === BANG) return skipDeclaration(scan, start)
  if (first === QUESTION) return behind(scan, '?>', start) ?? behind(scan, '>', start) ?? scan.source.length
  return isNameStart(first) ? readOpen(scan, start) : start + 1
}

/** A letter, `_`, `:` or anything beyond ASCII; "a < b" and "<3" are text. */
function isNameStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code >= 128
  )
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === RETURN || code === TAB
}

/** The offset behind the next `mark`, undefined when there is none. */
function behind(scan: XmlScan, mark: string, from: number): number | undefined {
  if (scan.absent.has(mark)) return undefined
  const at = scan.source.indexOf(mark, from)
  if (at >= 0) return at + mark.length
  scan.absent.add(mark)
  return undefined
}

/** Nearly every closing tag is the expected one, which need not be cut out of the source and looked up. */
function readClose(scan: XmlScan, start: number): number {
  const expected = scan.handler.innermost()
  const expectedEnd = start + 2 + expected.length
  if (scan.source.charCodeAt(expectedEnd) === GREATER && scan.source.startsWith(expected, start + 2)) {
    scan.handler.close(expected, start)
    return expectedEnd + 1
  }
  const end = behind(scan, '>', start)
  if (end === undefined) return scan.source.length
  const written = scan.source.slice(start + 2, end - 1)
  scan.handler.close(/[\s<]/.test(written) ? (/[^\s<]+/.exec(written)?.[0] ?? '') : written, start)
  return end
}

/** Comments, CDATA and the document type. An unclosed comment is stepped over, an unclosed CDATA section is the rest. */
function skipDeclaration(scan: XmlScan, start: number): number {
  const { source } = scan
  if (source.startsWith('<!--', start)) return behind(scan, '-->', start + 4) ?? start + 4
  if (source.startsWith('<![CDATA[', start)) return behind(scan, ']]>', start + 9) ?? source.length
  const end = behind(scan, '>', start) ?? source.length
  const hasSubset = source.slice(start, end).includes('[')
  return hasSubset ? (behind(scan, ']>', start) ?? end) : end
}

function readOpen(scan: XmlScan, start: number): number {
  const { source } = scan
  let at = start + 2
  let code = source.charCodeAt(at)
  while (code > SPACE && code !== GREATER && code !== SLASH && code !== LESS) code = source.charCodeAt(++at)
  const name = source.slice(start + 1, at)
  if (code === GREATER) {
    return scan.handler.open(name, NO_ATTRIBUTES, start, at + 1, false) ?? at + 1
  }
  const attributes: (readonly [string, string])[] = []
  const cutBefore = scan.attributesCut
  while (at < source.length && code !== GREATER && code !== LESS) {
    if (scan.attributesCut - cutBefore > ATTRIBUTES_COUNTED_MAX)
      at = (behind(scan, '>', at) ?? source.length + 1) - 1
    else if (isSpace(code) || code === SLASH) at++
    else at = readAttribute(scan, at, attributes)
    code = source.charCodeAt(at)
  }
  const isEmpty = source.charCodeAt(at - 1) === SLASH && code === GREATER
  const innerStart = code === GREATER ? at + 1 : at // a tag that another tag cuts off ends there
  const all = attributes.length === 0 ? NO_ATTRIBUTES : attributes
  return scan.handler.open(name, all, start, innerStart, isEmpty) ?? innerStart
}

/** Reads one attribute at `at`; returns the offset behind it. */
function readAttribute(scan: XmlScan, start: number, attributes: (readonly [string, string])[]): number {
  const { source } = scan
  let at = start
  let code = source.charCodeAt(at)
  while (
    at < source.length &&
    !isSpace(code) &&
    code !== EQUALS &&
    code !== GREATER &&
    code !== SLASH &&
    code !== LESS
  )
    code = source.charCodeAt(++at)
  const nameEnd = at
  while (isSpace(code)) code = source.charCodeAt(++at)
  if (code !== EQUALS)
    return addAttribute(scan, attributes, [start, nameEnd], [at, at], Math.max(nameEnd, start + 1))
  do code = source.charCodeAt(++at)
  while (isSpace(code))
  const quote = source.charAt(at)
  const end = quote === '"' || quote === "'" ? behind(scan, quote, at + 1) : undefined
  if (end !== undefined) return addAttribute(scan, attributes, [start, nameEnd], [at + 1, end - 1], end)
  const valueStart = at
  while (at < source.length && !isSpace(code) && code !== GREATER) code = source.charCodeAt(++at)
  return addAttribute(scan, attributes, [start, nameEnd], [valueStart, at], at)
}

type Range = readonly [start: number, end: number]

function addAttribute(
  scan: XmlScan,
  attributes: (readonly [string, string])[],
  name: Range,
  value: Range,
  next: number,
): number {
  const { source } = scan
  const end = Math.min(value[1], value[0] + ATTRIBUTE_LENGTH_MAX)
  if (attributes.length >= scan.attributesMax) scan.attributesCut++
  else attributes.push([source.slice(...name).toLowerCase(), decodeXmlText(source.slice(value[0], end))])
  return next
}
