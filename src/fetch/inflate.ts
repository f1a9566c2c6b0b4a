// Undoes Content-Encoding within limits: a bomb, a torn stream and an unknown coding are failures, never partial text.
import zlib from 'node:zlib'
import { type Failure, failure } from './failure.ts'

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array
type Inflated = { readonly ok: true; readonly bytes: Uint8Array } | Failure

// Synchronous on purpose: zlib's other half waits for the thread pool, where four names that do not resolve can hold
// every feed's body for ten seconds. The limits below keep the longest pause to some tens of milliseconds.
const decoders = new Map<string, Decoder>([
  ['gzip', zlib.gunzipSync],
  ['x-gzip', zlib.gunzipSync],
  ['br', zlib.brotliDecompressSync],
  ['deflate', inflateEither],
])
// Node before 22.15 has no zstd.
if (typeof zlib.zstdDecompressSync === 'function') decoders.set('zstd', zlib.zstdDecompressSync)

/** What we ask for: exactly what we can undo. */
export const acceptEncoding = decoders.has('zstd') ? 'gzip, br, zstd' : 'gzip, br'

const codingsMax = 2
// No feed shrinks more than a thousandfold, even one that repeats the same page in every item; bombs do. Small bodies
// may: a page of blanks does no harm.
const ratioMax = 1_000
const alwaysAllowedBytes = 1_048_576

/** `contentEncoding` as in the header, codings in the order they were applied (RFC 9110 section 8.4). */
export function inflate(bytes: Uint8Array, contentEncoding: string | undefined, bytesMax: number): Inflated {
  const codings = codingsOf(contentEncoding)
  if (codings.length > codingsMax) return failure('bad-encoding', 'more than two content encodings')
  const maxOutputLength = Math.min(bytesMax, Math.max(alwaysAllowedBytes, bytes.length * ratioMax))
  let current = bytes
  for (const coding of codings.toReversed()) {
    const stage = decodeOnce(current, coding, maxOutputLength)
    if (!stage.ok) return stage
    current = stage.bytes
  }
  return { ok: true, bytes: current }
}

// RFC 9110 means the zlib format by "deflate"; some servers send the raw stream inside it.
function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array {
  return ((bytes[0] ?? 0) & 15) === 8 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options)
}

function codingsOf(contentEncoding: string | undefined): readonly string[] {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '' && name !== 'identity')
}

function decodeOnce(bytes: Uint8Array, coding: string, maxOutputLength: number): Inflated {
  const decoder = decoders.get(coding)
  if (decoder === undefined) return failure('bad-encoding', 'unknown content encoding')
  // A server that promises gzip and sends plain text is taken at its bytes.
  if (decoder === zlib.gunzipSync && !isGzip(bytes)) return { ok: true, bytes }
  try {
    return { ok: true, bytes: decoder(bytes, { maxOutputLength }) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // zlib throws nothing else
    if (code !== 'ERR_BUFFER_TOO_LARGE') {
      return failure('bad-encoding', `the ${coding} body is torn or not ${coding}`)
    }
    return failure('too-large', 'the decompressed body is larger than the limit')
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
