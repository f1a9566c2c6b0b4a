// Node's HTTP clients: for each set of things that may be open to a request one agent, which keeps connections for the next.
import type { Agent, ClientRequest } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { type Connect, type DialSettings, guardedConnect } from './dial.ts'
import { errorWithCode } from './error-code.ts'
import type { WireRequest } from './transport.ts'

export type Client = {
  readonly request: (options: RequestOptions) => ClientRequest
  readonly agent: Agent // its connections are kept for a while
  readonly createConnection: Connect // the same, for one request alone
}

export type Clients = {
  /** Opens no connection. */
  readonly clientFor: (request: WireRequest) => Client
  /** Ends every connection, and with it what is being asked, as `closed-by-us`. */
  readonly close: () => void
}

export type ClientSettings = Omit<
  DialSettings,
  'allowPrivate' | 'allowBadCertificate' | 'readyEvent' | 'onDialled'
> & {
  readonly connectionsPerHost: number
}

// Feeds come back in an hour; only a redirect or a neighbour uses a connection twice.
const idleMs = 4_000

/**
 * A feed that may not reach private addresses must not ride on a connection that another feed was allowed to open, and neither must one
 * whose server has to prove who it is.
 */
export function openClients(settings: ClientSettings): Clients {
  const clients = new Map<string, Client>()
  const sockets = new Set<Socket>()
  let isClosed = false

  function onDialled(socket: Socket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    if (isClosed) socket.destroy(errorWithCode('closed-by-us')) // before it connects: it was waited for
  }

  return {
    clientFor: (request) => {
      const { allowPrivate, allowBadCertificate, target } = request
      const isSecure = target.origin.startsWith('https:')
      const key = `${isSecure} ${allowPrivate} ${allowBadCertificate}`
      const readyEvent = isSecure ? 'secureConnect' : 'connect'
      const client =
        clients.get(key) ??
        openClient(
          { ...settings, allowPrivate, allowBadCertificate, readyEvent, onDialled },
          settings.connectionsPerHost,
        )
      clients.set(key, client)
      return client
    },
    close: () => {
      isClosed = true
      for (const socket of sockets) socket.destroy(errorWithCode('closed-by-us'))
    },
  }
}

/** `import` would load all of Node's own fetch with its HTTP, for some 45 ms of CPU; what it would bind is there without. */
function openClient(settings: DialSettings, maxSockets: number): Client {
  const isSecure = settings.readyEvent === 'secureConnect'
  const { Agent, request } = process.getBuiltinModule(isSecure ? 'node:https' : 'node:http')
  const agent = new Agent({ keepAlive: true, maxSockets, timeout: idleMs })
  const createConnection = guardedConnect(agent.createConnection.bind(agent), settings)
  agent.createConnection = createConnection
  return { request, agent, createConnection }
}
