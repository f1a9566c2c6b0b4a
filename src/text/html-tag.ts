// One tag of an HTML text, by the tokenising rules of the HTML standard as far as text and addresses need them.

/** What was read last. One object serves a whole text, since texts have thousands of tags. */
export type Tag = {
  kind: 'open' | 'close' | 'comment'
  name: string // in lower case; '' for a comment and for names too long to matter
  addresses: readonly (readonly [start: number, end: number])[] // ranges of attribute values that are addresses
  end: number // the offset behind it
  valueStart: number // of the attribute read last; equal to valueEnd when it has no value
  valueEnd: number
}

const ADDRESSES = new Set('href src cite poster action background longdesc data'.split(' '))
const ADDRESS_LENGTHS = new Set([...ADDRESSES].map(({ length }) => length))
/** The longest name that anybody looks up. */
const NAME_LENGTH_MAX = 10
const NONE: Tag['addresses'] = []
const SLASH = 47
const EQUALS = 61
const GREATER = 62

/** A tag to read into. */
export function emptyTag(): Tag {
  return { kind: 'comment', name: '', addresses: NONE, end: 0, valueStart: 0, valueEnd: 0 }
}

/** Reads the tag or comment whose `<` is at `start` into `tag`; false when that `<` is text. An unclosed tag runs to the end. */
export function readTag(source: string, start: number, tag: Tag): boolean {
  const code = source.charCodeAt(start + 1)
  if (isLetter(code)) readOpen(source, start, tag)
  else if (code === SLASH && isLetter(source.charCodeAt(start + 2))) readClose(source, start, tag)
  else if (source.startsWith('<!--', start)) setComment(tag, endOfComment(source, start))
  else if (code === SLASH || code === 33 || code === 63) setComment(tag, behind(source, '>', start))
  else return false
  return true
}

/** The offset of the closing tag of an element, from `from` on; -1 when it is never closed. */
export function closingTagOf(source: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  closing.lastIndex = from
  return closing.exec(source)?.index ?? -1
}

function isLetter(code: number): boolean {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function behind(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at < 0 ? source.length : at + mark.length
}

function setComment(tag: Tag, end: number): void {
  tag.kind = 'comment'
  tag.end = end
}

/** `<!-->` and `<!--->` are whole comments. */
function endOfComment(source: string, start: number): number {
  const short = /^<!--(-?)>/.exec(source.slice(start, start + 6))
  return short === null ? behind(source, '-->', start + 4) : start + short[0].length
}

function readClose(source: string, start: number, tag: Tag): void {
  const nameEnd = endOfName(source, start + 2)
  tag.kind = 'close'
  tag.name = nameAt(source, start + 2, nameEnd)
  tag.end = source.charCodeAt(nameEnd) === GREATER ? nameEnd + 1 : behind(source, '>', nameEnd)
}

function endOfName(source: string, from: number): number {
  let at = from
  let code = source.charCodeAt(at)
  while (at < source.length && !isSpace(code) && code !== SLASH && code !== GREATER)
    code = source.charCodeAt(++at)
  return at
}

function nameAt(source: string, start: number, end: number): string {
  return end - start > NAME_LENGTH_MAX ? '' : source.slice(start, end).toLowerCase()
}

function readOpen(source: string, start: number, tag: Tag): void {
  let at = endOfName(source, start + 1)
  tag.kind = 'open'
  tag.name = nameAt(source, start + 1, at)
  tag.addresses = NONE
  let code = source.charCodeAt(at)
  while (at < source.length && code !== GREATER) {
    at = isSpace(code) || code === SLASH ? at + 1 : readAttribute(source, at, tag)
    code = source.charCodeAt(at)
  }
  tag.end = Math.min(at + 1, source.length)
}

/** Reads one attribute; returns the offset behind it. */
function readAttribute(source: string, start: number, tag: Tag): number {
  const nameEnd = endOfAttributeName(source, start)
  const next = readValue(source, nameEnd, tag)
  const { addresses, valueStart, valueEnd } = tag
  if (valueEnd > valueStart && addresses.length < ADDRESSES.size && isAddressName(source, start, nameEnd))
    tag.addresses = [...addresses, [valueStart, valueEnd]]
  return next
}

/** Most names are told apart by their length alone. */
function isAddressName(source: string, start: number, end: number): boolean {
  return ADDRESS_LENGTHS.has(end - start) && ADDRESSES.has(nameAt(source, start, end))
}

/** An attribute name may start with `=`. */
function endOfAttributeName(source: string, from: number): number {
  let at = from + 1
  let code = source.charCodeAt(at)
  while (at < source.length && !isSpace(code) && code !== EQUALS && code !== SLASH && code !== GREATER)
    code = source.charCodeAt(++at)
  return at
}

function skipSpace(source: string, from: number): number {
  let at = from
  while (isSpace(source.charCodeAt(at))) at++
  return at
}

/** Notes the range of the value that follows an attribute name; returns the offset behind it. */
function readValue(source: string, nameEnd: number, tag: Tag): number {
  const equals = skipSpace(source, nameEnd)
  tag.valueStart = nameEnd
  tag.valueEnd = nameEnd
  if (source.charCodeAt(equals) !== EQUALS) return equals
  const start = skipSpace(source, equals + 1)
  const quote = source.charCodeAt(start)
  if (quote === 34 || quote === 39) {
    const close = source.indexOf(quote === 34 ? '"' : "'", start + 1)
    tag.valueStart = start + 1
    tag.valueEnd = close < 0 ? source.length : close
    return Math.min(tag.valueEnd + 1, source.length)
  }
  let end = start
  while (end < source.length && !isSpace(source.charCodeAt(end)) && source.charCodeAt(end) !== GREATER) end++
  tag.valueStart = start
  tag.valueEnd = end
  return end
}
