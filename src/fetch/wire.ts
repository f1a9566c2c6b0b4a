// The network transport: one guarded request through undici, its body read up to a cap.
import { Agent, errors } from 'undici'
import { type Failure, failure, failureOf } from './failure.ts'
import { type GuardSettings, guardedConnector } from './guard.ts'
import { sendLeniently } from './lenient.ts'
import type { Transport, WireRequest, WireResponse } from './transport.ts'

export type WireSettings = Omit<GuardSettings, 'allowPrivate'> & {
  readonly headersTimeoutMs: number
  readonly bodyBytesMax: number
  readonly connectionsPerHost: number
}

type Wire = { readonly send: Transport; readonly close: () => Promise<void> }

// What is left of a refused body is read and dropped up to here, so that the connection can be used again.
const dumpedBytesMax = 16_384

/**
 * Opens two pools that never share a connection: a feed that may not reach private addresses must not ride on a
 * connection that another feed was allowed to open.
 */
export function openWire(settings: WireSettings): Wire {
  const open = agentOf(settings, false)
  const household = agentOf(settings, true)
  return {
    send: (request) => send(request.allowPrivate ? household : open, request, settings),
    close: async () => {
      await Promise.all([open.destroy(), household.destroy()])
    },
  }
}

function agentOf(settings: WireSettings, allowPrivate: boolean): Agent {
  return new Agent({
    connect: guardedConnector({ ...settings, allowPrivate }),
    connections: settings.connectionsPerHost,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.headersTimeoutMs,
    keepAliveTimeout: 4_000, // feeds come back in an hour; only a redirect or a neighbour uses a connection twice
    keepAliveMaxTimeout: 10_000,
    maxResponseSize: settings.bodyBytesMax,
  })
}

async function send(
  agent: Agent,
  request: WireRequest,
  settings: WireSettings,
): Promise<WireResponse | Failure> {
  let duringBody = false
  try {
    const { method, target, headers, signal } = request
    const { origin, path } = target
    const body = request.body ?? null
    const response = await agent.request({ origin, path, method, headers, body, signal })
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
    if (error instanceof errors.HTTPParserError && !duringBody && request.method === 'GET') {
      return sendLeniently(request, { ...settings, allowPrivate: request.allowPrivate })
    }
    return failureOf(error, duringBody)
  }
}
