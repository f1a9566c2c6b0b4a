// Requests through proxies, by undici: a pool of connections for each proxy and whatever else may be open to a request.
import { type Dispatcher, Pool, ProxyAgent } from 'undici'
import { type Failure, failure } from './failure.ts'
import { type GuardSettings, originAllowed } from './guard.ts'
import { guardedConnector } from './guarded-connector.ts'
import type { Ending } from './receipt.ts'
import { receiveProxied } from './receive-proxied.ts'
import type { ProxyWay, WireRequest } from './transport.ts'

export type ProxySettings = Omit<GuardSettings, 'allowPrivate' | 'allowBadCertificate'> & {
  readonly headersTimeoutMs: number
  readonly bodyBytesMax: number
  readonly connectionsPerHost: number
  readonly privateProxies?: readonly string[] // origins of proxies that may live on a private address
}

/** Where a request goes in, and as what. */
type Way =
  | { readonly ok: true; readonly dispatcher: Dispatcher; readonly options: Dispatcher.DispatchOptions }
  | Failure

type Openness = Pick<WireRequest, 'allowPrivate' | 'allowBadCertificate'>

/** Opens pools as they are needed. What may be open to a request is never open to another through the same pool. */
export function openProxies(settings: ProxySettings) {
  const dispatchers = new Map<string, Dispatcher>()
  const opened = (key: string, open: () => Dispatcher): Dispatcher => {
    const dispatcher = dispatchers.get(key) ?? open()
    dispatchers.set(key, dispatcher)
    return dispatcher
  }
  return {
    send: async (request: WireRequest): Promise<Ending> => {
      const { proxy, signal } = request
      if (proxy === undefined) return failure('connect', 'no proxy is named')
      const way = proxiedWay(request, proxy, settings, opened)
      return way.ok ? receiveProxied(way.dispatcher, way.options, signal, settings.bodyBytesMax) : way
    },
    close: async (): Promise<void> => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
    },
  }
}

type Opened = (key: string, open: () => Dispatcher) => Dispatcher

/**
 * The proxy finds the address of the feed's host, so only literal addresses and private names can be refused here. The
 * proxy's own address is guarded like any other.
 */
function proxiedWay(request: WireRequest, proxy: ProxyWay, settings: ProxySettings, opened: Opened): Way {
  const target = new URL(request.target.origin)
  const { origin, host } = new URL(proxy.url)
  if (!originAllowed(target, { ...settings, ...opennessOf(request) }))
    return failure('address-not-allowed', 'address not allowed')
  const allowPrivate =
    settings.privateProxies?.some((listed) => URL.parse(listed)?.origin === origin) ?? false
  const connect = () => guardedConnector({ ...settings, allowPrivate })
  const limits = limitsOf(settings)
  const authorization = proxy.authorization ?? ''
  if (target.protocol === 'http:') {
    // Few proxies open a tunnel to port 80, so plain requests are handed over with their whole address (RFC 9112 section 3.2.2).
    const pool = opened(`proxy ${origin}`, () => new Pool(origin, { ...limits, connect: connect() }))
    const headers = { ...request.headers, host: target.host, ...proxyHeaders(authorization) }
    return {
      ok: true,
      dispatcher: pool,
      options: { ...optionsOf(request), origin, path: request.target.url, headers },
    }
  }
  const tunnel = opened(
    `${keyOf(request)} ${host} ${authorization}`,
    () =>
      new ProxyAgent({
        ...limits,
        uri: origin,
        ...(authorization === '' ? {} : { token: authorization }),
        requestTls: { rejectUnauthorized: !request.allowBadCertificate },
        clientFactory: (url) => new Pool(url, { connect: connect() }),
      }),
  )
  return { ok: true, dispatcher: tunnel, options: optionsOf(request) }
}

function proxyHeaders(authorization: string): Record<string, string> {
  return authorization === '' ? {} : { 'proxy-authorization': authorization }
}

function keyOf({ allowPrivate, allowBadCertificate }: Openness): string {
  return `${allowPrivate ? 'private' : 'public'} ${allowBadCertificate ? 'any' : 'verified'}`
}

function opennessOf({ allowPrivate, allowBadCertificate }: Openness): Openness {
  return { allowPrivate, allowBadCertificate }
}

function optionsOf({ target, method, headers, body }: WireRequest): Dispatcher.DispatchOptions {
  const { origin, path } = target
  return { origin, path, method, headers, ...(body === undefined ? {} : { body }) }
}

function limitsOf(settings: ProxySettings): Pool.Options {
  return {
    connections: settings.connectionsPerHost,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.headersTimeoutMs,
    keepAliveTimeout: 4_000, // as long as a connection of ours waits
    keepAliveMaxTimeout: 10_000,
    maxResponseSize: settings.bodyBytesMax,
  }
}
