// What a body that is no feed looks like instead, for a person; never a byte of it.

const HTML = new Set(
  'html head body div p span script style meta title table a h1 center br iframe'.split(' '),
)

/** `firstName` is the first element of the body in lower case, '' when there is none. */
export function describeBody(text: string, firstName: string): string {
  const start = text.slice(0, 512).trimStart()
  if (start === '') return 'an empty document'
  if (/^[{[]\s*["{[\]}\d]/.test(start)) return 'a JSON document that is no feed'
  if (/^<!doctype html/i.test(start) || HTML.has(firstName)) return 'an HTML page'
  if (firstName === 'opml') return 'an OPML file'
  if (firstName.endsWith('sitemapindex')) return 'a sitemap index'
  return firstName === '' ? 'plain text' : 'an XML document that is no feed'
}
