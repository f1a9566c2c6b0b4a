// A response body as text: gunzip if the bytes say so, then find the charset the way the bytes, not the labels, prove it.
import { isAscii, isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { decodeCharset } from '../text/charset.ts'
import { mayBeDoublyEncoded, repairDoubleEncoding } from '../text/charset-repair.ts'
import { charsetOfContentType, charsetOfFirstBytes, charsetOfXmlDeclaration } from '../text/charset-sniff.ts'

type DecodeOptions = {
  readonly contentType?: string // the HTTP header as received
  readonly fallbackCharset?: string // used when neither the bytes nor the labels tell
  readonly bytesMax: number // of the body once decompressed
}
type DecodedBody =
  | { readonly ok: true; readonly text: string; readonly charset: string }
  | {
      readonly ok: false
      readonly reason: 'too-large' | 'bad-encoding' | 'empty-body'
      readonly detail: string
    }

/** A gzip in a gzip is a server's mistake; three of them are an attack. */
const GZIP_LAYERS_MAX = 2

/**
 * Decodes a body that has no Content-Encoding left. Order of trust: BOM and UTF-16/32 patterns, valid UTF-8
 * (whatever is declared), the HTTP charset, the XML declaration, the fallback, then the less damaged of UTF-8 and
 * windows-1252. Never throws.
 */
export function decodeBody(bytes: Uint8Array, options: DecodeOptions): DecodedBody {
  const body = gunzip(bytes, options.bytesMax)
  if (!(body instanceof Uint8Array)) return body
  if (body.length > options.bytesMax)
    return { ok: false, reason: 'too-large', detail: `the body is larger than ${options.bytesMax} bytes` }
  const { text, charset } = toText(body, options)
  if (!/\S/.test(text)) return { ok: false, reason: 'empty-body', detail: 'the body is empty' }
  return { ok: true, text, charset }
}

function gunzip(bytes: Uint8Array, bytesMax: number): Uint8Array | Extract<DecodedBody, { ok: false }> {
  let body = bytes
  try {
    for (let layer = 0; layer < GZIP_LAYERS_MAX && isGzip(body); layer++)
      body = gunzipSync(body, { maxOutputLength: bytesMax })
    return body
  } catch (error) {
    return error instanceof RangeError
      ? { ok: false, reason: 'too-large', detail: `the body is larger than ${bytesMax} bytes once gunzipped` }
      : { ok: false, reason: 'bad-encoding', detail: 'the body starts like gzip but cannot be gunzipped' }
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function toText(bytes: Uint8Array, options: DecodeOptions): { text: string; charset: string } {
  const proven = charsetOfFirstBytes(bytes)
  const byBytes = proven === undefined ? undefined : decodeCharset(bytes, proven)
  if (byBytes !== undefined && proven !== 'utf-8') return byBytes
  const labels = labelsOf(bytes, options)
  if (isUtf8(bytes) && !labels.some((label) => isSevenBit(label, bytes)))
    return { text: isAscii(bytes) ? latin1(bytes) : fromUtf8(bytes), charset: 'utf-8' }
  for (const label of labels) {
    const decoded = isUnicodeLabel(label) ? undefined : decodeCharset(bytes, label)
    if (decoded !== undefined) return decoded
  }
  return leastDamaged(bytes)
}

function fromUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  return mayBeDoublyEncoded(bytes) ? repairDoubleEncoding(text) : text
}

/** ASCII needs no decoder, and this is the fastest way to read it. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function labelsOf(bytes: Uint8Array, options: DecodeOptions): readonly string[] {
  const head = latin1(bytes.subarray(0, 1024))
  const labels = [charsetOfContentType(options.contentType ?? ''), charsetOfXmlDeclaration(head)]
  return [...labels, options.fallbackCharset].filter((label) => label !== undefined)
}

/** ISO-2022 text is ASCII with escape sequences, so it passes for UTF-8 although it is not. */
function isSevenBit(label: string, bytes: Uint8Array): boolean {
  return /^(cs)?iso-?2022/i.test(label) && bytes.includes(0x1b)
}

/** Bytes that are no valid UTF-8 and carry no UTF-16 pattern disprove these labels. */
function isUnicodeLabel(label: string): boolean {
  return /^(unicode|utf|ucs)/i.test(label)
}

/** UTF-8 while it has more good multi-byte characters than broken ones, else windows-1252. */
function leastDamaged(bytes: Uint8Array): { text: string; charset: string } {
  const text = new TextDecoder().decode(sampleOf(bytes))
  let [broken, sound] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) sound++
  }
  const windows = sound > broken ? undefined : decodeCharset(bytes, 'windows-1252')
  return windows ?? { text: new TextDecoder().decode(bytes), charset: 'utf-8' }
}

const sampleBytes = 16_384
const samplesMax = 16

/** Decoding what is not UTF-8 as UTF-8 is slow (50 ns a byte), so a large body is judged by parts from all over it. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes * samplesMax) return bytes
  const step = Math.floor(bytes.length / samplesMax)
  const starts = Array.from({ length: samplesMax }, (_, index) => index * step)
  return Buffer.concat(starts.map((start) => bytes.subarray(start, start + sampleBytes)))
}
