// An address inside an HTML attribute, made absolute.
import { decodeHtmlAttribute } from './entities.ts'

const SCHEME = /^\s*[a-z][a-z0-9+.-]*:/i
/** A path from the root with nothing in it that `URL` would change. */
const PLAIN_PATH = /^\/(?:[\w~-][\w.~-]*\/)*(?:[\w~-][\w.~-]*)?(?:\?[\w.~=&;-]*)?$/
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?=\/)/

/** `written` is the raw attribute value; returns a raw attribute value too. What is no relative address stays as it is. */
export function absoluteAddress(written: string, base: string): string {
  if (SCHEME.test(written)) return written
  const origin = PLAIN_PATH.test(written) ? ORIGIN.exec(base)?.[0] : undefined
  if (origin !== undefined) return origin + written
  const reference = decodeHtmlAttribute(written).trim()
  if (SCHEME.test(reference)) return written
  const url = URL.parse(reference, base)
  return url === null ? written : url.href.replace(/&/g, '&amp;').replace(/'/g, '&#39;')
}
