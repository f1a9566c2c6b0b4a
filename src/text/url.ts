// What page a URL names. The key decides identity and is never shown; what is shown is made by safe-link.ts.
import { getDomain, getDomainWithoutSuffix } from 'tldts'
import { decodeSpelling } from './url-escapes.ts'
import { isRenditionParameter, isTrackingParameter } from './url-parameters.ts'
import { unwrapUrl } from './url-unwrap.ts'

/**
 * The identity of a page: two URLs with the same key are the same page. Absent for anything that is no http(s) URL.
 * The key is `host[:port]/path[?query][#!fragment]` in NFC; it has no scheme and need not be fetchable.
 */
export function urlKey(url: string): string | undefined {
  const page = parsePage(url)
  if (page === undefined) return undefined
  const host = page.hostname.replace(/\.$/, '')
  const port = ['', '80', '443'].includes(page.port) ? '' : `:${page.port}`
  const fragment = page.hash.startsWith('#!') ? page.hash : ''
  const key = `${shownHost(host)}${port}${pagePath(page.pathname, host)}${queryKey(page, host)}${fragment}`
  return spelledOddly.test(key) ? decodeSpelling(key).normalize('NFC') : key
}

// Most addresses have nothing that the rules below are about, which one look tells.
const spelledOddly = /[%\x80-\uffff]/
const oddPath = /\/\/|[./]amp|\/index\.html$/

// Feeds that escape twice write &amp; between parameters.
function parsePage(url: string): URL | undefined {
  const written = url.includes('&') ? url.replace(/&(?:amp|#0?38);/gi, '&') : url
  const parsed = URL.parse(written.trim())
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? unwrapUrl(parsed) : undefined
}

let latest = { host: '', shown: '' }

// The pages of a feed are mostly of one host.
function shownHost(host: string): string {
  if (latest.host !== host) latest = { host, shown: desktopHost(host) }
  return latest.shown
}

// www. goes as long as two labels remain; m., amp. and so on only in front of something registrable: m.com stays m.com.
function desktopHost(host: string): string {
  const domain = getDomain(host) ?? host
  let rest = host
  for (;;) {
    const isSubdomain = rest.length > domain.length && rest.endsWith(domain)
    if (!/^www\.[^.]+\./.test(rest) && !(isSubdomain && /^(?:m|mobile|amp|edition)\./.test(rest))) return rest
    rest = rest.slice(rest.indexOf('.') + 1)
  }
}

function pagePath(path: string, host: string): string {
  if (!oddPath.test(path) && !host.startsWith('amp.')) return path.endsWith('/') ? path.slice(0, -1) : path
  const single = path.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/')
  return withoutRepeatedSite(withoutAmp(single), host).replace(/\/$/, '')
}

// /a/1/amp, /news/amp/world-1, /a.amp.html and /a.amp are renditions; a path of nothing but /amp is a page about it.
function withoutAmp(path: string): string {
  const rest = path.replace(/\.amp(?=$|\.html$)/, '').replace(/\/amp(?=\/|$)/g, '')
  return rest === '' || rest === '/' ? path : rest
}

// amp.cnn.com/cnn/2026/... is www.cnn.com/2026/...: an AMP host may repeat the site's name as the first folder.
function withoutRepeatedSite(path: string, host: string): string {
  const site = host.startsWith('amp.') ? getDomainWithoutSuffix(host) : null
  return site !== null && path.startsWith(`/${site}/`) ? path.slice(site.length + 1) : path
}

function queryKey(url: URL, host: string): string {
  if (url.search === '') return ''
  const kept = parametersOf(url).filter(
    ({ name, value }) => !isTrackingParameter(name, value, host) && !isRenditionParameter(name, value),
  )
  const sorted = kept.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) // stable: a=1&a=2 keeps its order
  return sorted.length === 0 ? '' : `?${sorted.map(({ raw }) => raw).join('&')}`
}

type Parameter = { readonly name: string; readonly value: string; readonly raw: string }

function parametersOf(url: URL): readonly Parameter[] {
  const raws = url.search.replace(/^\?/, '').split('&')
  return raws.filter((raw) => raw !== '').map(parameterOf)
}

function parameterOf(raw: string): Parameter {
  const equals = raw.indexOf('=')
  const name = equals < 0 ? raw : raw.slice(0, equals)
  const value = equals < 0 ? '' : raw.slice(equals + 1)
  return { name: decodeSpelling(name), value: decodeSpelling(value), raw }
}
