// Reads a list of feeds from OPML: every good row, and for every bad one its line and why.
import { Parser } from 'htmlparser2'
import type { Grade, SourceKind } from '../model/source.ts'
import { type OpmlEntry, opmlCategories, opmlLine, opmlNamespace } from './opml.ts'

/** What a file held. Lines count from 1. */
export type OpmlReading = {
  readonly entries: readonly (OpmlEntry & { readonly line: number })[]
  readonly rejected: readonly OpmlRejection[]
}
type OpmlRejection = { readonly line: number; readonly because: string }

// A list of feeds is small. These bounds stand far above any real one and keep a hostile one cheap: the parser's
// work grows with elements times nesting.
const charsMax = 20_000_000
const elementsMax = 100_000
const urlCharsMax = 4096
const chunkChars = 65_536

/**
 * Reads OPML of any version, also with its tags in odd case or never closed. Entities of a DOCTYPE are not expanded.
 * An address must be http or https and appear once. Never throws.
 */
export function parseOpml(text: string): OpmlReading {
  if (text.length > charsMax)
    return { entries: [], rejected: [{ line: 1, because: `longer than ${charsMax} characters: not read` }] }
  const reading = startReading(text)
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => openTag(reading, tag, attributes, parser.startIndex),
      onclosetag: (tag, implied) => closeTag(reading, tag, implied),
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  for (let at = 0; at < text.length && reading.elements <= elementsMax; at += chunkChars)
    parser.write(text.slice(at, at + chunkChars))
  if (reading.elements <= elementsMax) parser.end()
  return finish(reading)
}

/** The state of one reading, private to it. */
type Reading = {
  readonly text: string
  readonly entries: (OpmlEntry & { readonly line: number })[]
  readonly rejected: OpmlRejection[]
  readonly lineOfUrl: Map<string, number>
  readonly categories: (readonly string[])[] // of the rows inside each open outline, the innermost last
  prefix: string // of our namespace in this file, with its colon
  elements: number
  end: 'open' | 'closed' | 'cut' // of the opml element; open before it has begun as well
  line: number // counted so far
  lineEnd: number // where that line ends; Infinity in the last one
}
type Attributes = Readonly<Record<string, string>>

function startReading(text: string): Reading {
  return {
    text,
    entries: [],
    rejected: [],
    lineOfUrl: new Map(),
    categories: [],
    prefix: 'pl:',
    elements: 0,
    end: 'open',
    line: 1,
    lineEnd: lineEndAfter(text, 0),
  }
}

function openTag(reading: Reading, tag: string, attributes: Attributes, at: number): void {
  reading.elements++
  if (reading.elements > elementsMax) return
  if (tag === 'opml') reading.prefix = ownPrefix(attributes) ?? reading.prefix
  if (tag !== 'outline') return
  const line = lineAt(reading, at)
  const around = reading.categories.at(-1) ?? []
  const isFeed = attributes['xmlurl'] !== undefined || /^(rss|atom)/i.test(attributes['type'] ?? '')
  if (isFeed) readRow(reading, attributes, around, line)
  const name = attributes['text'] ?? attributes['title']
  reading.categories.push(isFeed || name === undefined ? around : opmlCategories([...around, name]))
}

function closeTag(reading: Reading, tag: string, implied: boolean): void {
  if (tag === 'outline') reading.categories.pop()
  if (tag === 'opml') reading.end = implied ? 'cut' : 'closed'
}

/** Says of the whole file what no single row can say. */
function finish(reading: Reading): OpmlReading {
  const { entries, rejected, elements, end } = reading
  const line = lineAt(reading, reading.text.length)
  if (elements > elementsMax)
    rejected.push({ line, because: `more than ${elementsMax} elements: the rest was not read` })
  else if (end === 'cut') rejected.push({ line, because: 'the file ends before </opml>' })
  else if (end === 'open') rejected.push({ line: 1, because: 'not OPML: there is no opml element' })
  return { entries, rejected }
}

