// Pools of connections, one for each set of things that may be open to a request: private addresses, bad certificates, a proxy.
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { type Failure, failure } from './failure.ts'
import { type GuardSettings, guardedConnector, hostAllowed, portAllowed } from './guard.ts'
import type { ProxyWay, WireRequest } from './transport.ts'

export type PoolSettings = Omit<GuardSettings, 'allowPrivate' | 'allowBadCertificate'> & {
  readonly headersTimeoutMs: number
  readonly bodyBytesMax: number
  readonly connectionsPerHost: number
  readonly privateProxies?: readonly string[] // origins of proxies that may live on a private address
}

/** Where a request goes in, and as what. */
export type Way =
  | { readonly ok: true; readonly dispatcher: Dispatcher; readonly options: Dispatcher.DispatchOptions }
  | Failure

type Openness = Pick<WireRequest, 'allowPrivate' | 'allowBadCertificate'>

/**
 * Opens pools as they are needed. A feed that may not reach private addresses must not ride on a connection that
 * another feed was allowed to open, and neither must one whose server has to prove who it is.
 */
export function openPools(settings: PoolSettings) {
  const dispatchers = new Map<string, Dispatcher>()
  let isClosed = false
  const opened = (key: string, open: () => Dispatcher): Dispatcher => {
    const dispatcher = dispatchers.get(key) ?? open()
    dispatchers.set(key, dispatcher)
    return dispatcher
  }
  return {
    wayFor: (request: WireRequest): Way => {
      if (isClosed) return failure('crashed', 'stopped before the request was sent')
      return request.proxy === undefined
        ? directWay(request, settings, opened)
        : proxiedWay(request, request.proxy, settings, opened)
    },
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
    },
  }
}

type Opened = (key: string, open: () => Dispatcher) => Dispatcher

function directWay(request: WireRequest, settings: PoolSettings, opened: Opened): Way {
  const connect = () => guardedConnector({ ...settings, ...opennessOf(request) })
  const dispatcher = opened(keyOf(request), () => new Agent({ ...limitsOf(settings), connect: connect() }))
  return { ok: true, dispatcher, options: optionsOf(request) }
}

/**
 * The proxy finds the address of the feed's host, so only literal addresses and private names can be refused here. The
 * proxy's own address is guarded like any other.
 */
function proxiedWay(request: WireRequest, proxy: ProxyWay, settings: PoolSettings, opened: Opened): Way {
  const target = new URL(request.target.origin)
  const { origin, host } = new URL(proxy.url)
  if (!hostAllowed(target.hostname, { ...settings, ...opennessOf(request) }) || !portAllowed(target.port))
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

function limitsOf(settings: PoolSettings): Agent.Options {
  return {
    connections: settings.connectionsPerHost,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.headersTimeoutMs,
    keepAliveTimeout: 4_000, // feeds come back in an hour; only a redirect or a neighbour uses a connection twice
    keepAliveMaxTimeout: 10_000,
    maxResponseSize: settings.bodyBytesMax,
  }
}
