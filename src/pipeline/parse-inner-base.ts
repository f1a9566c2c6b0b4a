// xml:base on the elements inside XHTML content (XML Base, 4.1), which no reader of HTML knows.
import { absoluteAddress } from '../text/html-address.ts'

const TAG = /<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const BASE = /\s+xml:base\s*=\s*(?:"([^"]*)"|'([^']*)')/
const ADDRESS = /(\s(?:href|src|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)')/g

/** The markup with addresses under an inner xml:base made absolute, and those attributes gone; `base` is in force outside. */
export function withInnerBases(markup: string, base: string): string {
  if (!markup.includes('xml:base')) return markup
  const bases = [base] // of each open element
  return markup.replace(TAG, (tag, slash: string, _name, attributes: string, empty: string) => {
    if (slash !== '') {
      if (bases.length > 1) bases.pop()
      return tag
    }
    const outer = bases.at(-1) ?? base
    const [, quoted, single] = BASE.exec(attributes) ?? []
    const own = quoted ?? single
    const inner = own === undefined ? outer : (URL.parse(own, outer)?.href ?? outer)
    if (empty === '') bases.push(inner)
    return inner === base ? tag.replace(BASE, '') : resolved(tag.replace(BASE, ''), inner)
  })
}

function resolved(tag: string, base: string): string {
  return tag.replace(ADDRESS, (_, before: string, double?: string, single?: string) => {
    return `${before}"${absoluteAddress(double ?? single ?? '', base).replaceAll('"', '&quot;')}"`
  })
}
