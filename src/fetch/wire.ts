// The network transport: one guarded request through undici, its body read up to a cap.
import { errors } from 'undici'
import { type Failure, failureOf } from './failure.ts'
import { openPools, type PoolSettings, type Way } from './pools.ts'
import { receive } from './receive.ts'
import type { Transport, WireRequest, WireResponse } from './transport.ts'

type Wire = { readonly send: Transport; readonly close: () => Promise<void> }

type OpenWay = Extract<Way, { ok: true }>

/** The network. Requests to which different things are open never share a connection. */
export function openWire(settings: PoolSettings): Wire {
  const pools = openPools(settings)
  return {
    send: async (request) => {
      const way = pools.wayFor(request)
      return way.ok ? send(way, request, settings) : way
    },
    close: pools.close,
  }
}

async function send(
  way: OpenWay,
  request: WireRequest,
  settings: PoolSettings,
): Promise<WireResponse | Failure> {
  const ending = await receive(way.dispatcher, way.options, request.signal, settings.bodyBytesMax)
  if (!('error' in ending)) return ending
  const { error, duringBody } = ending
  const mayBeLenient = request.method === 'GET' && request.proxy === undefined && !duringBody
  if (!(error instanceof errors.HTTPParserError) || !mayBeLenient) return failureOf(error, duringBody)
  const { sendLeniently } = await import('./lenient.ts') // for the few servers that need it
  return sendLeniently(request, { ...settings, allowPrivate: request.allowPrivate })
}
