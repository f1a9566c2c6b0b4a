// The network transport: one guarded request, directly or through a proxy, its body read up to a cap.
import { type DirectSettings, openDirect } from './direct.ts'
import { failure, failureOf } from './failure.ts'
import type { ProxySettings } from './proxies.ts'
import { type Ending, isBroken } from './receipt.ts'
import type { Transport, WireRequest } from './transport.ts'

type Wire = { readonly send: Transport; readonly close: () => Promise<void> }

/** The network. Requests to which different things are open never share a connection. */
export function openWire(settings: DirectSettings & ProxySettings): Wire {
  const direct = openDirect(settings)
  const proxied = laterProxies(settings)
  let isClosed = false
  return {
    send: async (request) => {
      if (isClosed) return failure('crashed', 'stopped before the request was sent')
      const ending = await (request.proxy === undefined ? direct : proxied).send(request)
      return isBroken(ending) ? failureOf(ending.error, ending.duringBody) : ending
    },
    close: async () => {
      isClosed = true
      direct.close()
      await proxied.close()
    },
  }
}

/** What speaks to proxies is loaded when a feed names one. */
function laterProxies(settings: ProxySettings) {
  let opened:
    | Promise<{ send: (request: WireRequest) => Promise<Ending>; close: () => Promise<void> }>
    | undefined
  return {
    send: async (request: WireRequest): Promise<Ending> => {
      opened ??= import('./proxies.ts').then(({ openProxies }) => openProxies(settings))
      return (await opened).send(request)
    },
    close: async (): Promise<void> => (await opened)?.close(),
  }
}
