// What a strict reader says of a feed that we read all the same: its publisher should know.
import { decodeBody } from '../fetch/index.ts'
import { strictCheck } from '../pipeline/parse-rss-parser.ts'

/** `line 3, column 12: Unexpected close tag`; undefined for a valid RSS, RDF or Atom feed and for any JSON. `bytes` as decompressed. */
export async function strictWarning(bytes: Uint8Array): Promise<string | undefined> {
  const decoded = decodeBody(bytes, { bytesMax: bytes.length * 4 + 1024 })
  if (!decoded.ok || decoded.text.trimStart().startsWith('{')) return undefined
  const checked = await strictCheck(decoded.text)
  return checked.ok ? undefined : `line ${checked.line}, column ${checked.column}: ${checked.message}`
}
