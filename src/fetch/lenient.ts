// A second try for servers whose headers undici refuses (bare line feeds, control characters) but every browser reads.
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { type Failure, failure, failureOf } from './failure.ts'
import {
  AddressNotAllowed,
  addressAllowed,
  type GuardSettings,
  hostAllowed,
  lookupHook,
  portAllowed,
} from './guard.ts'
import type { WireRequest, WireResponse } from './transport.ts'

/** The same gate as the connector's: literals, names and the far end are all checked. */
export async function sendLeniently(
  request: WireRequest,
  settings: GuardSettings & { readonly bodyBytesMax: number },
): Promise<WireResponse | Failure> {
  let duringBody = false
  try {
    const response = await open(request, settings)
    duringBody = true
    const { statusCode: status = 0, headers } = response
    const bytes = await readCapped(response, settings.bodyBytesMax)
    if (bytes === undefined) return failure('too-large', 'the body is larger than the limit')
    return { ok: true, status, headers, bytes: status >= 200 && status <= 299 ? bytes : new Uint8Array() }
  } catch (error) {
    return failureOf(request.signal.aborted ? request.signal.reason : error, duringBody)
  }
}

async function open(request: WireRequest, settings: GuardSettings): Promise<IncomingMessage> {
  const { protocol, hostname, port } = new URL(request.target.origin)
  if (!hostAllowed(hostname, settings) || !portAllowed(port)) throw new AddressNotAllowed()
  const { method, headers, signal, target } = request
  const outgoing = (protocol === 'https:' ? https : http).request({
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: target.path,
    method,
    headers,
    signal,
    lookup: lookupHook(settings),
    rejectUnauthorized: !request.allowBadCertificate,
    agent: false, // its own connection, closed afterwards
    insecureHTTPParser: true, // we serve nobody else on this connection, so there is nothing to smuggle
  })
  outgoing.on('error', () => {}) // once() below reports the first; one after it must not end the process
  const answered = once(outgoing, 'response')
  outgoing.end(request.body)
  const [response]: IncomingMessage[] = await answered
  if (response === undefined || !addressAllowed(response.socket.remoteAddress ?? '', settings)) {
    outgoing.destroy()
    throw new AddressNotAllowed()
  }
  return response
}

async function readCapped(response: IncomingMessage, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > bytesMax) return undefined // leaving the loop destroys the stream
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
