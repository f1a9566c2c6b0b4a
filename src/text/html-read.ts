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
  source: string
  base: string | undefined
  text: string
  html: string
  gap: '' | ' ' | '\n' // what must stand before the next word
  copied: number // everything before this offset is in `html`
  tag: string
  isAddress: boolean // is the attribute being read an address?
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
/** The longest name in the two lists above; longer ones need no look-up. */
const NAME_LENGTH_MAX = 10

/** Reads a fragment once. Without `base` the markup comes back as it is. Linear, no recursion, never throws. */
export function readHtml(html: string, base?: string): HtmlReading {
  const reader = startReader(html, base)
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks(reader))
  tokenizer.write(html)
  tokenizer.end()
  const markup = reader.copied === 0 ? html : reader.html + html.slice(reader.copied)
  const { text, image } = reader
  return image === undefined ? { text, html: markup } : { text, html: markup, image }
}

function startReader(source: string, base: string | undefined): Reader {
  return {
    source,
    base,
    text: '',
    html: '',
    gap: '',
    copied: 0,
    tag: '',
    isAddress: false,
    hidden: '',
    image: undefined,
  }
}

function callbacks(reader: Reader) {
  return {
    ontext: (start: number, end: number) => addText(reader, start, end),
    onopentagname: (start: number, end: number) => openTag(reader, start, end),
    onclosetag: (start: number, end: number) => closeTag(reader, start, end),
    onattribname: (start: number, end: number) => {
      reader.isAddress = ADDRESSES.has(nameAt(reader, start, end))
    },
    onattribdata: (start: number, end: number) => {
      if (reader.isAddress) readAddress(reader, start, end)
    },
    onselfclosingtag: () => {
      if (reader.hidden === reader.tag) reader.hidden = ''
    },
    onopentagend: nothing,
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

/** A name in lower case; '' for one too long to matter. */
function nameAt({ source }: Reader, start: number, end: number): string {
  return end - start > NAME_LENGTH_MAX ? '' : source.slice(start, end).toLowerCase()
}

function addText(reader: Reader, start: number, end: number): void {
  if (reader.hidden !== '') return
  const raw = decodeHtmlText(reader.source.slice(start, end))
  const words = UNEVEN.test(raw) ? raw.replace(/\s+/g, ' ') : raw
  const from = words.startsWith(' ') ? 1 : 0
  if (from === 1) widenGap(reader, ' ')
  const to = words.endsWith(' ') ? words.length - 1 : words.length
  if (from >= to) return
  reader.text += reader.gap + words.slice(from, to)
  reader.gap = to < words.length ? ' ' : ''
}

function widenGap(reader: Reader, gap: ' ' | '\n'): void {
  if (reader.text !== '' && reader.gap !== '\n') reader.gap = gap
}

function openTag(reader: Reader, start: number, end: number): void {
  reader.tag = nameAt(reader, start, end)
  if (reader.hidden === '' && HIDDEN.has(reader.tag)) reader.hidden = reader.tag
  separate(reader, reader.tag)
}

function closeTag(reader: Reader, start: number, end: number): void {
  const tag = nameAt(reader, start, end)
  if (tag === reader.hidden) reader.hidden = ''
  separate(reader, tag)
}

function separate(reader: Reader, tag: string): void {
  if (BLOCKS.has(tag)) widenGap(reader, '\n')
  else if (tag === 'td' || tag === 'th') widenGap(reader, ' ')
}

function readAddress(reader: Reader, start: number, end: number): void {
  const written = reader.source.slice(start, end)
  const address = reader.base === undefined ? written : absoluteAddress(written, reader.base)
  if (reader.tag === 'img' && reader.image === undefined && written !== '')
    reader.image = decodeHtmlText(address)
  if (address === written) return
  reader.html += reader.source.slice(reader.copied, start) + address
  reader.copied = end
}
