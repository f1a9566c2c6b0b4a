// The Link header of a response (RFC 8288): addresses with their relation.

const LINK = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g
const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/i
const HEADER_LENGTH_MAX = 16_384

/** The first address with the relation `rel`, as written; undefined when there is none. */
export function linkedAddress(header: string | undefined, rel: string): string | undefined {
  for (const [, address = '', parameters = ''] of (header ?? '').slice(0, HEADER_LENGTH_MAX).matchAll(LINK)) {
    const [, quoted, bare] = REL.exec(parameters) ?? []
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/)
    if (relations.includes(rel) && address.trim() !== '') return address.trim()
  }
  return undefined
}
