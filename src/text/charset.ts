// Bytes to text in a named charset. WHATWG labels through TextDecoder, plus what it lacks or gets wrong.
import { CP1252_HIGH } from './charset-cp1252.ts'

/** The character of each byte. */
const CP1252 = Uint16Array.from({ length: 256 }, (_, byte) => CP1252_HIGH[byte - 0x80]?.charCodeAt(0) ?? byte)

/**
 * Decodes `bytes` as `label` (any WHATWG label, or utf-32le/utf-32be). Undefined when the label is unknown.
 * Never throws: bytes that are wrong in that charset become U+FFFD.
 */
export function decodeCharset(
  bytes: Uint8Array,
  label: string,
): { text: string; charset: string } | undefined {
  const charset = canonicalCharset(label)
  if (charset === undefined) return undefined
  if (charset === 'windows-1252') return { text: decodeWindows1252(bytes), charset }
  if (charset === 'utf-32le' || charset === 'utf-32be') return { text: decodeUtf32(bytes, charset), charset }
  return { text: new TextDecoder(charset).decode(bytes), charset }
}

/** Code pages of Windows under names that WHATWG does not list: win-1251, cp_1256, ansi1252. */
const CODE_PAGE = /^(?:x-)?(?:win|windows|cp|ms|ansi)[-_]?(125[0-8]|874)$/

/** The WHATWG name of a label; undefined when nobody knows it. `replacement` and x-user-defined count as unknown. */
function canonicalCharset(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  if (/^(utf-?32|ucs-?4)-?le$/.test(name)) return 'utf-32le'
  if (/^(utf-?32|ucs-?4)(-?be)?$/.test(name)) return 'utf-32be'
  try {
    return new TextDecoder(name.replace(CODE_PAGE, 'windows-$1')).encoding
  } catch {
    return undefined
  }
}

/** Some Node versions decode 0x80-0x9F of this family as control characters, so the table is ours. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!/[\x80-\x9f]/.test(latin1)) return latin1
  const units = new Uint16Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) units[at] = CP1252[bytes[at] ?? 0] ?? 0
  return new TextDecoder('utf-16le').decode(units)
}

function decodeUtf32(bytes: Uint8Array, charset: 'utf-32le' | 'utf-32be'): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, charset === 'utf-32le')
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    if (at > 0 || point !== 0xfeff) parts.push(valid ? String.fromCodePoint(point) : '\ufffd')
  }
  return parts.join('')
}
