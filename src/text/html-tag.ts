// One tag of an HTML text, by the tokenising rules of the HTML standard as far as text and addresses need them.

/** What was read last. One object serves a whole text, since texts have thousands of tags. */
export type Tag = {
  kind: 'open' | 'close' | 'comment'
  key: number // of its name, see nameKey
  nameStart: number
  nameEnd: number
  addresses: readonly (readonly [start: number, end: number])[] // ranges of attribute values that are addresses
  end: number // the offset behind it
  valueStart: number // of the attribute read last; equal to valueEnd when it has no value
  valueEnd: number
}

const ADDRESSES = new Set('href src cite poster action background longdesc data'.split(' '))
const ADDRESS_KEYS = new Set([...ADDRESSES].map(nameKey))
const NONE: Tag['addresses'] = []
const SLASH = 47
const EQUALS = 61
const GREATER = 62

/** A tag to read into. */
export function emptyTag(): Tag {
  return {
    kind: 'comment',
    key: 0,
    nameStart: 0,
    nameEnd: 0,
    addresses: NONE,
    end: 0,
    valueStart: 0,
    valueEnd: 0,
  }
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
  tag.kind = 'close'
  readName(source, start + 2, tag)
  tag.end = source.charCodeAt(tag.nameEnd) === GREATER ? tag.nameEnd + 1 : behind(source, '>', tag.nameEnd)
}

/**
 * A number for a name, the same in either case: names are looked up thousands of times a text, and a number spares
 * cutting out the string (a fifth of the whole reading). Another name of the same number would only move white space.
 */
export function nameKey(name: string): number {
  let key = 0
  for (let at = 0; at < name.length; at++) key = withCode(key, name.charCodeAt(at))
  return key
}

function withCode(key: number, code: number): number {
  return (Math.imul(key, 31) + (code | 32)) | 0
}

function readName(source: string, from: number, tag: Tag): void {
  let at = from
  let key = 0
  let code = source.charCodeAt(at)
  while (at < source.length && !isSpace(code) && code !== SLASH && code !== GREATER) {
    key = withCode(key, code)
    code = source.charCodeAt(++at)
  }
  tag.key = key
  tag.nameStart = from
  tag.nameEnd = at
}

function readOpen(source: string, start: number, tag: Tag): void {
  tag.kind = 'open'
  readName(source, start + 1, tag)
  tag.addresses = NONE
  let at = tag.nameEnd
  let code = source.charCodeAt(at)
  while (at < source.length && code !== GREATER) {
    at = isSpace(code) || code === SLASH ? at + 1 : readAttribute(source, at, tag)
    code = source.charCodeAt(at)
  }
  tag.end = Math.min(at + 1, source.length)
}

/** Reads one attribute; returns the offset behind it. A name may start with `=`. */
function readAttribute(source: string, start: number, tag: Tag): number {
  let at = start
  let key = 0
  let code = source.charCodeAt(at)
  do {
    key = withCode(key, code)
    code = source.charCodeAt(++at)
  } while (at < source.length && !isSpace(code) && code !== EQUALS && code !== SLASH && code !== GREATER)
  const next = readValue(source, at, tag)
  const { addresses, valueStart, valueEnd } = tag
  if (ADDRESS_KEYS.has(key) && valueEnd > valueStart && addresses.length < ADDRESSES.size)
    if (ADDRESSES.has(source.slice(start, at).toLowerCase()))
      tag.addresses = [...addresses, [valueStart, valueEnd]]
  return next
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
