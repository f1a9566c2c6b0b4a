// The gate to the network: a connector that dials only addresses a feed may live on, and dials exactly what it checked.
import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { type AddressKind, addressKind } from './address.ts'

export type ResolvedAddress = { readonly address: string; readonly family: number }

/** Finds all addresses of a name; rejects as node:dns does. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>

export type GuardSettings = {
  readonly allowPrivate: boolean
  readonly allowBadCertificate?: boolean
  readonly connectTimeoutMs: number
  readonly lookup?: Lookup
  readonly addressKind?: (address: string) => AddressKind // tests widen it by one loopback address
}

/** Says no more than it must: whether something listens there is none of the asker's business. */
export class AddressNotAllowed extends Error {
  readonly code = 'address-not-allowed'
  constructor() {
    super('address not allowed')
  }
}

// Names that never leave a host or a site: RFC 6761, RFC 6762, RFC 8375, and .internal, reserved by ICANN in 2024.
const privateNames = /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/i

/** May this address be dialled? */
export function addressAllowed(address: string, settings: GuardSettings): boolean {
  const kind = (settings.addressKind ?? addressKind)(address)
  return kind === 'public' || (kind === 'private' && settings.allowPrivate)
}

/** May this host of a URL be looked up or, when it is an address literal, be dialled? Brackets around IPv6 are allowed. */
export function hostAllowed(host: string, settings: GuardSettings): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0) return addressAllowed(bare, settings)
  return settings.allowPrivate || !privateNames.test(bare)
}

/** Web ports only, as in the configuration: redirects must not make us talk to mail servers. '' is the default port. */
export function portAllowed(port: string): boolean {
  return port === '' || port === '80' || port === '443' || Number(port) > 1023
}

/**
 * All addresses of a name, or an `AddressNotAllowed` when even one of them is shut: a name that points both into the
 * world and into the house is an attack or a mistake.
 */
export async function guardedLookup(
  hostname: string,
  settings: GuardSettings,
): Promise<readonly ResolvedAddress[]> {
  const lookup = settings.lookup ?? ((name) => systemLookup(name, { all: true }))
  const found = await lookup(hostname)
  if (found.length === 0) throw notFound(hostname) // net.connect would wait for ever
  if (!found.every(({ address }) => addressAllowed(address, settings))) throw new AddressNotAllowed()
  return found
}

// Node gives each address of a host 250 ms, too little for a server at the far end of a satellite link.
const attemptTimeoutMs = 1_500

/**
 * A connector for undici. It checks literals before dialling (a lookup hook never sees them), resolves names itself so
 * that the address checked is the address dialled, and looks once more at the socket's far end.
 */
export function guardedConnector(settings: GuardSettings): buildConnector.connector {
  const connect = buildConnector({
    timeout: settings.connectTimeoutMs,
    lookup: lookupHook(settings),
    autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
    rejectUnauthorized: settings.allowBadCertificate !== true,
  })
  return (target, callback) => {
    if (!hostAllowed(target.hostname, settings) || !portAllowed(target.port)) {
      queueMicrotask(() => callback(new AddressNotAllowed(), null))
      return
    }
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      const { remoteAddress } = socket
      if (remoteAddress !== undefined && addressAllowed(remoteAddress, settings))
        return callback(null, socket)
      socket.destroy()
      callback(remoteAddress === undefined ? closedEarly() : new AddressNotAllowed(), null)
    })
  }
}

function closedEarly(): Error {
  return Object.assign(new Error('connection closed'), { code: 'ECONNRESET' })
}

/** The guarded lookup in the shape net.connect asks for: all addresses when it races families, else one. */
export function lookupHook(settings: GuardSettings): LookupFunction {
  return (hostname, options, callback) => {
    guardedLookup(hostname, settings).then(
      (found) => {
        const [first] = found
        if (options.all === true || first === undefined) callback(null, [...found])
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, options.all === true ? [] : ''),
    )
  }
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' })
}
