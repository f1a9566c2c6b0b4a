// Addresses as an item may hold them: absolute, http or https.
import { cleanText } from './normalise-text.ts'
import type { Reference } from './parse-document.ts'

/** The first reference that is an address; undefined when none is. Longer than `lengthMax` is none. */
export function firstAddress(references: readonly Reference[], lengthMax: number): string | undefined {
  for (const reference of references) {
    const address = addressOf(reference, lengthMax)
    if (address !== undefined) return address
  }
  return undefined
}

/** An address that `URL` would give back unchanged: nothing to encode, no dot segments, a host of letters. */
const CANONICAL =
  /^https?:\/\/(?!xn--)(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,12}\/(?:[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*\/)*(?:[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)?(?:\?[\w.~!$&()*+,;=:@/?%-]*)?$/

/** One reference resolved against its base, as `URL` writes it. */
export function addressOf({ href, base }: Reference, lengthMax: number): string | undefined {
  if (href.length > lengthMax) return undefined
  if (CANONICAL.test(href)) return href
  const written = cleanText(href)
  if (written === '') return undefined
  const url = URL.parse(written, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  return url.href.length > lengthMax ? undefined : url.href
}
