// The feeds that a web page names: <link rel=alternate> first, else links in its text that look like feeds.
import { Parser } from 'htmlparser2'

type FeedLink = { readonly url: string; readonly title?: string }

const feedTypes = /^(?:application\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|x?-?rss|xml|json)|text\/xml)\b/i
const feedLike = /(?:^|[/.?=_-])(?:rss|atom|feeds?|rdf)(?:$|[/.?=&_-])|\.(?:xml|rdf)$/i
const anchorsMax = 10

type Found = { base: string; readonly declared: FeedLink[]; readonly anchors: FeedLink[] }

/** Absolute http(s) URLs in the order of the page, each once. `pageUrl` is where the page came from. */
export function feedLinks(html: string, pageUrl: string): readonly FeedLink[] {
  const found: Found = { base: pageUrl, declared: [], anchors: [] }
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'base') found.base = absolute(attributes['href'], pageUrl) ?? found.base
      if (name === 'link') addDeclared(found, attributes)
      if (name === 'a') addAnchor(found, attributes)
    },
  })
  parser.end(html)
  return unique(found.declared.length > 0 ? found.declared : found.anchors.slice(0, anchorsMax))
}

type Attributes = Readonly<Record<string, string | undefined>>

// "stylesheet alternate" is a style; WordPress marks its JSON and oEmbed doors as alternates too.
function addDeclared(found: Found, { rel = '', type = '', href, title }: Attributes): void {
  const rels = rel.toLowerCase().split(/\s+/)
  if (!rels.includes('alternate') && !rels.includes('feed')) return
  const url = absolute(href, found.base)
  if (url === undefined || !feedTypes.test(type.trim()) || /oembed|\/wp-json\//i.test(url)) return
  found.declared.push(title === undefined || title.trim() === '' ? { url } : { url, title: title.trim() })
}

function addAnchor(found: Found, { href = '' }: Attributes): void {
  const url = feedLike.test(href.split('#', 1)[0] ?? '') ? absolute(href, found.base) : undefined
  if (url !== undefined) found.anchors.push({ url })
}

function absolute(href: string | undefined, base: string): string | undefined {
  const url = href === undefined ? null : URL.parse(href.trim(), base)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  return url.href
}

function unique(links: readonly FeedLink[]): readonly FeedLink[] {
  return [...new Map(links.map((link) => [link.url, link])).values()]
}