function readRow(
  reading: Reading,
  attributes: Attributes,
  categories: readonly string[],
  line: number,
): void {
  const url = cleanUrl(attributes['xmlurl'] ?? '')
  const because = whyNotUrl(url) ?? whyTwice(reading, url) ?? whyNotOurs(attributes, reading.prefix)
  if (because !== undefined) {
    reading.rejected.push({ line, because })
    return
  }
  reading.lineOfUrl.set(url, line)
  reading.entries.push({ url, ...details(attributes, reading.prefix, url), categories, line })
}

/** The address byte for byte, without white space around it, line breaks in it, or a fragment. */
function cleanUrl(raw: string): string {
  const [url = ''] = raw
    .slice(0, urlCharsMax * 2)
    .replaceAll(/[\t\r\n]/g, '')
    .split('#', 1)
  return url.trim()
}

function whyNotUrl(url: string): string | undefined {
  if (url === '') return 'a feed without xmlUrl'
  if (url.length > urlCharsMax) return `xmlUrl is longer than ${urlCharsMax} characters`
  const parsed = URL.parse(url)
  if (parsed === null) return 'xmlUrl is not an address'
  if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return undefined
  // Only the scheme is repeated: the rest may hold a password, or a script.
  return `xmlUrl is ${parsed.protocol.slice(0, 20)}, not http: or https:`
}

function whyTwice(reading: Reading, url: string): string | undefined {
  const line = reading.lineOfUrl.get(url)
  return line === undefined ? undefined : `same xmlUrl as line ${line}`
}

const kinds: readonly SourceKind[] = [
  'wire',
  'state',
  'independent',
  'exile',
  'think-tank',
  'official',
  'party',
]
const grades: readonly Grade[] = ['A', 'B', 'C', 'D', 'E']

function whyNotOurs(attributes: Attributes, prefix: string): string | undefined {
  const kind = attributes[`${prefix}kind`]
  const grade = attributes[`${prefix}grade`]
  if (kind !== undefined && oneOf(kinds, kind) === undefined) return `kind must be one of ${kinds.join(', ')}`
  if (grade !== undefined && oneOf(grades, grade) === undefined) return 'grade must be one of A to E'
  return undefined
}

/** Everything a row says about a feed besides its address; what it does not say is absent. */
function details(attributes: Attributes, prefix: string, url: string): Partial<OpmlEntry> {
  const title = line(attributes['title']) ?? line(attributes['text'])
  const language = line(attributes['language'])
  const all: { [K in keyof OpmlEntry]?: OpmlEntry[K] | undefined } = {
    title: title === url ? undefined : title,
    language: language === 'unknown' ? undefined : language, // the specification's own example
    country: line(attributes[`${prefix}country`]),
    kind: oneOf(kinds, attributes[`${prefix}kind`]),
    family: line(attributes[`${prefix}family`]),
    grade: oneOf(grades, attributes[`${prefix}grade`]),
    sourceId: line(attributes[`${prefix}source`]),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function line(text: string | undefined): string | undefined {
  return opmlLine(text ?? '') || undefined
}

function oneOf<T extends string>(allowed: readonly T[], text: string | undefined): T | undefined {
  return allowed.find((one) => one === text)
}

/** A file may bind our namespace to a prefix of its own choice. */
function ownPrefix(attributes: Attributes): string | undefined {
  const name = Object.keys(attributes).find(
    (key) => key.startsWith('xmlns:') && attributes[key] === opmlNamespace,
  )
  return name === undefined ? undefined : `${name.slice('xmlns:'.length)}:`
}

/** Counts on from the last call: rows come in order, so the whole file is counted once, even when it is one line. */
function lineAt(reading: Reading, at: number): number {
  while (reading.lineEnd < at) {
    reading.line++
    reading.lineEnd = lineEndAfter(reading.text, reading.lineEnd + 1)
  }
  return reading.line
}

function lineEndAfter(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? Number.POSITIVE_INFINITY : end
}
