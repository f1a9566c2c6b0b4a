// Requests without a proxy, by Node's own HTTP: on a kept connection or a new one, and once more where that may help.
import type { ClientRequest } from 'node:http'
import type { RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import { type Client, type ClientSettings, openClients } from './clients.ts'
import { errorCode } from './error-code.ts'
import { type Broken, type Ending, isBroken } from './receipt.ts'
import { receive } from './receive.ts'
import type { WireRequest } from './transport.ts'

export type DirectSettings = ClientSettings & { readonly bodyBytesMax: number }

/** Opens no connection before the first request. */
export function openDirect(settings: DirectSettings) {
  const clients = openClients(settings)

  async function ask(request: WireRequest, client: Client, way: RequestOptions): Promise<Ending> {
    try {
      const outgoing = start(request, client, { ...way, timeout: settings.headersTimeoutMs })
      return await receive(outgoing, request.signal, settings.bodyBytesMax)
    } catch (error) {
      return { ok: false, error, duringBody: false } // it was not even sent
    }
  }

  return {
    send: async (request: WireRequest): Promise<Ending> => {
      const client = clients.clientFor(request)
      const { agent, createConnection } = client
      if (request.method === 'POST') return ask(request, client, { createConnection }) // never twice
      let ending = await ask(request, client, { agent })
      if (isBroken(ending) && ending.isDropped) ending = await ask(request, client, { createConnection })
      if (!isBroken(ending) || !isForgivable(ending)) return ending
      // We serve nobody else on this connection, so there is nothing to smuggle.
      return ask(request, client, { createConnection, insecureHTTPParser: true })
    },
    close: clients.close,
  }
}

/** Headers that are not HTTP to the letter (bare line feeds, control characters) but that every browser reads. */
function isForgivable({ error, duringBody }: Broken): boolean {
  const code = errorCode(error)
  return !duringBody && code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW'
}

/** Throws when a header or the path cannot be sent, or the address may not be dialled. */
function start(request: WireRequest, client: Client, way: RequestOptions): ClientRequest {
  const { target, method, headers, body } = request
  const { protocol, host, hostname, port } = new URL(target.origin)
  const bare = hostname.replace(/^\[|\]$/g, '')
  const outgoing = client.request({
    ...way,
    host: bare,
    port: port || (protocol === 'https:' ? 443 : 80),
    servername: isIP(bare) === 0 ? bare : '',
    path: target.path,
    method,
    headers: { host, ...headers },
  })
  outgoing.end(body === undefined ? undefined : Buffer.from(body)) // as text it would be sent in one piece with the headers, as UTF-8
  return outgoing
}
