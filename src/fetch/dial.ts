// Dials through the gate for Node's HTTP agents: only addresses that were checked, the far end checked once more before a byte is sent.
import type { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { errorWithCode } from './error-code.ts'
import {
  AddressNotAllowed,
  addressAllowed,
  attemptTimeoutMs,
  type GuardSettings,
  lookupHook,
  originAllowed,
} from './guard.ts'

/** How an agent gets a connection. */
export type Connect = Agent['createConnection']

export type DialSettings = GuardSettings & {
  readonly readyEvent: 'connect' | 'secureConnect' // of a socket that a request may be sent on
  readonly headersTimeoutMs: number
  readonly onDialled: (socket: Socket) => void // told of each socket from its first moment
}

/**
 * The gate around the `connect` of an agent. Names are looked up and checked by the socket itself. Throws `AddressNotAllowed` at once for
 * an address literal, a private name or a port that may not be dialled: no lookup hook ever sees those.
 */
export function guardedConnect(connect: Connect, settings: DialSettings): Connect {
  const guarded = {
    lookup: lookupHook(settings),
    autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
    rejectUnauthorized: settings.allowBadCertificate !== true,
  }
  return (options, callback) => {
    const { host, port } = options
    if (!originAllowed({ hostname: host ?? '', port: String(port) }, settings)) throw new AddressNotAllowed()
    const socket = connect({ ...options, ...guarded }) as Socket // Node's agents connect by net and tls alone
    settings.onDialled(socket)
    if (callback !== undefined) whenConnected(socket, settings, callback)
    return undefined
  }
}

/** Calls back, perhaps more than once: agents hear the first call only. */
function whenConnected(
  socket: Socket,
  settings: DialSettings,
  callback: (error: Error | null, socket: Socket) => void,
): void {
  const expire = () => void socket.destroy(errorWithCode('connect-timeout'))
  socket.setTimeout(settings.connectTimeoutMs, expire)
  socket.on('error', (error) => callback(error, socket))
  socket.on('close', () => callback(errorWithCode('ECONNRESET'), socket))
  socket.on(settings.readyEvent, () => {
    socket.off('timeout', expire)
    socket.setTimeout(settings.headersTimeoutMs)
    const isAllowed = farEndAllowed(socket, settings)
    if (isAllowed === true) callback(null, socket)
    else socket.destroy(isAllowed === false ? new AddressNotAllowed() : errorWithCode('ECONNRESET'))
  })
}

/** Whether a connected socket ends where it may; undefined when it is closed again already. */
export function farEndAllowed({ remoteAddress }: Socket, settings: GuardSettings): boolean | undefined {
  return remoteAddress === undefined ? undefined : addressAllowed(remoteAddress, settings)
}
