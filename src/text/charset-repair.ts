// Undoes UTF-8 that was read as windows-1252 and written as UTF-8 again ("Ø³Ù„Ø§Ù…" for "سلام").
import { CP1252_HIGH } from './charset-cp1252.ts'

const HIGH = CP1252_HIGH.join('')
const BYTE_OF = new Map(CP1252_HIGH.map((c, index) => [c, 0x80 + index]))
const FOREIGN = new RegExp(`[^\\0-\\xff${HIGH}]`)
const PAIRS = new RegExp(`[\\xc2-\\xf4][\\x80-\\xbf${HIGH}]`, 'g')

const SIGN = 0xc3 // in UTF-8 the characters of PAIRS that come first are c3 82 to c3 b4
const BEHIND = new Set([0xc2, 0xc5, 0xc6, 0xcb, 0xe2]) // with these begin the characters that may come second

/**
 * Could `repairDoubleEncoding` change the text of these bytes of UTF-8? Nearly always not, and then this takes a twentieth of the time:
 * two of its pairs must be there.
 */
export function mayBeDoublyEncoded(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) // searches ten times as fast as a plain array of bytes
  let pairs = 0
  for (let at = buffer.indexOf(SIGN); at >= 0 && pairs < 2; at = buffer.indexOf(SIGN, at + 2)) {
    const second = bytes[at + 1] ?? 0
    if (second >= 0x82 && second <= 0xb4 && BEHIND.has(bytes[at + 2] ?? 0)) pairs++
  }
  return pairs >= 2
}

/**
 * Returns the repaired text, or the text itself. Only a text whose every non-ASCII character takes part in the
 * mistake is touched, at least two pairs of them: one real "é" or "س" anywhere proves that nothing is wrong.
 */
export function repairDoubleEncoding(text: string): string {
  if (FOREIGN.test(text) || (text.match(PAIRS)?.length ?? 0) < 2) return text
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = byteOf(text.charAt(at))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}

function byteOf(character: string): number {
  return BYTE_OF.get(character) ?? character.charCodeAt(0)
}
