// An address inside an HTML attribute, made absolute.
import { decodeHtmlText } from './entities.ts'

/** `written` is the raw attribute value; returns a raw attribute value too. What is no relative address stays as it is. */
export function absoluteAddress(written: string, base: string): string {
  if (/^\s*[a-z][a-z0-9+.-]*:/i.test(written)) return written
  const reference = decodeHtmlText(written).trim()
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return written
  const url = URL.parse(reference, base)
  return url === null ? written : url.href.replace(/&/g, '&amp;').replace(/'/g, '&#39;')
}
