// The network transport: one guarded request through undici, its body read up to a cap.
import { type Dispatcher, errors } from 'undici'
import { type Failure, failure, failureOf } from './failure.ts'
import { sendLeniently } from './lenient.ts'
import { openPools, type PoolSettings } from './pools.ts'
import type { Transport, WireRequest, WireResponse } from './transport.ts'

type Wire = { readonly send: Transport; readonly close: () => Promise<void> }

// What is left of a refused body is read and dropped up to here, so that the connection can be used again.
const dumpedBytesMax = 16_384

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

type Way = { readonly dispatcher: Dispatcher; readonly options: Dispatcher.RequestOptions }

async function send(way: Way, request: WireRequest, settings: PoolSettings): Promise<WireResponse | Failure> {
  let duringBody = false
  try {
    const response = await way.dispatcher.request(way.options)
    duringBody = true
    const { statusCode: status } = response
    if (status < 200 || status > 299) {
      await response.body.dump({ limit: dumpedBytesMax }) // ends at the deadline too, and never fails: the status counts
      return { ok: true, status, headers: response.headers, bytes: new Uint8Array() }
    }
    if (Number(response.headers['content-length']) > settings.bodyBytesMax) {
      response.body.on('error', () => {}).destroy() // the error is our own hanging up
      return failure('too-large', 'the body is larger than the limit')
    }
    return { ok: true, status, headers: response.headers, bytes: await response.body.bytes() }
  } catch (error) {
    const mayBeLenient = request.method === 'GET' && request.proxy === undefined && !duringBody
    if (error instanceof errors.HTTPParserError && mayBeLenient)
      return sendLeniently(request, { ...settings, allowPrivate: request.allowPrivate })
    return failureOf(error, duringBody)
  }
}
