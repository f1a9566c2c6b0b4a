// One exchange: a request, the redirects it meets, and the decompressed body at the end, all within one deadline.
import type { Access } from './access.ts'
import type { Failure } from './failure.ts'
import { type Headers, joinedHeader } from './header.ts'
import { acceptEncoding, inflate } from './inflate.ts'
import { isRedirect, nextHop, type Redirect } from './redirect.ts'
import type { Target } from './target.ts'
import type { ProxyWay, Transport, WireRequest, WireResponse } from './transport.ts'

/** `headers` are sent to the origin of `target` only, save User-Agent; Proxy-Authorization to the proxy only. */
export type ExchangeRequest = Access & {
  readonly target: Target
  readonly method?: 'GET' | 'POST'
  readonly headersFor?: (url: string) => Readonly<Record<string, string>> // asked at each hop, for what belongs to one URL
  readonly body?: string
  readonly timeoutMs?: number // instead of the fetcher's own
}

export type Exchange =
  | {
      readonly ok: true
      readonly status: number
      readonly url: string // that answered, without credentials
      readonly headers: Headers
      readonly bytes: Uint8Array // decompressed; empty unless the status is 2xx
      readonly redirects: readonly Redirect[]
    }
  | (Failure & { readonly url: string; readonly redirects: readonly Redirect[]; readonly status?: number })

export type ExchangeSettings = {
  readonly transport: Transport
  readonly userAgent: string
  readonly timeoutMs: number
  readonly bodyBytesMax: number
  readonly allowDowngrade: boolean // follow redirects from https to http
}

const accept =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5'

const proxyAuthorization = 'proxy-authorization'
// The connection's own business: a configured header must not break the message.
const unsendable =
  /^(?:proxy-authorization|host|connection|content-length|transfer-encoding|upgrade|expect|keep-alive|te|trailer)$/i

/** Never rejects for what the world does: refused addresses, torn bodies are failures with a reason. */
export async function exchange(request: ExchangeRequest, settings: ExchangeSettings): Promise<Exchange> {
  const signal = AbortSignal.timeout(request.timeoutMs ?? settings.timeoutMs)
  const redirects: Redirect[] = []
  let { target } = request
  for (;;) {
    const response = await settings.transport(wireRequest(request, settings, target, signal))
    if (!response.ok) return { ...response, url: target.url, redirects }
    const { status, headers } = response
    if (!isRedirect(status) || request.method === 'POST')
      return finish(response, target.url, redirects, settings)
    const hop = nextHop(target, status, headers, redirects, settings.allowDowngrade)
    if (!hop.ok) return { ...hop, url: target.url, redirects, status }
    redirects.push(hop.redirect) // nextHop ends the loop after a few
    target = hop.target
  }
}

function wireRequest(
  request: ExchangeRequest,
  settings: ExchangeSettings,
  target: Target,
  signal: AbortSignal,
): WireRequest {
  const { method = 'GET', body, allowPrivate = false, allowBadCertificate = false } = request
  const proxy = proxyOf(request)
  return {
    method,
    target,
    headers: hopHeaders(request, settings, target),
    allowPrivate,
    // Whose certificate was waived is the feed's own server, not whoever it redirects to.
    allowBadCertificate: allowBadCertificate && target.origin === request.target.origin,
    signal,
    ...(proxy === undefined ? {} : { proxy }),
    ...(body === undefined ? {} : { body }),
  }
}

function proxyOf({ proxy, headers = {} }: ExchangeRequest): ProxyWay | undefined {
  if (proxy === undefined) return undefined
  const [, authorization] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === proxyAuthorization) ?? []
  return { url: proxy, ...(authorization === undefined ? {} : { authorization }) }
}

// Header names in lower case, so that a configured header replaces ours instead of standing beside it.
function hopHeaders(
  request: ExchangeRequest,
  settings: ExchangeSettings,
  target: Target,
): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': settings.userAgent,
    accept,
    'accept-encoding': acceptEncoding,
  }
  const { target: home } = request
  const atHome = target.origin === home.origin
  const authorization = target.authorization ?? (atHome ? home.authorization : undefined)
  if (authorization !== undefined) headers['authorization'] = authorization
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const key = name.toLowerCase()
    if (!unsendable.test(key) && (atHome || key === 'user-agent')) headers[key] = value
  }
  return Object.assign(headers, request.headersFor?.(target.url))
}

function finish(
  response: WireResponse,
  url: string,
  redirects: readonly Redirect[],
  settings: ExchangeSettings,
): Exchange {
  const { status, headers, bytes } = response
  if (bytes.length === 0) return { ok: true, status, url, headers, bytes, redirects }
  const body = inflate(bytes, joinedHeader(headers, 'content-encoding'), settings.bodyBytesMax)
  if (!body.ok) return { ...body, url, redirects, status }
  return { ok: true, status, url, headers, bytes: body.bytes, redirects }
}
