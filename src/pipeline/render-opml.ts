// Writes a list of feeds as OPML 2.0 that any XML parser accepts and parse-opml.ts reads back unchanged.
import type { Source } from '../model/source.ts'
import { type OpmlEntry, opmlCategories, opmlLine, opmlNamespace } from './opml.ts'

export type OpmlOptions = {
  readonly title: string
  readonly withSecrets?: boolean // keep passwords and tokens that stand in addresses
}

/** The feeds of sources, filed by country in the order of the first source of each. Request headers are never exported. */
export function opmlEntries(sources: readonly Source[]): readonly OpmlEntry[] {
  const byCountry = Map.groupBy(sources, (source) => source.country)
  return [...byCountry.values()].flat().flatMap((source) => source.feeds.map((feed) => entryOf(source, feed)))
}

function entryOf(source: Source, feed: Source['feeds'][number]): OpmlEntry {
  const language = feed.language ?? source.language
  return {
    url: feed.url,
    title: source.name,
    ...(language === undefined ? {} : { language }),
    ...(source.country === undefined ? {} : { country: source.country }),
    kind: source.kind,
    family: source.family,
    grade: source.grade,
    sourceId: source.id,
    categories: source.country === undefined ? [] : [source.country],
  }
}

/** The whole file. Rows keep their order; a folder is opened anew when others stood in between. */
export function renderOpml(entries: readonly OpmlEntry[], options: OpmlOptions): string {
  const lines: string[] = []
  let open: readonly string[] = []
  for (const entry of entries) {
    const folders = opmlCategories(entry.categories)
    lines.push(...moveBetween(open, folders), rowOf(entry, folders.length, options))
    open = folders
  }
  lines.push(...moveBetween(open, []))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:pl="${opmlNamespace}">`,
    `  <head><title>${escapeXml(opmlLine(options.title))}</title></head>`,
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

/** The lines that close and open folders between two rows. */
function moveBetween(from: readonly string[], to: readonly string[]): readonly string[] {
  const differ = from.findIndex((folder, depth) => folder !== to[depth])
  const shared = differ === -1 ? from.length : differ
  const closing = from.slice(shared).map((_, index) => `${indent(from.length - 1 - index)}</outline>`)
  const opening = to
    .slice(shared)
    .map((folder, index) => `${indent(shared + index)}<outline text="${escapeXml(folder)}">`)
  return [...closing, ...opening]
}

function rowOf(entry: OpmlEntry, depth: number, options: OpmlOptions): string {
  const url = urlText(options.withSecrets === true ? entry.url : withoutSecrets(entry.url))
  const title = line(entry.title)
  const attributes = [
    ['type', 'rss'],
    ['text', title || url], // the specification requires a text
    ['title', title],
    ['xmlUrl', url],
    ['language', line(entry.language)],
    ['pl:source', line(entry.sourceId)],
    ['pl:country', line(entry.country)],
    ['pl:kind', line(entry.kind)],
    ['pl:family', line(entry.family)],
    ['pl:grade', line(entry.grade)],
  ] as const
  const written = attributes.map(([name, text]) => (text === '' ? '' : ` ${name}="${escapeXml(text)}"`))
  return `${indent(depth)}<outline${written.join('')}/>`
}

function line(text: string | undefined): string {
  return opmlLine(text ?? '')
}

/** An address byte for byte, unless it holds something that XML cannot: then percent-encoded, as a browser would send it. */
function urlText(url: string): string {
  return /[\s\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(url) || !url.isWellFormed()
    ? (URL.parse(url)?.href ?? opmlLine(url))
    : url
}

function indent(depth: number): string {
  return '  '.repeat(depth + 2)
}

const entityOf: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;', // not needed in attributes, but ]]> must not stand in text
  '"': '&quot;',
}
function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entityOf[character] ?? character)
}

/** Parameters that carry a key in feeds for subscribers: token, rss_token, api-key, accessToken, password, sig... */
const secretParameter =
  /(?:token|secret|passw(?:or)?d|pwd|apikey|signature)$|(?:^|[-_.])(?:auth|key|pass|sig)$/i

/** The address without user name, password and secret parameters; byte for byte the same when it has none. */
function withoutSecrets(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return url.replace(/\/\/.*@/, '//') // no address, but perhaps a password all the same
  const secrets = [...parsed.searchParams.keys()].filter((name) => secretParameter.test(name))
  if (secrets.length === 0 && parsed.username === '' && parsed.password === '') return url
  parsed.username = ''
  parsed.password = ''
  for (const name of secrets) parsed.searchParams.delete(name)
  return parsed.href
}
