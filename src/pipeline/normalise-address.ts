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

/** One reference resolved against its base, as `URL` writes it. */
export function addressOf({ href, base }: Reference, lengthMax: number): string | undefined {
  const written = href.length > lengthMax ? '' : cleanText(href)
  if (written === '') return undefined
  const url = URL.parse(written, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  return url.href.length > lengthMax ? undefined : url.href
}
