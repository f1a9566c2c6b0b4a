// Which charset the bytes or the headers claim, before anything is decoded.

/**
 * The charset that the first bytes prove: a byte order mark, or the zero bytes of UTF-16/32 around the first
 * character (XML 1.0 appendix F). Undefined when they prove nothing.
 */
export function charsetOfFirstBytes(bytes: Uint8Array): string | undefined {
  const [a = -1, b = -1, c = -1, d = -1] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32le'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (starts(a))
    return b === 0 ? (c === 0 && d === 0 ? 'utf-32le' : c > 0 && d === 0 ? 'utf-16le' : undefined) : undefined
  if (a === 0 && starts(b)) return c === 0 && d > 0 ? 'utf-16be' : undefined
  return a === 0 && b === 0 && c === 0 && starts(d) ? 'utf-32be' : undefined
}

/** A feed starts with `<`, `{`, `[` or white space. */
function starts(byte: number): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x5b || byte === 0x20 || byte === 0x0a || byte === 0x0d
}

/** The charset parameter of a Content-Type header. */
export function charsetOfContentType(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType)?.[1]
}

/** The encoding an XML declaration names; `head` is the first bytes read as Latin letters. */
export function charsetOfXmlDeclaration(head: string): string | undefined {
  return /^[\s\0]*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1]
}
