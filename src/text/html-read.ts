// One pass over an HTML fragment: its text, its markup with absolute addresses, and its first image.
import { Tokenizer } from 'htmlparser2'
import { decodeHtmlText } from './entities.ts'
import { absoluteAddress } from './html-address.ts'

type HtmlReading = {
  readonly text: string // plain text, blocks on lines of their own
  readonly html: string // the markup, relative addresses made absolute; otherwise untouched
  readonly image?: string // address of the first <img> as written (absolute when `base` was given)
}

type Reader = {
  readonly source: string
  readonly base: string | undefined
  readonly text: string[]
  readonly html: string[]
  gap: '' | ' ' | '\n' // what must stand before the next word
  copied: number // everything before this offset is in `html`
  tag: string
  attribute: string
  hidden: string // the element whose text is being dropped
  image: string | undefined
}

/** White space that is more than one space. */
const UNEVEN = /\s\s|[^\S ]/
const BLOCKS = new Set(
  'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const HIDDEN = new Set(
  'script style template noscript head title iframe object svg math select textarea'.split(' '),
)
const ADDRESSES = new Set('href src cite poster action background longdesc data'.split(' '))

/** Reads a fragment once. Without `base` the markup comes back as it is. Linear, no recursion, never throws. */
export function readHtml(html: string, base?: string): HtmlReading {
  const reader: Reader = {
    source: html,
    base,
    text: [],
    html: [],
    gap: '',
    copied: 0,
    tag: '',
    attribute: '',
    hidden: '',
    image: undefined,
  }
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks(reader))
  tokenizer.write(html)
  tokenizer.end()
  const markup = reader.copied === 0 ? html : reader.html.join('') + html.slice(reader.copied)
  const text = reader.text.join('')
  return { text, html: markup, ...(reader.image === undefined ? {} : { image: reader.image }) }
}

function callbacks(reader: Reader) {
  return {
    ontext: (start: number, end: number) => addText(reader, start, end),
    onopentagname: (start: number, end: number) => openTag(reader, start, end),
    onclosetag: (start: number, end: number) => closeTag(reader, start, end),
    onattribname: (start: number, end: number) => {
      reader.attribute = reader.source.slice(start, end).toLowerCase()
    },
    onattribdata: (start: number, end: number) => readAttribute(reader, start, end),
    onopentagend: nothing,
    onselfclosingtag: () => {
      reader.hidden = reader.hidden === reader.tag ? '' : reader.hidden
    },
    onattribend: nothing,
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

function addText(reader: Reader, start: number, end: number): void {
  if (reader.hidden !== '') return
  const raw = decodeHtmlText(reader.source.slice(start, end))
  const words = UNEVEN.test(raw) ? raw.replace(/\s+/g, ' ') : raw
  const from = words.startsWith(' ') ? 1 : 0
  if (from === 1) widenGap(reader, ' ')
  const to = words.endsWith(' ') ? words.length - 1 : words.length
  if (from >= to) return
  reader.text.push(reader.gap, words.slice(from, to))
  reader.gap = to < words.length ? ' ' : ''
}

function widenGap(reader: Reader, gap: ' ' | '\n'): void {
  if (reader.text.length > 0 && reader.gap !== '\n') reader.gap = gap
}

function openTag(reader: Reader, start: number, end: number): void {
  reader.tag = reader.source.slice(start, end).toLowerCase()
  if (reader.hidden === '' && HIDDEN.has(reader.tag)) reader.hidden = reader.tag
  separate(reader, reader.tag)
}

function closeTag(reader: Reader, start: number, end: number): void {
  const tag = reader.source.slice(start, end).toLowerCase()
  if (tag === reader.hidden) reader.hidden = ''
  separate(reader, tag)
}

function separate(reader: Reader, tag: string): void {
  if (BLOCKS.has(tag)) widenGap(reader, '\n')
  else if (tag === 'td' || tag === 'th') widenGap(reader, ' ')
}

function readAttribute(reader: Reader, start: number, end: number): void {
  if (!ADDRESSES.has(reader.attribute)) return
  const written = reader.source.slice(start, end)
  const address = reader.base === undefined ? written : absoluteAddress(written, reader.base)
  if (reader.tag === 'img' && reader.attribute === 'src') reader.image ??= decodeHtmlText(address)
  if (address === written) return
  reader.html.push(reader.source.slice(reader.copied, start), address)
  reader.copied = end
}
