// One pass over an HTML fragment: its text, its markup with absolute addresses, and its first image.
import { decodeHtmlAttribute, decodeHtmlText } from './entities.ts'
import { absoluteAddress } from './html-address.ts'
import { collapseSpace, isSettledLine } from './html-settled.ts'
import { closingTagOf, emptyTag, nameKey, readTag, type Tag } from './html-tag.ts'

type HtmlReading = {
  readonly text: string // plain text, blocks on lines of their own
  readonly html: string // the markup, relative addresses made absolute; otherwise untouched
  readonly image: string | undefined // address of the first <img> as written (absolute when `base` was given)
  readonly hidesCharacters: boolean // did a reference stand for anything but printable ASCII?
}

type Reader = {
  readonly source: string
  readonly base: string | undefined
  text: string
  html: string
  gap: '' | ' ' | '\n' // what must stand before the next word
  copied: number // everything before this offset is in `html`
  unclosed: ReadonlySet<string> // elements known to have no closing tag any more
  image: string | undefined
  hidesCharacters: boolean
}

const NONE: ReadonlySet<string> = new Set()
const IMAGE = nameKey('img')
const SPACE = 32
const LESS = 60
const LINE_FEED = 10
/** Ends a run without a reference whose white space is single spaces: its text is its source. */
const NOT_PLAIN = / {2}|[&<\t-\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g
/** What a tag does to the text around it. */
type Effect = 'block' | 'cell' | 'raw' | 'hidden'
/** Nobody sees the text of these; in the first even tags are text, the others must be closed to hide anything. */
const RAW = 'script style title textarea iframe xmp noembed noframes'
const HIDDEN = 'template head object svg math select'
const UNSEEN = new Set([...RAW.split(' '), ...HIDDEN.split(' ')])
const EFFECTS: ReadonlyMap<number, Effect> = new Map([
  ...effect(
    'block',
    'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody tfoot thead tr ul',
  ),
  ...effect('cell', 'td th'),
  ...effect('raw', RAW),
  ...effect('hidden', HIDDEN),
])

function effect(name: Effect, tags: string): readonly (readonly [number, Effect])[] {
  return tags.split(' ').map((tag) => [nameKey(tag), name])
}

/** Reads a fragment once. Without `base` the markup comes back as it is. Linear, no recursion, never throws. */
export function readHtml(html: string, base?: string): HtmlReading {
  const reader: Reader = {
    source: html,
    base,
    text: '',
    html: '',
    gap: '',
    copied: 0,
    unclosed: NONE,
    image: undefined,
    hidesCharacters: false,
  }
  const tag = emptyTag()
  let at = 0
  while (at < html.length) {
    const start = readText(reader, at)
    if (start === html.length) break
    const isTag = readTag(html, start, tag)
    if (!isTag) addText(reader, start, start + 1)
    at = isTag ? takeTag(reader, tag) : start + 1
  }
  const markup = reader.copied === 0 ? html : reader.html + html.slice(reader.copied)
  const { text, image, hidesCharacters } = reader
  // V8 keeps a string that grew as a tree of pieces; trimming makes it one piece, which spares the collector the tree.
  return { text: text.trim(), html: markup.trim(), image, hidesCharacters }
}

/** Reads the text before the next `<`; returns the offset of that, or the length of all. */
function readText(reader: Reader, start: number): number {
  const { source } = reader
  const first = source.charCodeAt(start)
  if (first === LESS) return start
  if (first === LINE_FEED && source.charCodeAt(start + 1) === LESS) {
    widenGap(reader, ' ') // between two tags, the most frequent text of all
    return start + 1
  }
  NOT_PLAIN.lastIndex = start
  const end = NOT_PLAIN.test(source) ? NOT_PLAIN.lastIndex - 1 : source.length
  if (end === source.length || source.charCodeAt(end) === LESS) {
    addPlainRun(reader, start, end)
    return end
  }
  const less = source.indexOf('<', end)
  addText(reader, start, less < 0 ? source.length : less)
  return less < 0 ? source.length : less
}

function addText(reader: Reader, start: number, end: number): void {
  if (start === end) return
  const written = reader.source.slice(start, end)
  if (written === '\n' || written === ' ') {
    widenGap(reader, ' ')
    return
  }
  const decoded = decodeHtmlText(written)
  const words = isSettledLine(decoded) ? decoded : collapseSpace(decoded)
  if (decoded !== written && !isSettledLine(words)) reader.hidesCharacters = true
  const from = words.startsWith(' ') ? 1 : 0
  if (from === 1) widenGap(reader, ' ')
  const to = words.endsWith(' ') ? words.length - 1 : words.length
  if (from >= to) return
  reader.text += reader.gap + words.slice(from, to)
  reader.gap = to < words.length ? ' ' : ''
}

/** Nearly all text is such a run: one piece of the source, with the space before it if that is the gap. */
function addPlainRun(reader: Reader, start: number, end: number): void {
  const { source } = reader
  const from = source.charCodeAt(start) === SPACE ? start + 1 : start
  if (from > start) widenGap(reader, ' ')
  const to = source.charCodeAt(end - 1) === SPACE ? end - 1 : end
  if (from >= to) return
  if (reader.gap === '') reader.text += source.slice(from, to)
  else if (reader.gap === ' ' && from > start) reader.text += source.slice(start, to)
  else reader.text += reader.gap + source.slice(from, to)
  reader.gap = to < end ? ' ' : ''
}

function widenGap(reader: Reader, gap: ' ' | '\n'): void {
  if (reader.text !== '' && reader.gap !== '\n') reader.gap = gap
}

/** Acts on a tag; returns the offset to go on at. */
function takeTag(reader: Reader, tag: Tag): number {
  const { key, kind, addresses, end } = tag
  if (kind === 'comment') return end
  const effect = EFFECTS.get(key)
  if (effect === 'block') widenGap(reader, '\n')
  else if (effect === 'cell') widenGap(reader, ' ')
  if (kind === 'close') return end
  for (const [start, stop] of addresses) readAddress(reader, key === IMAGE, start, stop)
  return effect === 'raw' || effect === 'hidden' ? skipElement(reader, tag, effect) : end
}

/** Goes on at the closing tag. Raw text that is never closed is the rest, as in browsers. */
function skipElement(reader: Reader, { nameStart, nameEnd, end }: Tag, effect: Effect): number {
  const name = reader.source.slice(nameStart, nameEnd).toLowerCase()
  if (!UNSEEN.has(name)) return end
  const close = reader.unclosed.has(name) ? -1 : closingTagOf(reader.source, name, end)
  if (close >= 0) return close
  reader.unclosed = new Set([...reader.unclosed, name])
  return effect === 'raw' ? reader.source.length : end
}

function readAddress(reader: Reader, isImage: boolean, start: number, end: number): void {
  const written = reader.source.slice(start, end)
  const address = reader.base === undefined ? written : absoluteAddress(written, reader.base)
  if (isImage && reader.image === undefined && written !== '') reader.image = decodeHtmlAttribute(address)
  if (address === written) return
  reader.html += reader.source.slice(reader.copied, start) + address
  reader.copied = end
}
