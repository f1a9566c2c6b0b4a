// The gate as undici takes it: a connector that dials only what was checked.
import { buildConnector } from 'undici'
import { farEndAllowed } from './dial.ts'
import {
  AddressNotAllowed,
  attemptTimeoutMs,
  type GuardSettings,
  lookupHook,
  originAllowed,
} from './guard.ts'

/**
 * A connector for undici, which speaks to proxies. It checks literals before dialling (a lookup hook never sees them), resolves names itself so
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
    if (!originAllowed(target, settings)) {
      queueMicrotask(() => callback(new AddressNotAllowed(), null))
      return
    }
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      const isAllowed = farEndAllowed(socket, settings)
      if (isAllowed === true) return callback(null, socket)
      socket.destroy()
      callback(isAllowed === undefined ? closedEarly() : new AddressNotAllowed(), null)
    })
  }
}

function closedEarly(): Error {
  return Object.assign(new Error('connection closed'), { code: 'ECONNRESET' })
}
